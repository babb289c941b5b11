"""The command line `weft`. Each command imports what it needs when it runs, so that `--help` answers at once."""

import argparse
import os
import re
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from bot.core.errors import SetupError
from bot.version import VERSION

if TYPE_CHECKING:
    from rich.console import Console

    from storage.migrate import Standing

FIRST_DAY, LAST_DAY = date(2020, 1, 1), date(2099, 12, 31)
"""Range of start dates for the demo."""
EIGHT = time(8, tzinfo=UTC)


def main(words: Sequence[str] | None = None) -> int:
    os.umask(0o077)  # Files with tokens or personal data are only for the user that runs Weft.
    arguments = parser().parse_args(words)
    command: Callable[[argparse.Namespace], int] = arguments.command
    try:
        return command(arguments)
    except Exception as problem:
        sentence = sentence_about(problem)
        if sentence is None:
            raise
    console(stderr=True).print(sentence, markup=False)
    return 1


def sentence_about(problem: Exception) -> str | None:
    """Describe a problem of the set-up. Returns None for errors in our code."""
    from sqlalchemy.exc import DatabaseError

    from bot.cli.opening import words_for_database

    if isinstance(problem, SetupError):
        return str(problem)
    return words_for_database(problem) if isinstance(problem, DatabaseError) else None


def console(*, stderr: bool = False) -> "Console":
    from rich.console import Console

    return Console(stderr=stderr, highlight=False, soft_wrap=True)


def parser() -> argparse.ArgumentParser:
    weft = argparse.ArgumentParser(
        prog="weft", description="Coffee chats and thank-yous that bring teams together, in your Slack."
    )
    weft.add_argument("--version", action="version", version=f"weft {VERSION}")
    commands = weft.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, about: str, command: Callable[[argparse.Namespace], int]) -> argparse.ArgumentParser:
        one = commands.add_parser(name, help=about, description=about)
        one.set_defaults(command=command)
        return one

    working = add("run", "Start Weft.", run_command)
    working.add_argument("--add-workspace", action="store_true", help="use a database that another workspace uses")
    demo = add("demo", "Try Weft with a made-up company; no Slack needed.", demo_command)
    demo.add_argument("--fast", action="store_true", help="play the story in the terminal and end with numbers")
    demo.add_argument("--weeks", type=at_least(1), help="length of the story in the terminal, in weeks (default: 4)")
    demo.add_argument("--from", type=day, dest="begins", help="first day, like 2026-03-02 (the default)")
    demo.add_argument("--seed", type=int, default=7, help="random seed; another one plays another story (default: 7)")
    demo.add_argument("--port", type=int, help="port of the page (default: the first free one from 4400)")
    demo.add_argument("--no-browser", action="store_true", help="print the address of the page and don't open it")
    add("check", "Check that everything Weft needs is in place.", check_command)
    manifest = add("manifest", "Print the app manifest, to paste into Slack.", manifest_command)
    manifest.add_argument("--http", type=public_address, metavar="ADDRESS", help="for HTTP mode, at https://your-host")
    database = add("db", "Upgrade the database, show its version, or note that it was restored.", database_command)
    database.add_argument("what", choices=["upgrade", "current", "restored"])
    copy = add("backup", "Copy the database while Weft runs.", backup_command)
    copy.add_argument("file", type=Path)
    rounds = add("round", "Preview a program's next matches.", round_command)
    rounds.add_argument("what", choices=["preview"])
    rounds.add_argument("program", help="the program's name or number")
    people = add("people", "Import teams, titles, and offices from a CSV file.", people_command)
    people.add_argument("what", choices=["import"])
    people.add_argument("file", type=Path)
    return weft


def public_address(typed: str) -> str:
    """Validate the base URL; Slack requires https and the path is added later."""
    if not re.fullmatch(r"https://[A-Za-z0-9.-]+(:[0-9]{1,5})?/?", typed):
        raise argparse.ArgumentTypeError(f"{typed!r} isn't an address like https://weft.example.com")
    return typed.rstrip("/")


def at_least(least: int) -> Callable[[str], int]:
    def number(typed: str) -> int:
        if not typed.isdecimal() or int(typed) < least:
            raise argparse.ArgumentTypeError(f"{typed!r} isn't a number of at least {least}")
        return int(typed)

    return number


def day(typed: str) -> datetime:
    try:
        found = date.fromisoformat(typed)
    except ValueError:
        found = date.min
    if not FIRST_DAY <= found <= LAST_DAY:
        raise argparse.ArgumentTypeError(f"{typed!r} isn't a day like 2026-03-23, from {FIRST_DAY} to {LAST_DAY}")
    return datetime.combine(found, EIGHT)


def run_command(arguments: argparse.Namespace) -> int:
    from bot.cli.logs import set_up_logs
    from bot.cli.run import run
    from bot.config import read_settings

    settings = read_settings()
    set_up_logs(settings.log_level)
    run(settings, add_workspace=arguments.add_workspace)
    return 0


def demo_command(arguments: argparse.Namespace) -> int:
    try:
        from bot.demo.page.serve import serve
        from bot.demo.show import show
        from bot.demo.stage import BEGINS
    except ModuleNotFoundError as missing:
        library = str(missing.name).partition(".")[0]
        if library in {"bot", "storage"}:
            raise  # Our own module is missing: a bug, not an optional library.
        raise SetupError(f'The demo needs {library}. Run: pip install "weft-slack[demo]"') from missing
    begins = arguments.begins or BEGINS
    if arguments.fast:
        return show(console(), weeks=arguments.weeks or 4, seed=arguments.seed, begins=begins)
    return serve(console(), seed=arguments.seed, port=arguments.port, browser=not arguments.no_browser, begins=begins)


def check_command(_arguments: argparse.Namespace) -> int:
    from bot.cli.check import check
    from bot.config import read_settings
    from bot.core.clock import SystemClock

    to_fix, out = 0, console()
    for finding in check(read_settings(), SystemClock()):
        to_fix += not finding.is_well
        mark = "[green]OK[/]  " if finding.is_well else "[red]FIX[/] "
        out.print(f"{mark} {finding.what}", end=f": {finding.words}\n" if finding.words else "\n", markup=True)
    out.print("All good. Start Weft with: weft run" if not to_fix else f"{things(to_fix)} to fix.")
    return 1 if to_fix else 0


def things(number: int) -> str:
    return "1 thing" if number == 1 else f"{number} things"


def manifest_command(arguments: argparse.Namespace) -> int:
    from bot.manifest import http_manifest_text, manifest_text

    sys.stdout.write(http_manifest_text(arguments.http) if arguments.http else manifest_text())
    return 0


def database_command(arguments: argparse.Namespace) -> int:
    from bot.cli.backup import doubt_unsent
    from bot.cli.opening import open_database, upgraded
    from bot.config import read_settings
    from storage.migrate import standing

    out = console()
    with closing(open_database(read_settings().database_url)) as database:
        if arguments.what == "upgrade":
            upgraded(database)
        if arguments.what == "restored":
            doubt_unsent(database)
            out.print("Weft will look in Slack for every waiting message before it posts it.")
        now = standing(database)
    out.print(about_version(now))
    return 0


def about_version(now: "Standing") -> str:
    if now.is_up_to_date:
        return f"Database is up to date ({now.head})."
    place = now.current or "nothing yet"
    return f"Database is at {place}, this version of Weft needs {now.head}. Run: weft db upgrade"


def backup_command(arguments: argparse.Namespace) -> int:
    from rich.progress import Progress

    from bot.cli.backup import backup
    from bot.cli.opening import open_database
    from bot.config import read_settings

    out = console()
    with (
        closing(open_database(read_settings().database_url)) as database,
        Progress(console=out, transient=True) as progress,
    ):
        task = progress.add_task("Backing up…")
        backup(database, arguments.file, lambda done, total: progress.update(task, completed=done, total=total))
    out.print(
        f"Backup saved to {arguments.file}.\nTo restore: stop Weft, put this file in place of your database, "
        "and delete the -wal and -shm files next to it."
    )
    return 0


def round_command(arguments: argparse.Namespace) -> int:
    from bot.cli.rounds import preview_round
    from bot.config import read_settings

    return preview_round(read_settings(), arguments.program, console())


def people_command(arguments: argparse.Namespace) -> int:
    from bot.cli.people import import_people
    from bot.config import read_settings

    return import_people(read_settings(), arguments.file, console())


if __name__ == "__main__":
    sys.exit(main())

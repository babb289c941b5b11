"""A quarter in which everything goes wrong: `python -m tests.benchmarks.chaos --seed 1 --days 90`.

After every simulated day the promises are checked. A broken one is told with its seed and its day; the same seed brings
the same story again.
"""

import argparse
import math
import sys
from collections import Counter
from collections.abc import Sequence
from time import monotonic

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from tests.benchmarks.chaos.faults import CALL_FAULTS, DEATHS, SHAPELESS
from tests.benchmarks.chaos.promises import PROMISES
from tests.benchmarks.chaos.quarter import BrokenPromise, Survived, chaos
from tests.benchmarks.chaos.real import kill_for_real, start_at_once, stop_for_real
from tests.benchmarks.workplace import without_proxy

CALLS = (*CALL_FAULTS, *SHAPELESS)
DATABASE = ("database is locked", "disk is full")


def main(words: Sequence[str] | None = None) -> int:
    arguments = parser().parse_args(words)
    without_proxy()
    out = Console()
    stories: list[Survived] = []
    try:
        with progress_on(out) as progress:
            for seed in range(arguments.seed, arguments.seed + arguments.seeds):
                stories.append(live(progress, seed, arguments))
            real = with_real_processes(progress, arguments)
    except BrokenPromise as broken:
        out.print(f"[red]{broken}[/]", highlight=False)
        out.print(
            f"Again: python -m tests.benchmarks.chaos --seed {arguments.seed + len(stories)} --days {arguments.days}"
        )
        return 1
    out.print(table_of(stories, real))
    return 0


def parser() -> argparse.ArgumentParser:
    command = argparse.ArgumentParser(prog="python -m tests.benchmarks.chaos", description=__doc__)
    command.add_argument("--seed", type=int, default=1, help="another seed makes another story (default: 1)")
    command.add_argument("--seeds", type=int, default=1, help="how many stories, each with the next seed (default: 1)")
    command.add_argument("--days", type=int, default=90, help="how long each is (default: 90)")
    command.add_argument("--minutes", type=float, default=math.inf, help="end each story early, after so many minutes")
    command.add_argument("--people", type=int, default=60, help="at most 60 (default: 60)")
    command.add_argument("--sigkill", type=int, default=0, help="rounds to cut by a real kill -9, besides (default: 0)")
    command.add_argument("--sigstop", type=int, default=0, help="posts before which a real process stops (default: 0)")
    command.add_argument("--starts", type=int, default=0, help="rounds that two real processes begin (default: 0)")
    return command


def with_real_processes(progress: Progress, arguments: argparse.Namespace) -> Counter[str]:
    """How often what happened to real processes."""
    parts = (
        ("rounds cut by a real kill -9", kill_for_real, arguments.sigkill),
        ("copies made by a process that a real SIGSTOP held, and deleted again", stop_for_real, arguments.sigstop),
        ("rounds that two processes began at once on PostgreSQL", start_at_once, arguments.starts),
    )
    return Counter({what: play(times, arguments.seed, counting(progress, what, times)) for what, play, times in parts})


def progress_on(out: Console) -> Progress:
    words = TextColumn("{task.description}")
    count = TextColumn("{task.completed:.0f} of {task.total:.0f} {task.fields[news]}")
    return Progress(words, BarColumn(), count, TimeElapsedColumn(), console=out)


def live(progress: Progress, seed: int, arguments: argparse.Namespace) -> Survived:
    task = progress.add_task(f"seed {seed}, days", total=arguments.days, news="")
    ends_at = monotonic() + 60 * arguments.minutes
    with chaos(seed, arguments.people) as quarter:

        def goes_on(day: int) -> bool:
            tally = quarter.weather.tally
            messages = quarter.done["messages that arrived"]
            news = f"· {tally.total():,} faults, {deaths(tally):,} kills, {messages:,} messages"
            progress.update(task, completed=day, news=news)
            return monotonic() < ends_at

        return quarter.live(arguments.days, goes_on)


def counting(progress: Progress, title: str, total: int):
    if not total:
        return lambda _count: None
    task = progress.add_task(title, total=total, news="")
    return lambda count: progress.advance(task, count)


def deaths(tally: Counter[str]) -> int:
    return sum(tally[point] for point in DEATHS)


def table_of(stories: Sequence[Survived], real: Counter[str]) -> Table:
    tally = sum((story.tally for story in stories), Counter())
    done = sum((story.done for story in stories), Counter())
    title = ", ".join(f"seed {story.seed}: {story.days} days" for story in stories)
    table = Table("What", "How often", title=title)
    told = set()
    for title, kinds in (
        ("the process is killed (simulated: an exception at this point, then a new process)", DEATHS),
        ("calls to Slack", CALLS),
        ("database", DATABASE),
        ("events, clicks, clocks, machines", sorted(tally.keys() - {*DEATHS, *CALLS, *DATABASE})),
    ):
        table.add_section()
        table.add_row(f"[bold]{title}[/]", f"[bold]{sum(tally[kind] for kind in kinds):,}[/]")
        for kind in kinds:
            told.add(kind)
            table.add_row(f"  {kind}", f"{tally[kind]:,}")
    table.add_section()
    table.add_row("[bold]faults in all[/]", f"[bold]{tally.total():,}[/]")
    for what, times in (+real).items():
        table.add_row(what, f"{times:,}")
    table.add_section()
    for what, count in sorted(done.items()):
        table.add_row(what, f"{count:,}")
    table.add_row(f"promises broken, of {len(PROMISES)} checked after every day", "0")
    return table


if __name__ == "__main__":
    sys.exit(main())

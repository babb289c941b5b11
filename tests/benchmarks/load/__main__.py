"""Clicks and commands in a large company: `python -m tests.benchmarks.load`; `--postgres`: two processes and a round.

`weft run` is a process of its own, as anybody would start it; the simulated Slack, and the people who click, are here.
"""

import argparse
import random
import shutil
import statistics
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from time import perf_counter

from rich.console import Console
from rich.progress import Progress
from rich.table import Table
from sqlalchemy import text

from bot.core.clock import SystemClock
from bot.slacksim import SlackServer
from storage.db import Database
from storage.programs.programs import Program
from tests.benchmarks.history import PROGRAM, Company, fill, history_file
from tests.benchmarks.load.office import Office
from tests.benchmarks.load.outcome import done_wrong, introductions
from tests.benchmarks.load.running import Running
from tests.benchmarks.workplace import without_proxy
from tests.databases import postgres_programs, serve

LONGEST_ACK, MOST_MEMORY, SOON = 0.100, 150, 3.0
PATIENCE = 60
ON_ITS_WAY = 25
"""Introductions sent: then a round has been decided, written, told and begun to go out under the load."""
LONGEST = 300
"""Seconds of load at most."""


def main(words: Sequence[str] | None = None) -> int:
    arguments = parser().parse_args(words)
    without_proxy()
    out = Console()
    company = Company(people=arguments.people, rounds=arguments.rounds)
    with ExitStack() as stack:
        out.print("A company with its history is made; that takes a minute at the first time.")
        url = stack.enter_context(postgres(company) if arguments.postgres else sqlite(company))
        server = SlackServer()
        server.start()
        stack.callback(server.stop)
        database = Database(url)
        stack.callback(database.close)
        office = Office(server, database)
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="weft-load-")))
        table = Table("What", "Measured", "Asked for", title=f"{company.people:,} people, {company.rounds} rounds")
        is_well = measure(office, database, folder, table, arguments)
        stack.callback(out.print, table)
    return 0 if is_well else 1


def parser() -> argparse.ArgumentParser:
    command = argparse.ArgumentParser(prog="python -m tests.benchmarks.load", description=__doc__)
    command.add_argument("--people", type=int, default=10_000)
    command.add_argument(
        "--rounds", type=int, default=52, help="every two weeks; the last one is running (default: 52)"
    )
    command.add_argument("--rate", type=int, default=50, help="clicks and commands a second (default: 50)")
    command.add_argument("--seconds", type=int, default=60)
    command.add_argument("--postgres", action="store_true", help="two processes on PostgreSQL, while a round goes out")
    command.add_argument("--round", action="store_true", help="a round goes out on SQLite as well")
    return command


@contextmanager
def sqlite(company: Company) -> Iterator[str]:
    file = history_file(company, SystemClock().now())
    try:
        yield f"sqlite:///{file}"
    finally:
        shutil.rmtree(file.parent)


@contextmanager
def postgres(company: Company) -> Iterator[str]:
    private = contextmanager(serve)
    with (
        tempfile.TemporaryDirectory(prefix="weft-postgres-") as folder,
        private(postgres_programs(), Path(folder)) as one,
    ):
        url, admin = one
        with admin.connect() as connection:
            connection.execute(text("CREATE DATABASE large TEMPLATE template_weft"))
        database = Database(f"{url}/large")
        fill(database, company, SystemClock().now())
        database.close()
        yield f"{url}/large"


def measure(office: Office, database: Database, folder: Path, table: Table, arguments: argparse.Namespace) -> bool:
    processes = 2 if arguments.postgres else 1
    with_round = arguments.postgres or arguments.round
    if with_round:
        let_a_round_begin(database)
    with ExitStack() as stack:
        ready, running = start(office, database.url, folder, processes, stack)
        idle = [one.memory("VmRSS") for one in running]
        busy = [one.processor() for one in running]
        seconds = load(office, arguments, lambda: not with_round or introductions(office, database)[1] >= ON_ITS_WAY)
        worked = sum(one.processor() for one in running) - sum(busy)
        settle(office, database)
        memory = [one.memory("VmHWM") for one in running]
        failures = [line for one in running for line in one.failures()]
    took, wires = office.wires.every(), office.wires
    lost = wires.lost.total()
    p50, p99 = statistics.median(took), took[int(len(took) * 0.99)]
    rows = [
        (f"ready after the start, {processes} at once", f"{ready:.1f} s", f"{SOON:.0f} s", ready <= SOON),
        ("its work until then", " and ".join(f"{one:.1f} s" for one in busy), "", True),
        ("memory, idle", " and ".join(f"{mb} MB" for mb in idle), "", True),
        ("memory at most", " and ".join(f"{mb} MB" for mb in memory), f"{MOST_MEMORY} MB", max(memory) < MOST_MEMORY),
        ("clicks, commands, Homes", f"{len(took):,} in {seconds:.0f} s", "", True),
        ("acknowledged, median", f"{1000 * p50:.0f} ms", "", True),
        ("acknowledged, 99 of 100", f"{1000 * p99:.0f} ms", f"{1000 * LONGEST_ACK:.0f} ms", p99 < LONGEST_ACK),
        ("acknowledged, slowest", f"{1000 * took[-1]:.0f} ms", "", True),
        ("work for each", f"{1000 * worked / len(took):.1f} ms", "", True),
        ("not acknowledged", f"{lost}", "0", lost == 0),
        ("errors in the logs", "\n".join([f"{len(failures)}", *failures]), "0", not failures),
        *((what, f"{wrong}", "0", wrong == 0) for what, wrong in done_wrong(office, database)),
    ]
    for what, measured, wanted, well in rows:
        table.add_row(what, measured if well else f"[red]{measured}[/]", wanted)
    if with_round:
        decided, sent = introductions(office, database)
        table.add_row("introductions decided, and sent so far", f"{decided:,}, {sent:,}")
    return all(well for *_, well in rows)


def start(office: Office, url: str, folder: Path, processes: int, stack: ExitStack) -> tuple[float, list[Running]]:
    """Until the last of them is connected."""
    began = perf_counter()
    running = [Running(office, url, folder / f"log-{number}") for number in range(processes)]
    for one in running:
        stack.callback(one.stop)
    wait(lambda: office.wires.connections == processes)
    return perf_counter() - began, running


def load(office: Office, arguments: argparse.Namespace, is_enough: Callable[[], bool]) -> float:
    """So many a second, whether the last were answered or not; as long as was asked for, and until it is enough."""
    dice, began, pause = random.Random(7), perf_counter(), threading.Event()
    least, most = arguments.seconds * arguments.rate, LONGEST * arguments.rate
    with ThreadPoolExecutor(200) as people, Progress(transient=True) as progress:
        task = progress.add_task("clicks", total=least)
        for number in range(most):
            if number >= least and number % arguments.rate == 0 and is_enough():
                break
            pause.wait(max(0.0, began + number / arguments.rate - perf_counter()))
            people.submit(office.act, random.Random(dice.getrandbits(64)))
            progress.update(task, completed=number + 1)
    return perf_counter() - began


def settle(office: Office, database: Database) -> None:
    """Until all that was said is written, or for ever not."""
    with suppress(TimeoutError):
        wait(lambda: dict(done_wrong(office, database))["answers lost"] == 0)


def wait(condition: Callable[[], bool]) -> None:
    until = perf_counter() + PATIENCE
    while not condition():
        if perf_counter() > until:
            raise TimeoutError("waited in vain")
        threading.Event().wait(0.02)


def let_a_round_begin(database: Database) -> None:
    with database.transaction() as session:
        session.get_one(Program, PROGRAM).next_round_at = SystemClock().now() - timedelta(seconds=1)


if __name__ == "__main__":
    sys.exit(main())

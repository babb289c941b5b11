"""How long a round takes within Slack's limits, and what a crash does to it: `python -m tests.benchmarks.delivery`."""

import argparse
import logging
import math
import statistics
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from queue import SimpleQueue
from time import perf_counter

from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, TimeElapsedColumn
from rich.table import Table

from bot.core.clock import ManualClock
from bot.delivery.pacing import OPEN, POST
from bot.scheduler import LONGEST_SLEEP, run_all_ticks
from bot.slacksim import SlackServer
from bot.slacksim.limits import MINUTE, POSTS_PER_MINUTE
from storage.db import Database
from storage.migrate import upgrade
from tests.benchmarks.crash_child import Checkpoint
from tests.benchmarks.crashes import Crashes, Story, evenly
from tests.benchmarks.workplace import (
    MONDAY,
    Workplace,
    complaints,
    introductions,
    last_introduction_at,
    open_workplace,
    without_proxy,
)

MOST_PERCENT = 105
LARGE = 2000
"""People. In a small round the limits allow a minute or two, and the answers alone take as long."""
LEAST_CRASHES = 200
CRASH_PEOPLE = 25
AT_ONCE = 2
"""Rounds that are killed side by side, each in a database of its own."""
ANSWER_TAKES = timedelta(milliseconds=200)
"""In the workspace's time, each request."""
PROVOKED = {OPEN: 3, POST: 3}

Step = Callable[[int], object]


@dataclass(frozen=True)
class Measured:
    """A round from its start to its last introduction."""

    people: int
    matches: int
    took: timedelta
    least: timedelta
    calls: Counter[str]
    turned_away: int
    """Calls answered with 429, provoked or not."""
    refused: int
    """Calls that broke one of Slack's limits."""
    complaints: list[str]
    seconds: float

    @property
    def percent(self) -> float:
        return 100 * self.took / self.least


@dataclass
class Report:
    """Rows of the table, and whether everything is as it was asked for."""

    table: Table = field(default_factory=lambda: Table("What", "Measured", "Asked for", title="Delivery"))
    is_well: bool = True

    def section(self, title: str) -> None:
        self.table.add_section()
        self.table.add_row(f"[bold]{title}[/]", "", "")

    def row(self, what: str, measured: object, wanted: str = "", *, well: bool = True) -> None:
        self.is_well &= well
        self.table.add_row(what, f"{measured}" if well else f"[red]{measured}[/]", wanted)


def main(words: Sequence[str] | None = None) -> int:
    arguments = parser().parse_args(words)
    without_proxy()
    logging.disable(logging.WARNING)  # That Slack refuses and processes die is on purpose here.
    out = Console()
    report = Report()
    with stage() as (server, database), progress_on(out) as progress:
        people, crashes = (200, 20) if arguments.quick else (arguments.people, arguments.crashes)

        def measured(title: str, provoked: dict[str, int]) -> Measured:
            step = steps(progress, title, people + people // 2)
            return run_round(server, database, people=people, seed=arguments.seed, provoked=provoked, step=step)

        tell_of_round(report, measured("a round", {}))
        tell_of_provoked(report, measured("a round with 429", PROVOKED))
        tell_of_crashes(report, run_crashes(server, arguments.seed, crashes, progress), wanted=crashes)
    out.print(report.table)
    return 0 if report.is_well else 1


def parser() -> argparse.ArgumentParser:
    command = argparse.ArgumentParser(prog="python -m tests.benchmarks.delivery", description=__doc__)
    command.add_argument("--people", type=int, default=LARGE, help="how many take part in the round (default: 2000)")
    command.add_argument(
        "--crashes", type=int, default=LEAST_CRASHES, help="how often the bot is killed (default: 200)"
    )
    command.add_argument("--seed", type=int, default=7, help="other dice make other matches (default: 7)")
    command.add_argument("--quick", action="store_true", help="200 people and 20 crashes")
    return command


@contextmanager
def stage() -> Iterator[tuple[SlackServer, Database]]:
    server = SlackServer()
    server.start()
    try:
        with new_database() as database:
            yield server, database
    finally:
        server.stop()


@contextmanager
def new_database() -> Iterator[Database]:
    with tempfile.TemporaryDirectory(prefix="weft-benchmark-") as folder:
        database = Database(f"sqlite:///{Path(folder) / 'weft.sqlite3'}")
        try:
            upgrade(database)
            yield database
        finally:
            database.close()


def progress_on(out: Console) -> Progress:
    return Progress(*Progress.get_default_columns(), MofNCompleteColumn(), TimeElapsedColumn(), console=out)


def steps(progress: Progress, title: str, total: int) -> Step:
    task = progress.add_task(title, total=total)
    return lambda count: progress.advance(task, count)


# A round


def run_round(
    server: SlackServer, database: Database, *, people: int, seed: int, provoked: dict[str, int], step: Step
) -> Measured:
    clock = ManualClock(MONDAY)
    there = open_workplace(server, database, clock, people=people, seed=seed)
    there.workspace.after_call = lambda _method: clock.advance(ANSWER_TAKES)
    live(there, clock, step)
    clock.move_to(there.round_at)
    for method, times in provoked.items():
        there.workspace.faults.rate_limit(method, times=times)
    calls_before, began = len(there.workspace.calls), perf_counter()
    live(there, clock, step)
    seconds = perf_counter() - began
    server.release(there.workspace)
    calls = there.workspace.calls[calls_before:]
    matches = len(introductions(there.workspace))
    return Measured(
        people,
        matches,
        last_introduction_at(there.workspace) - there.round_at,
        least_time(there, matches),
        Counter(call.method for call in calls),
        sum(call.error == "ratelimited" for call in calls),
        len(there.workspace.limits.refused),
        complaints(there),
        seconds,
    )


def live(there: Workplace, clock: ManualClock, step: Step) -> None:
    """What is due is decided, and carried as `weft run` does it: with a second's pause after each turn."""
    run_all_ticks(there.weft)
    seen = len(there.workspace.calls)
    while there.weft.carrier.carry() is not None:
        step(posts_since(there, seen))
        seen = len(there.workspace.calls)
        clock.advance(LONGEST_SLEEP)
    step(posts_since(there, seen))


def posts_since(there: Workplace, seen: int) -> int:
    return sum(call.method == POST for call in there.workspace.calls[seen:])


def least_time(there: Workplace, matches: int) -> timedelta:
    """Of a minute's allowance all may go at once, so the last call comes as many minutes after the first as allowances
    were used up before it. Each introduction needs a conversation and a post.
    """
    opens_per_minute = there.workspace.limits.per_minute[OPEN] or math.inf
    return max(MINUTE * (math.ceil(matches / limit) - 1) for limit in (opens_per_minute, POSTS_PER_MINUTE))


# Crashes


@dataclass(frozen=True)
class Killed:
    calm: Story
    """The same round without a crash."""
    kinds: Counter[Checkpoint]
    stories: list[Story]


def run_crashes(server: SlackServer, seed: int, wanted: int, progress: Progress) -> Killed:
    with ExitStack() as stack:
        databases = [stack.enter_context(new_database()) for _ in range(AT_ONCE)]
        stages = [Crashes(server, database, people=CRASH_PEOPLE, seed=seed) for database in databases]
        calm = stages[0].undisturbed()
        points = evenly(range(1, len(calm.checkpoints) + 1), wanted)
        stories = kill_at_each(points, stages, steps(progress, "crashes", len(points)))
    return Killed(calm, Counter(calm.checkpoints[point - 1] for point in points), stories)


def kill_at_each(points: Sequence[int], stages: list[Crashes], step: Step) -> list[Story]:
    idle: SimpleQueue[Crashes] = SimpleQueue()
    for each in stages:
        idle.put(each)

    def kill_at(point: int) -> Story:
        crashes = idle.get()
        try:
            return crashes.killed_at(point)
        finally:
            idle.put(crashes)
            step(1)

    with ThreadPoolExecutor(len(stages)) as pool:
        return list(pool.map(kill_at, points))


# The table


def tell_of_round(report: Report, calm: Measured) -> None:
    report.section(f"{calm.people:,} people, {calm.matches:,} groups")
    report.row("least time allowed", calm.least)
    wanted = f"at most {MOST_PERCENT} %" if calm.people >= LARGE else ""
    words = f"{rounded(calm.took)} = {calm.percent:.1f} %"
    report.row("delivered in", words, wanted, well=not wanted or calm.percent <= MOST_PERCENT)
    report.row("answers 429", calm.turned_away, "0", well=calm.turned_away == calm.refused == 0)
    report.row("requests", "\n".join(f"{count:,} {method}" for method, count in sorted(calm.calls.items())))
    tell_of_complaints(report, calm.complaints)
    report.row("real time", f"{calm.seconds:.0f} s")


def tell_of_provoked(report: Report, disturbed: Measured) -> None:
    provoked = sum(PROVOKED.values())
    report.section(f"The same, {provoked} provoked 429")
    well = disturbed.turned_away == provoked and disturbed.refused == 0
    report.row("answers 429", disturbed.turned_away, f"{provoked}", well=well)
    report.row("delivered in", f"{rounded(disturbed.took)} = {disturbed.percent:.1f} %")
    tell_of_complaints(report, disturbed.complaints)


def tell_of_crashes(report: Report, killed: Killed, *, wanted: int) -> None:
    calm, stories = killed.calm, killed.stories
    report.section(f"{CRASH_PEOPLE} people, one kill -9")
    report.row("points of a round", len(calm.checkpoints))
    report.row("rounds, each killed at one", len(stories), f"at least {wanted}", well=len(stories) >= wanted)
    for kind, times in sorted(killed.kinds.items()):
        report.row(kind.words, times)
    tell_of_complaints(report, calm.complaints + [each for story in stories for each in story.complaints])
    refused = sum(story.refused for story in stories)
    report.row("answers 429", refused, "0", well=refused == 0)
    later = [story.took - calm.took for story in stories]
    report.row("round later by", f"median {rounded(statistics.median(later))}, most {rounded(max(later))}")
    report.row("real time of one", f"median {statistics.median(story.seconds for story in stories):.1f} s")


def tell_of_complaints(report: Report, found: list[str]) -> None:
    report.row("missing, doubled, left behind", "\n".join([str(len(found)), *found[:5]]), "0", well=not found)


def rounded(time: timedelta) -> timedelta:
    return timedelta(seconds=round(time.total_seconds()))


if __name__ == "__main__":
    sys.exit(main())

"""Real processes in a round, with real signals: dearer by far than simulated ones, and beyond any doubt."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bot.slacksim import SlackServer
from storage.db import Database
from tests.benchmarks.chaos.quarter import BrokenPromise
from tests.benchmarks.crashes import Crashes, Story, evenly
from tests.benchmarks.delivery import new_database
from tests.databases import postgres_programs, serve

PEOPLE = 25
Told = Callable[[int], object]


def kill_for_real(times: int, seed: int, told: Told) -> int:
    """Returns how many rounds were cut. Raises BrokenPromise when anything was lost or doubled."""
    if not times:
        return 0
    with new_database() as database, crashes_in(database, seed) as crashes:
        points = evenly(range(1, len(crashes.undisturbed().checkpoints) + 1), times)
        for point in points:
            judge(crashes.killed_at(point), f"kill -9 at point {point}", told)
    return len(points)


def stop_for_real(times: int, seed: int, told: Told) -> int:
    """SIGSTOP right before a post, and SIGCONT after another process has lived through the round.

    Returns how many copies were made and deleted again.
    """
    if not times:
        return 0
    with new_database() as database, crashes_in(database, seed) as crashes:
        posts = evenly(range(1, PEOPLE + 1), times)  # There are more: the welcomes come first.
        return sum(judge(crashes.stopped_at(post), f"SIGSTOP before post {post}", told).copies for post in posts)


def start_at_once(times: int, seed: int, told: Told) -> int:
    """Two processes start at the same moment on one PostgreSQL database. Returns how often."""
    if not times:
        return 0
    with new_postgres_database() as database, crashes_in(database, seed) as crashes:
        for number in range(1, times + 1):
            judge(crashes.started_at_once(), f"two processes at once, number {number}", told)
    return times


@contextmanager
def new_postgres_database() -> Iterator[Database]:
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="weft-postgres-"))
        url, _ = stack.enter_context(contextmanager(serve)(postgres_programs(), Path(folder)))
        database = Database(f"{url}/template_weft")
        stack.callback(database.close)
        yield database


@contextmanager
def crashes_in(database: Database, seed: int) -> Iterator[Crashes]:
    server = SlackServer()
    server.start()
    try:
        yield Crashes(server, database, people=PEOPLE, seed=seed)
    finally:
        server.stop()


def judge(story: Story, what: str, told: Told) -> Story:
    if story.complaints:
        raise BrokenPromise(f"{what}:\n" + "\n".join(story.complaints))
    told(1)
    return story

"""Real `kill -9`, of a real process, in a round: dearer by far than a simulated one, and beyond any doubt."""

from collections.abc import Callable

from bot.slacksim import SlackServer
from tests.benchmarks.chaos.quarter import BrokenPromise
from tests.benchmarks.crashes import Crashes, evenly
from tests.benchmarks.delivery import new_database

PEOPLE = 25


def kill_for_real(times: int, seed: int, told: Callable[[int], object]) -> int:
    """Returns how many rounds were cut. Raises BrokenPromise when anything was lost or doubled."""
    if not times:
        return 0
    server = SlackServer()
    server.start()
    try:
        with new_database() as database:
            crashes = Crashes(server, database, people=PEOPLE, seed=seed)
            points = evenly(range(1, len(crashes.undisturbed().checkpoints) + 1), times)
            for point in points:
                complaints = crashes.killed_at(point).complaints
                if complaints:
                    raise BrokenPromise(f"kill -9 at point {point}:\n" + "\n".join(complaints))
                told(1)
    finally:
        server.stop()
    return len(points)

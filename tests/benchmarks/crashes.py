"""A round that is cut by `kill -9` at a point of one's choice, and goes on with a new process.

The simulated workspace is in this process, and the bot in another. The checkpoints of a round are: before and after
each commit, where the bot kills itself; when a request has arrived and nothing was done yet; and when it has been
carried out and not answered yet. In these two the workspace kills the bot.
"""

import multiprocessing
import signal
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from time import perf_counter

from bot.slacksim import SlackServer, Workspace
from storage.db import Database
from tests.benchmarks.crash_child import Checkpoint, Shared, live_through_round
from tests.benchmarks.workplace import MONDAY, Workplace, complaints, last_introduction_at, open_workplace

KILLED = -signal.SIGKILL
# Each process is forked from one that has imported all this and does nothing else, so that it starts in milliseconds.
# Besides the bot it is whatever the module behind the command imports, which a new process runs once more.
IMPORTED = [
    "tests.benchmarks.crashes",
    "bot.coffee.rounds.matching",
    "storage.migrate",
    "rich.progress",
    "rich.table",
    "pytest",
]
PATIENCE = 60
"""Real seconds for a process that needs one."""


@dataclass(frozen=True)
class Story:
    """How a round went."""

    checkpoints: list[Checkpoint]
    complaints: list[str]
    took: timedelta
    """From the round's start to its last introduction, in the workspace's time."""
    refused: int
    seconds: float


class Crashes:
    """All rounds happen in one database, each in a workspace of its own."""

    def __init__(self, server: SlackServer, database: Database, *, people: int, seed: int = 7) -> None:
        self.server, self.database, self.people, self.seed = server, database, people, seed
        self.context = multiprocessing.get_context("forkserver")
        self.context.set_forkserver_preload(IMPORTED)
        self.shared = Shared(self.context)

    def undisturbed(self) -> Story:
        return self.play(fatal=0)

    def killed_at(self, checkpoint: int) -> Story:
        """The first one is number 1."""
        return self.play(fatal=checkpoint)

    def play(self, fatal: int) -> Story:
        began = perf_counter()
        self.shared.begin(MONDAY, fatal)
        there = open_workplace(self.server, self.database, self.shared.clock, people=self.people, seed=self.seed)
        self.watch_requests(there.workspace)
        for end in [KILLED, 0] if fatal else [0]:
            self.run_bot(there, end)
        self.server.release(there.workspace)
        self.raise_failures()
        return Story(
            self.shared.checkpoints(),
            complaints(there),
            last_introduction_at(there.workspace) - there.round_at,
            len(there.workspace.limits.refused),
            perf_counter() - began,
        )

    def watch_requests(self, workspace: Workspace) -> None:
        def arrived(method: str) -> None:
            if self.shared.passes(Checkpoint.BEFORE_REQUEST):
                self.shared.kill_the_bot()
                workspace.faults.drop_request(method)

        def carried_out(_method: str) -> None:
            if self.shared.passes(Checkpoint.AFTER_REQUEST):
                self.shared.kill_the_bot()

        workspace.before_call, workspace.after_call = arrived, carried_out

    def run_bot(self, there: Workplace, expected_end: int) -> None:
        process = self.context.Process(
            target=live_through_round,
            args=(self.shared, self.database.url, there.workspace.bot_token, self.server.api_url, there.round_at),
        )
        process.start()
        process.join(PATIENCE)
        end = process.exitcode
        if end is None:
            process.kill()
            process.join()
        process.close()
        if end != expected_end:
            raise RuntimeError(f"the bot's process should have ended with {expected_end}, not {end}")

    def raise_failures(self) -> None:
        failures, self.server.failures = self.server.failures, []
        for failure in failures:
            raise failure


def evenly(among: Sequence[int], wanted: int) -> list[int]:
    """So many of these, at equal distances; all of them where there are fewer."""
    wanted = min(wanted, len(among))
    return [among[number * len(among) // wanted] for number in range(wanted)]


def of_each_kind(checkpoints: Sequence[Checkpoint], wanted: int) -> list[int]:
    """So many checkpoints of each kind. A few at equal distances could all be of one kind, since messages repeat."""
    numbered = list(enumerate(checkpoints, 1))
    return [number for kind in Checkpoint for number in evenly([each for each, its in numbered if its is kind], wanted)]

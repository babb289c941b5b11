"""A round that is cut by `kill -9` at a point of one's choice, and goes on with a new process.

The simulated workspace is in this process, and the bot in another. The checkpoints of a round are: before and after
each commit, where the bot kills itself; when a request has arrived and nothing was done yet; and when it has been
carried out and not answered yet. In these two the workspace kills the bot.
"""

import multiprocessing
import os
import signal
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from multiprocessing.process import BaseProcess
from pathlib import Path
from time import perf_counter

from bot.delivery.pacing import REMOVE
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
A_MINUTE = timedelta(minutes=1)
PATIENCE = 600
"""Real seconds for a process that needs one, on a machine on which many others run."""


@dataclass(frozen=True)
class Story:
    """How a round went."""

    checkpoints: list[Checkpoint]
    complaints: list[str]
    took: timedelta
    """From the round's start to its last introduction, in the workspace's time."""
    refused: int
    copies: int
    """Deleted again."""
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

    def stopped_at(self, post: int) -> Story:
        """A process is stopped (SIGSTOP) between its last look at the lease and this post, the first is number 1. When
        another has lived through the whole round, it goes on.
        """

        def live(there: Workplace) -> None:
            stopped = self.start_bot(there)
            try:
                self.await_stop(stopped)
                self.run_bot(there, 0)
                self.shared.clock.move_to(self.shared.clock.now() + A_MINUTE)  # Slack's limits allow another post.
                os.kill(self.shared.stopped_pid.value, signal.SIGCONT)
            except BaseException:
                stopped.kill()
                raise
            self.await_end(stopped, 0)

        return self.tell(live, stops_at=post)

    def started_at_once(self, processes: int = 2) -> Story:
        """So many processes start at the same moment, and live through the round side by side."""

        def live(there: Workplace) -> None:
            started = [self.start_bot(there) for _ in range(processes)]
            try:
                for process in started:
                    self.await_end(process, 0)
            except BaseException:
                for process in started[1:]:
                    with suppress(ValueError):  # It has ended.
                        process.kill()
                raise

        return self.tell(live)

    def play(self, fatal: int) -> Story:
        def live(there: Workplace) -> None:
            for end in [KILLED, 0] if fatal else [0]:
                self.run_bot(there, end)

        return self.tell(live, fatal)

    def tell(self, live: Callable[[Workplace], None], fatal: int = 0, stops_at: int = 0) -> Story:
        began = perf_counter()
        self.shared.begin(MONDAY, fatal, stops_at)
        there = open_workplace(self.server, self.database, self.shared.clock, people=self.people, seed=self.seed)
        self.watch_requests(there.workspace)
        live(there)
        self.server.release(there.workspace)
        self.raise_failures()
        return Story(
            self.shared.checkpoints(),
            complaints(there),
            last_introduction_at(there.workspace) - there.round_at,
            len(there.workspace.limits.refused),
            sum(call.method == REMOVE for call in there.workspace.calls),
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
        self.await_end(self.start_bot(there), expected_end)

    def start_bot(self, there: Workplace) -> BaseProcess:
        process = self.context.Process(
            target=live_through_round,
            args=(self.shared, self.database.url, there.workspace.bot_token, self.server.api_url, there.round_at),
        )
        process.start()
        return process

    def await_stop(self, process: BaseProcess) -> None:
        for _ in range(PATIENCE * 20):
            process.join(0.05)
            if self.shared.stopped_pid.value and state_of(self.shared.stopped_pid.value) == "T":
                return
        raise RuntimeError("the bot's process should have stopped before a post")

    def await_end(self, process: BaseProcess, expected_end: int) -> None:
        process.join(PATIENCE)
        end = process.exitcode
        if end is None:
            os.kill(process.pid or 0, signal.SIGABRT)  # It writes where it hangs: see crash_child.
            process.join()
        process.close()
        if end != expected_end:
            how = f"should have ended with {expected_end}, and " + (f"ended with {end}" if end is not None else "hangs")
            raise RuntimeError(f"the bot's process {how}:\n{self.shared.last_words()}")

    def raise_failures(self) -> None:
        failures, self.server.failures = self.server.failures, []
        for failure in failures:
            raise failure


def state_of(pid: int) -> str:
    """The letter that Linux has for the state of a process."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]


def evenly(among: Sequence[int], wanted: int) -> list[int]:
    """So many of these, at equal distances; all of them where there are fewer."""
    wanted = min(wanted, len(among))
    return [among[number * len(among) // wanted] for number in range(wanted)]


def of_each_kind(checkpoints: Sequence[Checkpoint], wanted: int) -> list[int]:
    """So many checkpoints of each kind. A few at equal distances could all be of one kind, since messages repeat."""
    numbered = list(enumerate(checkpoints, 1))
    return [number for kind in Checkpoint for number in evenly([each for each, its in numbered if its is kind], wanted)]

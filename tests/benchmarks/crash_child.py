"""Weft in a process of its own, which may be killed at any of its checkpoints: see crashes.py."""

import enum
import inspect
import logging
import os
import random
import signal
import traceback
from datetime import UTC, datetime, timedelta
from multiprocessing.context import BaseContext
from types import FrameType
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session, configure_mappers

from bot.app import Weft, compose
from bot.delivery.lease import BEAT_EVERY
from bot.scheduler import run_all_ticks
from storage.db import Database
from storage.migrate import upgrade
from tests.benchmarks.chaos.faults import requests_have_time

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
INSTANT = timedelta(milliseconds=1)
MOST_CHECKPOINTS = 100_000
MOST_WORDS = 20_000
HEALED_WITHIN = timedelta(minutes=3)

# Both take long the first time only (Bolt looks at the stack): here, so that a process forked from here need not.
configure_mappers()
inspect.stack()


class Checkpoint(enum.IntEnum):
    """Where a process may be killed. Between two of these nothing changes for anybody else."""

    BEFORE_COMMIT = 1
    AFTER_COMMIT = 2
    BEFORE_REQUEST = 3
    AFTER_REQUEST = 4

    @property
    def words(self) -> str:
        return WORDS[self]


WORDS = {
    Checkpoint.BEFORE_COMMIT: "killed before a commit",
    Checkpoint.AFTER_COMMIT: "killed after a commit",
    Checkpoint.BEFORE_REQUEST: "killed before Slack did it",
    Checkpoint.AFTER_REQUEST: "killed before Slack's answer",
}


class Shared:
    """What the two processes have in common: the time, how far the round has come, and where it is to be cut.

    Without locks: a process that is killed would keep them for ever. None is needed, because the two take turns; the
    bot waits while the workspace answers.
    """

    def __init__(self, context: BaseContext) -> None:
        self.clock = SharedClock(context.RawValue("q", 0))
        self.pid, self._fatal, self._passed = (context.RawValue("q", 0) for _ in range(3))
        self.stopped_pid, self.stops_at = (context.RawValue("q", 0) for _ in range(2))
        """The process that is stopped, and the number of the post before which it stops; 0: no process is, or does."""
        self._kinds = context.RawArray("b", MOST_CHECKPOINTS)
        self._words = context.RawArray("c", MOST_WORDS)

    def begin(self, at: datetime, fatal: int, stops_at: int = 0) -> None:
        self.clock.set_to(at)
        self._fatal.value, self._passed.value = fatal, 0
        self.stopped_pid.value, self.stops_at.value = 0, stops_at
        self._words.value = b""

    def passes(self, kind: Checkpoint) -> bool:
        """Note that a checkpoint has been reached. True when it is the fatal one."""
        self._kinds[self._passed.value] = kind
        self._passed.value += 1
        return bool(self._passed.value == self._fatal.value)

    def checkpoints(self) -> list[Checkpoint]:
        return [Checkpoint(kind) for kind in self._kinds[: self._passed.value]]

    def last_words(self) -> str:
        """Why a process ended, or where it hung."""
        return self._words.value.decode(errors="replace")

    def say(self, words: str) -> None:
        self._words.value = (self._words.value + words.encode())[1 - MOST_WORDS :]

    def connected(self, gate: str) -> None:
        """Stop between the last look at the lease and the post, until another process says to go on."""
        if gate == "connected" and self.stops_at.value:
            self.stops_at.value -= 1
            if self.stops_at.value == 0:
                self.stopped_pid.value = os.getpid()
                os.kill(os.getpid(), signal.SIGSTOP)

    def kill_the_bot(self) -> None:
        os.kill(self.pid.value, signal.SIGKILL)


class SharedClock:
    """Stands still until one of the processes moves it."""

    def __init__(self, microseconds) -> None:
        self._microseconds = microseconds

    def now(self) -> datetime:
        return EPOCH + timedelta(microseconds=self._microseconds.value)

    def monotonic(self) -> timedelta:
        return self.now() - EPOCH

    def set_to(self, moment: datetime) -> None:
        self._microseconds.value = (moment - EPOCH) // timedelta(microseconds=1)

    def move_to(self, moment: datetime) -> None:
        self.set_to(max(moment, self.now()))


def live_through_round(shared: Shared, *where: Any) -> None:
    """From the start of the process until everything that there is to say has been said."""

    def say_where_it_hangs(_signal: int, frame: FrameType | None) -> None:
        shared.say("".join(traceback.format_stack(frame)))
        os._exit(1)

    signal.signal(signal.SIGABRT, say_where_it_hangs)
    try:
        live(shared, *where)
    except BaseException:
        shared.say(traceback.format_exc())
        raise


def live(shared: Shared, database_url: str, token: str, api_url: str, round_at: datetime) -> None:
    shared.pid.value = os.getpid()
    logging.disable(logging.WARNING)  # That messages were interrupted is what this is about.
    watch_commits(shared)
    database = Database(database_url)
    upgrade(database)
    weft = compose(database, shared.clock, random.Random(7), token=token, api_url=api_url, one_thread=True)
    weft.carrier.gate = shared.connected
    with requests_have_time():
        for moment in (shared.clock.now(), round_at):
            shared.clock.move_to(moment)
            run_all_ticks(weft)
            deliver(weft, shared.clock)
        if shared.stopped_pid.value == os.getpid():
            heal(weft, shared.clock)
    weft.carrier.release()
    database.close()


def watch_commits(shared: Shared) -> None:
    def reached(kind: Checkpoint) -> None:
        if shared.passes(kind):
            shared.kill_the_bot()

    event.listen(Session, "before_commit", lambda _session: reached(Checkpoint.BEFORE_COMMIT))
    event.listen(Session, "after_commit", lambda _session: reached(Checkpoint.AFTER_COMMIT))


def heal(weft: Weft, clock: SharedClock) -> None:
    """A process that was stopped and goes on may have made a copy, and looks for it after a minute and a half."""
    until = clock.now() + HEALED_WITHIN
    while clock.now() < until:
        clock.move_to(clock.now() + BEAT_EVERY)
        weft.carrier.carry()


def deliver(weft: Weft, clock: SharedClock) -> None:
    while (moment := weft.carrier.carry()) is not None:
        clock.move_to(max(moment, clock.now() + INSTANT))

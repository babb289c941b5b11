"""What goes wrong, at random: on the way to Slack and back, in the database, with the clock, and with the process."""

import gc
import inspect
import random
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import SimpleNamespace
from unittest.mock import patch

from slack_sdk import WebClient
from sqlalchemy import event
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from bot.core.clock import ManualClock
from bot.delivery.pacing import HISTORY, OPEN, POST
from bot.slacksim.faults import Answer, Fault, Faults, Line, too_many
from bot.slacksim.state import Content
from storage.db import Database

PAGE = "<!DOCTYPE html><title>Slack is down</title>"


@dataclass
class Weather:
    """How likely things go wrong now. `tally` counts what did."""

    dice: random.Random
    calls: float = 0.0
    """Of the calls to Slack."""
    payloads: float = 0.0
    """Of what Slack tells the bot."""
    database: float = 0.0
    """Of the transactions."""
    death: float = 0.0
    """At each point at which a process can die."""
    sleep: float = 0.0
    """Between the last look at the lease and a request."""
    lag: float = 0.0
    """Seconds until a history shows a message."""
    tally: Counter[str] = field(default_factory=Counter)

    def clear(self) -> None:
        self.calls = self.payloads = self.database = self.death = self.sleep = self.lag = 0.0

    def change(self) -> None:
        """Mostly rain, at times a storm, at times the sun."""
        self.calls = self.dice.choice([0.02, 0.3, 0.5, 0.6, 0.9])
        self.payloads = self.dice.choice([0.05, 0.5, 0.8])
        self.database = self.dice.choice([0.0, 0.01, 0.05])
        self.death = self.dice.choice([0.0, 0.005, 0.02])
        self.sleep = self.dice.choice([0.0, 0.01, 0.05])
        self.lag = self.dice.choice([0.0, 0.0, 5.0, 25.0])

    def strikes(self, likely: float, what: str) -> bool:
        hit = likely > 0 and self.dice.random() < likely
        self.tally[what] += hit
        return hit


# Calls


LATEST = 59
"""Seconds. Slack is assumed to carry out a request within a minute, or never."""
DELIVERYS = frozenset({POST, OPEN, HISTORY})
"""What delivery asks of Slack may be answered in shapes that slack_sdk takes for an answer."""


def wait_a_little(dice: random.Random) -> Fault:
    return Fault(instead=too_many(dice.randint(1, 60)))


def carried_out_late(dice: random.Random) -> Fault:
    return Fault(late=timedelta(seconds=dice.uniform(0, LATEST)))


def answered_oddly(body: Content) -> Callable[[random.Random], Fault]:
    """Nothing was done; or it was, and something on the way back spoiled the answer."""

    def fault(dice: random.Random) -> Fault:
        return Fault(instead=Answer(body)) if dice.random() < 0.5 else Fault(afterwards=Answer(body))

    return fault


CALL_FAULTS: dict[str, Callable[[random.Random], Fault]] = {
    "answer 429": wait_a_little,
    "answer 500": lambda _: Fault(instead=Answer({"ok": False, "error": "internal_error"}, 500)),
    "answer 503 without sense": lambda _: Fault(instead=Answer(PAGE, 503)),
    "answer 200 without sense": lambda _: Fault(instead=Answer(PAGE)),
    "request lost": lambda _: Fault(instead=Answer({}, line=Line.DROPPED_BEFORE)),
    "answer lost": lambda _: Fault(line=Line.DROPPED_AFTER),
    "carried out late": carried_out_late,
    "answer of a portal": answered_oddly("<html><title>Please log in</title></html>"),
    "answer {}": answered_oddly({}),
    "answer with an unknown code": answered_oddly({"ok": False, "error": "new_to_you"}),
}
SHAPELESS: dict[str, Callable[[random.Random], Fault]] = {
    "answer ok without ts": answered_oddly({"ok": True}),
    "answer that is a list": answered_oddly([1]),
}


class RandomFaults(Faults):
    def __init__(self, weather: Weather) -> None:
        self.weather = weather
        super().__init__()

    @property
    def history_lags_by(self) -> timedelta:
        return timedelta(seconds=self.weather.lag)

    @history_lags_by.setter
    def history_lags_by(self, by: timedelta) -> None:
        self.weather.lag = by.total_seconds()

    def take(self, method: str) -> Fault | None:
        dice = self.weather.dice
        if self.weather.calls == 0 or dice.random() >= self.weather.calls:
            return None
        faults = CALL_FAULTS | SHAPELESS if method in DELIVERYS else CALL_FAULTS
        kind = dice.choice(list(faults))
        self.weather.tally[kind] += 1
        return faults[kind](dice)


# The database


class UnreliableDatabase(Database):
    """Now and then somebody else holds the lock, or the disk is full."""

    def __init__(self, url: str, weather: Weather) -> None:
        super().__init__(url)
        self.weather = weather

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        self.maybe_fail("database is locked")
        with super().transaction() as session:
            yield session
            self.maybe_fail("disk is full")

    @contextmanager
    def snapshot(self) -> Iterator[Session]:
        self.maybe_fail("database is locked")
        with super().snapshot() as session:
            yield session

    def maybe_fail(self, words: str) -> None:
        if self.weather.strikes(self.weather.database, words):
            raise OperationalError("BEGIN", None, sqlite3.OperationalError(words))


# The clock


class BotsClock:
    """A machine's clock. It is seconds off and set right in steps; now and then a machine starts with a wrong date, and
    that is corrected later. The monotonic clock stands still while the machine is frozen.
    """

    def __init__(self, true: ManualClock) -> None:
        self.true, self.off_by = true, timedelta()
        self.stood_still_for = timedelta()
        self.right_at: datetime | None = None

    def now(self) -> datetime:
        return self.true.now() + self.off_by

    def monotonic(self) -> timedelta:
        return self.true.monotonic() - self.stood_still_for

    def step(self, weather: Weather) -> None:
        if self.right_at is not None:
            return
        before, self.off_by = self.off_by, timedelta(seconds=weather.dice.uniform(-4, 4))
        weather.tally["clock set back" if self.off_by < before else "clock set forward"] += 1

    def begin(self, weather: Weather) -> None:
        """The machine starts."""
        if weather.death > 0 and weather.strikes(0.03, WRONG_DATE):
            self.off_by = weather.dice.choice(WRONG_DATES)
            self.right_at = self.true.now() + timedelta(minutes=weather.dice.uniform(1, 90))

    def set_right(self) -> None:
        if self.right_at is not None and self.right_at <= self.true.now():
            self.off_by, self.right_at = timedelta(), None


WRONG_DATE = "a machine started with a wrong date"
WRONG_DATES = (timedelta(days=-20 * 365), timedelta(hours=-5), timedelta(hours=7), timedelta(days=3650))


# The process


class Killed(BaseException):
    """The process is gone. Nobody catches this, and what is done on the way out touches nothing that stays."""


BEFORE_COMMIT, AFTER_COMMIT = "killed before a commit", "killed after a commit"
BEFORE_REQUEST, AFTER_REQUEST = "killed before a request", "killed before its answer"
DEATHS = (BEFORE_COMMIT, AFTER_COMMIT, BEFORE_REQUEST, AFTER_REQUEST)


@contextmanager
def mortal(weather: Weather) -> Iterator[None]:
    """Before and after each commit and each request: between two of these nothing changes for anybody else."""

    def reached(point: str) -> None:
        if weather.strikes(weather.death, point):
            raise Killed(point)

    call = WebClient.api_call

    def api_call(client: WebClient, *arguments: object, **named: object) -> object:
        reached(BEFORE_REQUEST)
        answer = call(client, *arguments, **named)
        reached(AFTER_REQUEST)
        return answer

    with ExitStack() as stack:
        for name, point in (("before_commit", BEFORE_COMMIT), ("after_commit", AFTER_COMMIT)):
            listener = die_at(reached, point)
            event.listen(Session, name, listener)
            stack.callback(event.remove, Session, name, listener)
        stack.enter_context(patch.object(WebClient, "api_call", api_call))
        yield


def die_at(reached: Callable[[str], None], point: str) -> Callable[[Session], None]:
    return lambda _session: reached(point)


@contextmanager
def requests_have_time() -> Iterator[None]:
    """The deadline of a request is in real time, which here says how fast this computer is."""
    with (
        patch("bot.core.connection.monotonic", lambda: 0.0),
        patch("bot.core.connection.threading", SimpleNamespace(Timer=NoTimer)),
    ):
        yield


@contextmanager
def starting_is_cheap() -> Iterator[None]:
    """A process starts dozens of times a day. Bolt reads the signature of each listener again, and the interpreter
    looks for garbage in all that the story keeps.
    """
    known: dict[object, inspect.FullArgSpec] = {}
    read = inspect.getfullargspec

    def read_once(function: Callable[..., object]) -> inspect.FullArgSpec:
        code = getattr(function, "__code__", None)
        if code is None or not inspect.isfunction(function):
            return read(function)
        if code not in known:
            known[code] = read(function)
        return known[code]

    thresholds = gc.get_threshold()
    gc.set_threshold(50_000, 20, 100)
    try:
        with patch("inspect.getfullargspec", read_once):
            yield
    finally:
        gc.set_threshold(*thresholds)


class NoTimer:
    daemon = True

    def __init__(self, *_given: object) -> None:
        pass

    def start(self) -> None:
        pass

    def cancel(self) -> None:
        pass


@contextmanager
def waiting_takes_no_time(clock: ManualClock, dice: random.Random) -> Iterator[None]:
    """slack_sdk sleeps before it reads again, for as long as its dice say: here the story's time passes instead."""
    asleep = SimpleNamespace(sleep=lambda seconds: clock.advance(timedelta(seconds=seconds)))
    instead = {
        "handler.time": asleep,
        "builtin_handlers.time": asleep,
        "builtin_handlers.random": dice,
        "jitter.random": dice,
    }
    with ExitStack() as stack:
        for name, other in instead.items():
            stack.enter_context(patch(f"slack_sdk.http_retry.{name}", other))
        yield

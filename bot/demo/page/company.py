"""The company behind the page: runs in a thread of its own, at the pace chosen by the visitor."""

import logging
import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from bot.demo.stage import Play
from bot.slacksim import Person

logger = logging.getLogger(__name__)

BEAT = 0.2
"""Seconds of real time between steps of the simulation."""
BREATH = 0.001
"""Pause between steps in seconds, so that waiting threads get the lock."""
DEED = timedelta(seconds=1)
"""Simulated duration of a click. If no time passed, Slack's rate limits would soon be used up."""
PATIENCE = timedelta(seconds=10)
LONGEST_WAIT = timedelta(weeks=3)
"""Maximum simulated time to wait for news."""


class Pace(Enum):
    """Simulated time per real second."""

    PAUSED = timedelta(0)
    CALM = timedelta(minutes=10)
    FAST = timedelta(hours=12)


@dataclass(frozen=True)
class Goal:
    """Condition on which time stops: a moment, or a new message to a person."""

    until: datetime
    person: Person | None = None
    seen: str = ""
    then: Pace = Pace.PAUSED

    def is_reached(self, now: datetime) -> bool:
        return now >= self.until or (self.person is not None and newest(self.person) > self.seen)


class Company:
    def __init__(self, play: Play) -> None:
        self.play, self.workspace, self.clock = play, play.workspace, play.clock
        self.pace = Pace.CALM
        self.goal: Goal | None = None
        self.version = 0
        self.read_until: dict[tuple[str, str], str] = {}
        """`ts` up to which a person has read a conversation, by person and channel."""
        self._lock = threading.RLock()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._live, name="invented-company", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join()

    # All access holds the lock

    @contextmanager
    def looking(self) -> Generator[None]:
        with self._lock:
            yield

    @contextmanager
    def acting(self) -> Generator[None]:
        """Let a moment pass after an action, and deliver the bot's immediate responses."""
        with self.looking():
            self.clock.advance(DEED)
            yield
            self._deliver()
            self.version += 1

    def _deliver(self) -> None:
        until = self.clock.now() + PATIENCE
        if not self.play.is_on:
            return
        while (moment := self.play.weft.carrier.carry()) is not None and moment <= until:
            self.clock.move_to(max(moment, self.clock.now() + timedelta(milliseconds=1)))

    # Time

    def run_for(self, length: timedelta, then: Pace = Pace.PAUSED) -> None:
        self.goal = Goal(self.clock.now() + length, then=then)

    def switch(self, on: bool) -> None:
        """Switch the bot's computer on or off."""
        with self.acting():
            if on:
                self.play.switch_on()
            else:
                self.play.switch_off()

    def run_until_news(self, person: Person) -> None:
        self.goal = Goal(self.clock.now() + LONGEST_WAIT, person, newest(person))

    def set_pace(self, pace: Pace) -> None:
        self.pace, self.goal = pace, None

    @property
    def is_moving(self) -> bool:
        return self.goal is not None or self.pace is not Pace.PAUSED

    def _live(self) -> None:
        while not self._stopping.wait(BEAT):
            until = self.goal.until if self.goal else self.clock.now() + self.pace.value * BEAT
            while self.is_moving and self.clock.now() < until and not self._stopping.is_set():
                self._step(until)
                self._stopping.wait(BREATH)

    def _step(self, until: datetime) -> None:
        with self._lock:
            try:
                self.play.step(until)
            except Exception:
                logger.exception("the company stumbled; time stands still")
                self.set_pace(Pace.PAUSED)
            if self.goal and self.goal.is_reached(self.clock.now()):
                self.set_pace(self.goal.then)
            self.version += 1


def newest(person: Person) -> str:
    """Return the `ts` of the newest message by others that this person can see."""
    said = [message.ts for message in person.sees() if message.user != person.id]
    return max(said, default="")

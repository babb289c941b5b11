"""The only place that asks the machine what time it is."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Protocol

UPTIME = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
"""Goes on while the machine sleeps, where there is such a clock."""


class Clock(Protocol):
    def now(self) -> datetime:
        """The moment that people see on their clocks. It can be wrong, and jump when it is set right."""

    def monotonic(self) -> timedelta:
        """The time since some moment of this process's life. It never jumps: for how long something lasts."""


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> timedelta:
        return timedelta(seconds=time.clock_gettime(UPTIME))


class ManualClock:
    """A clock that stands still until it is moved: for tests and for the demo."""

    def __init__(self, at: datetime) -> None:
        self._now, self._uptime = at, timedelta()
        self._is_frozen = False

    def now(self) -> datetime:
        return self._now

    def monotonic(self) -> timedelta:
        return self._uptime

    def advance(self, by: timedelta) -> None:
        self._now += by
        if not self._is_frozen:
            self._uptime += by

    def move_to(self, moment: datetime) -> None:
        self.advance(max(moment - self._now, timedelta()))

    def jump(self, by: timedelta) -> None:
        """Someone sets the wall clock. No time passes."""
        self._now += by

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """The machine is frozen, as a virtual machine can be: time passes, and its monotonic clock stands still."""
        self._is_frozen = True
        try:
            yield
        finally:
            self._is_frozen = False

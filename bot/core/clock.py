"""The only module that reads the system clock."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Protocol

UPTIME = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
"""Clock that keeps counting while the machine is suspended, where the platform has one."""


class Clock(Protocol):
    def now(self) -> datetime:
        """Return wall-clock time in UTC. May be wrong, and jumps when the clock is corrected."""

    def monotonic(self) -> timedelta:
        """Return the time since an arbitrary start. Never jumps: use it to measure durations."""


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> timedelta:
        return timedelta(seconds=time.clock_gettime(UPTIME))


class ManualClock:
    """A clock that moves only when told to, for tests and the demo."""

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
        """Change the wall clock without letting time pass, as an admin does who sets it."""
        self._now += by

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Freeze the monotonic clock while wall-clock time goes on, as a paused virtual machine does."""
        self._is_frozen = True
        try:
            yield
        finally:
            self._is_frozen = False

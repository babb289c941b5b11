"""The simulation's only external dependency: the current time."""

from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    def now(self) -> datetime:
        """Return the current time, with its time zone."""


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)

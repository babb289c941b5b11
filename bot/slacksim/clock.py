"""The only thing that the simulation asks of its surroundings: what time it is."""

from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    def now(self) -> datetime:
        """The moment, with its zone."""


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)

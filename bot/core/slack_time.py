"""Slack's current time, from the Date header of its last response and the monotonic time since."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from bot.core.clock import Clock

MAY_DIFFER = timedelta(minutes=2)
"""Tolerance: network latency explains less than this, so a larger difference means that the local clock is wrong."""


def date_of(headers: Mapping[str, object]) -> datetime | None:
    """Parse the Date header. Returns None if it is missing or malformed."""
    value = next((value for name, value in headers.items() if name.lower() == "date"), None)
    value = value[0] if isinstance(value, list) and value else value
    try:
        return parsedate_to_datetime(str(value)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


class SlackTime:
    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self._told: tuple[datetime, timedelta] | None = None

    def note(self, headers: Mapping[str, object]) -> None:
        date = date_of(headers)
        if date is not None:
            self._told = date, self.clock.monotonic()

    def now(self) -> datetime | None:
        """Return Slack's time in UTC, or None before the first response."""
        if self._told is None:
            return None
        date, at = self._told
        return date + (self.clock.monotonic() - at)

    @property
    def is_clock_wrong(self) -> bool:
        """Return whether the local clock disagrees with Slack's."""
        theirs = self.now()
        return theirs is not None and abs(theirs - self.clock.now()) > MAY_DIFFER

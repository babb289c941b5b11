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
        self.has_contradicted = False
        """Whether the last response disagreed with the local clock when it arrived."""

    def note(self, headers: Mapping[str, object]) -> None:
        date = date_of(headers)
        if date is not None:
            self._told = date, self.clock.monotonic()
            self.has_contradicted = self.is_clock_wrong

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


class CheckedClock:
    """The local clock, or Slack's while Slack contradicts it: what a person asks for is decided by the right time.

    A difference alone isn't enough: after a pause of a virtual machine, the monotonic time since Slack's last response
    is short, and the local clock may be right.
    """

    def __init__(self, slack_time: SlackTime) -> None:
        self.slack_time = slack_time

    def now(self) -> datetime:
        theirs = self.slack_time.now() if self.slack_time.has_contradicted else None
        return theirs or self.slack_time.clock.now()

    def monotonic(self) -> timedelta:
        return self.slack_time.clock.monotonic()

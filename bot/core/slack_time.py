"""What time it is at Slack: the Date of its last answer, and the time since by the monotonic clock."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from bot.core.clock import Clock

MAY_DIFFER = timedelta(minutes=2)
"""More than that is not the network: this machine's clock is wrong."""


def date_of(headers: Mapping[str, object]) -> datetime | None:
    """The Date of an answer; None when there is none, or nothing that can be read."""
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
        """None before the first answer."""
        if self._told is None:
            return None
        date, at = self._told
        return date + (self.clock.monotonic() - at)

    @property
    def is_clock_wrong(self) -> bool:
        """Whether this machine's clock says something else."""
        theirs = self.now()
        return theirs is not None and abs(theirs - self.clock.now()) > MAY_DIFFER

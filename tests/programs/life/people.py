"""The people of the program, and what the test knows of each."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = {
    "Ana": "Europe/Berlin",
    "Ben": "Europe/Berlin",
    "Cleo": "America/New_York",
    "Dev": "America/New_York",
    "Eva": "Europe/Berlin",
    "Alma": "Europe/Berlin",
}
NAMES = tuple(ZONES)
ADMIN = "Alma"


@dataclass
class Known:
    is_in: bool = True
    is_surely_in: bool = True
    """Slack takes whoever is deactivated out of the channel; Weft may or may not have seen that when they come back."""
    through_channel: bool = True
    paused_until: date | None = None
    skips: datetime | None = None
    away_until: datetime | None = None
    quiet_until: datetime | None = None
    is_gone: bool = False
    wants_no_nudges: bool = False

    def has_joined(self, *, through_channel=False):
        if not self.is_in or not self.is_surely_in:
            self.paused_until = self.skips = None
            self.through_channel = through_channel
        self.is_in = self.is_surely_in = True

    def why_not(self, starts_at, now):
        """Why they can't be in the round that begins now. None when they can."""
        reasons = {
            "has not joined": not self.is_in,
            "is gone": self.is_gone,
            "takes a break": self.paused_until is not None and self.paused_until > now.astimezone(BERLIN).date(),
            "skips this one": self.skips == starts_at,
            "is away": self.away_until is not None and self.away_until > now,
        }
        return next((words for words, holds in reasons.items() if holds), None)

    def wants_peace(self, now):
        reasons = {"is away": self.away_until, "has do-not-disturb on": self.quiet_until}
        return next((words for words, until in reasons.items() if until is not None and until > now), None)

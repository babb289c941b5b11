"""The people of the program, and what the test knows of each."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.core.calendar import is_working_day
from bot.core.holidays import is_holiday

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = {
    "Ana": "Europe/Berlin",
    "Ben": "Europe/Berlin",
    "Cleo": "America/New_York",
    "Dev": "America/Bogota",
    "Eva": "Europe/Moscow",
    "Alma": "Europe/Berlin",
}
COUNTRIES = {
    "Europe/Berlin": "DE",
    "America/New_York": "US",
    "America/Bogota": "CO",
    "Europe/Moscow": "RU",
}
HOURS = {"Eva": (time(9), time(17, 15))}
"""With Dev she shares a quarter of an hour, and with Cleo no more than that when it is winter there."""
USUAL_HOURS = (time(9), time(17))
LOOKS_AT = 14
"""At this hour in UTC of a working day everybody is at work: the test looks then, and when a round is due."""
NAMES = tuple(ZONES)
ADMIN = "Alma"


def local(name: str, moment: datetime) -> datetime:
    return moment.astimezone(ZoneInfo(ZONES[name]))


def works_on(name: str, day: date) -> bool:
    return is_working_day(day) and not is_holiday(COUNTRIES[ZONES[name]], day)


def is_at_work(name: str, moment: datetime, *, through: timedelta = timedelta()) -> bool:
    """`through`: and stays for so long."""
    starts, ends = HOURS.get(name, USUAL_HOURS)
    here, then = local(name, moment), local(name, moment + through)
    stays = then.date() == here.date() and (then.time() <= ends if through else then.time() < ends)
    return works_on(name, here.date()) and starts <= here.time() and stays


@dataclass(frozen=True)
class Thought:
    """What somebody wrote in a written coffee."""

    words: str
    to: frozenset[str]
    """Who sat in the match then, the writer among them."""


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
    may_want_peace_until: datetime | None = None
    """Slack told it at some time, and may have told the end of it to a bot that died."""
    is_gone: bool = False
    was_gone: bool = False
    """In the last step already."""
    wants_no_nudges: bool = False
    asks_no_coffee_now: bool = False
    said_something_at: datetime | None = None
    """That they are in the program and would like to stay, or not."""

    def has_joined(self, *, through_channel=False):
        is_new = not self.is_in or not self.is_surely_in
        if is_new or not through_channel:
            self.paused_until = self.skips = None
        self.through_channel = through_channel and (is_new or self.through_channel)
        self.is_in = self.is_surely_in = True

    def wants_peace_until(self, moment):
        self.may_want_peace_until = max(moment, self.may_want_peace_until or moment)

    def may_want_peace(self, now):
        return self.may_want_peace_until is not None and self.may_want_peace_until > now

    def why_not(self, starts_at, now):
        """Why they can't be in the round that begins now. None when they can."""
        reasons = {
            "has not joined": not self.is_in,
            "is gone": self.is_gone,
            "takes a break": self.takes_a_break(now),
            "skips this one": self.skips == starts_at,
            "is away": self.away_until is not None and self.away_until > now,
        }
        return next((words for words, holds in reasons.items() if holds), None)

    def surely_takes_part(self, starts_at, now):
        """The last day of a break depends on where they are."""
        may_be_on_a_break = self.takes_a_break(now - timedelta(days=2))
        unsure = not self.is_surely_in or self.may_want_peace(now) or may_be_on_a_break
        return not unsure and self.why_not(starts_at, now) is None

    def takes_a_break(self, now):
        return self.paused_until is not None and self.paused_until > now.astimezone(BERLIN).date()

    def wants_peace(self, now):
        reasons = {"is away": self.away_until, "has do-not-disturb on": self.quiet_until}
        return next((words for words, until in reasons.items() if until is not None and until > now), None)

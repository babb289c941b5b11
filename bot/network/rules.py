"""What a network reaches and what it does not, and when somebody who is pinned is due. Plain values."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.core.calendar import WORKDAY_ENDS, at_wall_time, is_working_day

MOST_PINS, MOST_WISHES = 10, 5
RHYTHMS = {2: "Every two weeks", 4: "Every month", 8: "Every two months", 13: "Every three months"}
"""Weeks."""
ANSWER_WITHIN = 5
"""Working days that somebody has to say yes."""


def unreached(sizes: Mapping[str, int], known: Collection[str], own: str | None) -> list[str]:
    """Teams where the person knows nobody, the largest first; never their own."""
    left = [team for team in sizes if team not in known and team != own]
    return sorted(left, key=lambda team: (-sizes[team], team))


def is_due(every_weeks: int, last_on: date | None, pinned_on: date, today: date) -> bool:
    """Whether it is time again for somebody whom the person wants to stay in touch with."""
    since = max(last_on or pinned_on, pinned_on - timedelta(weeks=every_weeks))
    return today - since >= timedelta(weeks=every_weeks)


def period(last_on: date | None, pinned_on: date) -> str:
    """The time since which the two have not been in touch: it is suggested once in each."""
    return (last_on or pinned_on).isoformat()


def after_working_days(now: datetime, days: int, zone: ZoneInfo, *, ends: time = WORKDAY_ENDS) -> datetime:
    """The end of the working day that comes so many working days later."""
    day = now.astimezone(zone).date()
    while days > 0:
        day += timedelta(days=1)
        days -= is_working_day(day)
    return at_wall_time(day, ends, zone)


def without(pairs: Iterable[tuple[str, str]], one: str, others: Collection[str]) -> set[str]:
    """Those of the others who are kept apart from this one, whoever of the two wished it."""
    apart = {b if a == one else a for a, b in pairs if one in (a, b)}
    return apart & set(others)

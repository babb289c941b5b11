"""Rules for teams a network lacks, pins that are due, and deadlines in working days. Pure functions."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.core.calendar import WORKDAY_ENDS, at_wall_time, is_working_day

MOST_PINS, MOST_WISHES = 10, 5
RHYTHMS = (2, 4, 8, 13)
"""In weeks."""
ANSWER_WITHIN = 5
"""Working days within which an answer is accepted."""


def unreached(sizes: Mapping[str, int], known: Collection[str], own: str | None) -> list[str]:
    """Return teams where the person knows no one, largest first, without their own."""
    left = [team for team in sizes if team not in known and team != own]
    return sorted(left, key=lambda team: (-sizes[team], team))


def is_due(every_weeks: int, last_on: date | None, pinned_on: date, today: date) -> bool:
    """Return whether a pinned person is due for contact."""
    since = max(last_on or pinned_on, pinned_on - timedelta(weeks=every_weeks))
    return today - since >= timedelta(weeks=every_weeks)


def period(last_on: date | None, pinned_on: date) -> str:
    """Return the start of the current time without contact: one reminder is sent in each."""
    return (last_on or pinned_on).isoformat()


def after_working_days(now: datetime, days: int, zone: ZoneInfo) -> datetime:
    """Return the end of the day that is this many working days later."""
    day = now.astimezone(zone).date()
    while days > 0:
        day += timedelta(days=1)
        days -= is_working_day(day)
    return at_wall_time(day, WORKDAY_ENDS, zone)


def without(pairs: Iterable[tuple[str, str]], one: str, others: Collection[str]) -> set[str]:
    """Return those kept apart from this person, whichever of the two wished it."""
    apart = {b if a == one else a for a, b in pairs if one in (a, b)}
    return apart & set(others)

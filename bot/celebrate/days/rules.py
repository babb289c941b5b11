"""First days, anniversaries and birthdays: whose day it is, and when it is said."""

from collections.abc import Iterable
from datetime import date, time, timedelta

SAID_AT = time(9, 30)
FRIDAY, SATURDAY, SUNDAY = 4, 5, 6


def days_to_tell(today: date) -> list[date]:
    """On Friday the weekend is told as well; on the weekend, nothing."""
    if today.weekday() in {SATURDAY, SUNDAY}:
        return []
    ahead = 2 if today.weekday() == FRIDAY else 0
    return [today + timedelta(days=each) for each in range(ahead + 1)]


def falls_on(month: int, day: int, when: date) -> bool:
    """Who was born on 29 February celebrates on the 28th in other years."""
    if (month, day) == (2, 29) and not is_leap(when.year):
        day = 28
    return (month, day) == (when.month, when.day)


def is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def years_here(started_on: date, when: date) -> int | None:
    """0 on the first day, full years on an anniversary, None on any other day."""
    years = when.year - started_on.year
    return years if years >= 0 and falls_on(started_on.month, started_on.day, when) else None


def on_which_day(when: date, today: date) -> str:
    """Fitting words: the day itself, or one of the weekend ahead."""
    if when == today:
        return "today"
    return "tomorrow" if when == today + timedelta(days=1) else f"on {when:%A}"


def birthdays(born: Iterable[tuple[str, int, int]], when: date) -> list[str]:
    return [person_id for person_id, month, day in born if falls_on(month, day, when)]

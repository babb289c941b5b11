"""Dates of birthdays, anniversaries and first days, and when they are announced."""

from collections.abc import Iterable
from datetime import date, time, timedelta

SAID_AT = time(9, 30)
A_DAY, MADE_UP = timedelta(days=1), timedelta(days=4)
FRIDAY, SATURDAY, SUNDAY = 4, 5, 6


def days_to_tell(today: date, told_on: date | None = None) -> list[date]:
    """Return the dates to announce today. Friday covers the weekend; recently missed dates are made up for.

    `told_on`: date of the last announcement.
    """
    if not is_told_on(today):
        return []
    missed = last_told(told_on) + A_DAY if told_on is not None else today
    first, last = max(missed, today - MADE_UP), last_told(today)
    return [first + each * A_DAY for each in range((last - first).days + 1)]


def is_told_on(today: date) -> bool:
    return today.weekday() not in {SATURDAY, SUNDAY}


def last_told(told_on: date) -> date:
    return told_on + 2 * A_DAY if told_on.weekday() == FRIDAY else told_on


def falls_on(month: int, day: int, when: date) -> bool:
    """Return whether a yearly date falls on `when`. 29 February is celebrated on the 28th outside leap years."""
    if (month, day) == (2, 29) and not is_leap(when.year):
        day = 28
    return (month, day) == (when.month, when.day)


def is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def years_here(started_on: date, when: date) -> int | None:
    """Return full years on an anniversary, 0 on the first day, and None on other days."""
    years = when.year - started_on.year
    return years if years >= 0 and falls_on(started_on.month, started_on.day, when) else None


def birthdays(born: Iterable[tuple[str, int, int]], when: date) -> list[str]:
    return [person_id for person_id, month, day in born if falls_on(month, day, when)]

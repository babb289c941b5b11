"""First days, anniversaries and birthdays: whose day it is, and when it is said."""

from collections.abc import Iterable
from datetime import date, time, timedelta

SAID_AT = time(9, 30)
A_DAY, MADE_UP = timedelta(days=1), timedelta(days=4)
FRIDAY, SATURDAY, SUNDAY = 4, 5, 6


def days_to_tell(today: date, told_on: date | None = None) -> list[date]:
    """On Friday the weekend is told as well; on the weekend, nothing. Days that were missed lately are made up.

    `told_on`: the last day on which it was done.
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
    """Fitting words: the day itself, one of the weekend ahead, or one that was missed."""
    if when <= today:
        return "today" if when == today else "yesterday" if when == today - A_DAY else f"last {when:%A}"
    return "tomorrow" if when == today + timedelta(days=1) else f"on {when:%A}"


def birthdays(born: Iterable[tuple[str, int, int]], when: date) -> list[str]:
    return [person_id for person_id, month, day in born if falls_on(month, day, when)]

"""Parses days and durations like `2w`."""

import re
from datetime import date, timedelta

LONGEST_PAUSE = timedelta(days=366)


class NotADayError(ValueError):
    """An unreadable day. Carries a sentence that says what is accepted."""


HOW_TO_SAY = "Say for how long, like `2w` or `10d`, or until which day, like `2027-01-31`."


def read_until(words: str, today: date) -> date:
    """Return the day on which a pause ends, from `10d`, `2w`, `1m`, or a day like `2027-01-31`."""
    wanted = words.strip().lower().removeprefix("until").removeprefix("for").strip()
    length = re.fullmatch(r"(\d{1,4})\s*(d|days?|w|weeks?|m|months?)", wanted, re.ASCII)
    if length:
        days = int(length[1]) * {"d": 1, "w": 7, "m": 30}[length[2][0]]
        return checked_until(today + timedelta(days=days), today)
    try:
        return checked_until(date.fromisoformat(wanted), today)
    except ValueError as problem:
        if isinstance(problem, NotADayError):
            raise
        raise NotADayError(f"I don't understand that time. {HOW_TO_SAY}") from problem


def read_day(words: str) -> date | None:
    """Parse a day like `2027-01-31`; None for anything else."""
    try:
        return date.fromisoformat(words) if re.fullmatch(r"\d{4}-\d\d-\d\d", words, re.ASCII) else None
    except ValueError:
        return None


def checked_until(day: date, today: date) -> date:
    if day <= today:
        raise NotADayError(f"That day is not in the future. {HOW_TO_SAY}")
    if day > today + LONGEST_PAUSE:
        raise NotADayError("A pause can last a year at most. To stop for longer, leave; you can join again any time.")
    return day

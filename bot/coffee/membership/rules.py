"""Parses days and durations like `2w`."""

import re
from datetime import date, timedelta

from bot.coffee.program.days_off import LONGEST_PAUSE
from bot.coffee.texts import membership as texts
from bot.core.mrkdwn import cut

LONGEST_QUOTED = 60


class NotADayError(ValueError):
    """An unreadable day. Carries a sentence that says what is accepted."""


def read_until(words: str, today: date) -> date:
    """Return the day on which a pause ends, from `10d`, `2w`, `1m`, or a day like `2027-01-31`."""
    wanted = words.strip().lower().removeprefix("until").removeprefix("for").strip()
    length = re.fullmatch(r"(\d{1,4})\s*(d|days?|w|weeks?|m|months?)", wanted, re.ASCII)
    if length:
        days = int(length[1]) * {"d": 1, "w": 7, "m": 30}[length[2][0]]
        return checked_until(today + timedelta(days=days), words, today)
    try:
        return checked_until(date.fromisoformat(wanted), words, today)
    except ValueError as problem:
        if isinstance(problem, NotADayError):
            raise
        raise NotADayError(texts.BREAK_NOT_UNDERSTOOD(words=cut(words, LONGEST_QUOTED))) from problem


def read_day(words: str) -> date | None:
    """Parse a day like `2027-01-31`; None for anything else."""
    try:
        return date.fromisoformat(words) if re.fullmatch(r"\d{4}-\d\d-\d\d", words, re.ASCII) else None
    except ValueError:
        return None


def checked_until(day: date, words: str, today: date) -> date:
    if day <= today:
        raise NotADayError(texts.BREAK_IN_THE_PAST(words=cut(words, LONGEST_QUOTED)))
    if day > today + LONGEST_PAUSE:
        raise NotADayError(texts.BREAK_TOO_LONG())
    return day

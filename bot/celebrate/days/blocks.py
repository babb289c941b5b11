"""Blocks of the post about birthdays, anniversaries and first days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from bot.celebrate.days.rules import on_which_day
from bot.core.blocks import context, section, sections
from bot.core.message import Block, Message
from bot.core.texts import count, mention

WAY_OUT = "Whether your days are told is yours to say: Weft's Home tab, Settings."
MOST_LINES, IN_A_BLOCK = 12, 20
BIRTHDAY = -1
"""Sorts birthdays before anniversaries."""


@dataclass(frozen=True, slots=True)
class Day:
    """A person's day. `years` is 0 for the first day at work, and None for a birthday, where no year is stored."""

    person_id: str
    when: date
    years: int | None


def days(days: Sequence[Day], today: date) -> Message:
    lines = [line(day, today) for day in days]
    more = f" And {count(len(lines) - 1, 'more', 'more')}." if len(lines) > 1 else ""
    drawn = sections(lines) if len(days) <= MOST_LINES else crowds(days, today)
    return Message(lines[0] + more, [*drawn, context(WAY_OUT)])


def crowds(days: Sequence[Day], today: date) -> list[Block]:
    """Group many days by date and occasion, with all names, instead of one line per person."""
    drawn = list[Block]()
    for (when, years), group in groupby(sorted(days, key=in_crowd), key=in_crowd):
        names = [mention(day.person_id) for day in group]
        drawn.append(section(f"{crowd(when, years, len(names), today)}:"))
        drawn += [section(", ".join(names[first : first + IN_A_BLOCK])) for first in range(0, len(names), IN_A_BLOCK)]
    return drawn


def in_crowd(day: Day) -> tuple[date, int]:
    return day.when, BIRTHDAY if day.years is None else day.years


def crowd(when: date, years: int, number: int, today: date) -> str:
    moment, people = on_which_day(when, today), count(number, "person", "people")
    if years == BIRTHDAY:
        if when < today:
            return f":birthday: *A belated happy birthday* to {people}"
        return f":birthday: *Happy birthday* to {people} {moment}"
    if years == 0:
        return f":wave: *Please welcome* {people} {'starting' if when >= today else 'who started'} {moment}"
    return f":calendar: *Happy work anniversary* to {people}, {count(years, 'year')} {moment}"


def line(day: Day, today: date) -> str:
    name, when = mention(day.person_id), on_which_day(day.when, today)
    if day.years is None:
        if day.when < today:
            return f":birthday: A belated happy birthday, {name}!"
        return f":birthday: {name} has a birthday {when}. All the best."
    if day.years == 0:
        starts = "started" if day.when < today else "starts" if day.when == today else "is to start"
        return f":wave: {name} {starts} {when}. Say hello when you meet."
    since = "had been" if day.when < today else "has been"
    return f":calendar: {name} {since} here for {count(day.years, 'year')} {when}. Good to have you."

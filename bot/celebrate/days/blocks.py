"""Blocks of the post about birthdays, anniversaries and first days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from bot.celebrate.texts import days as texts
from bot.celebrate.texts.days import Timing
from bot.core.blocks import context, sections
from bot.core.calendar import WEEKDAYS
from bot.core.catalog import Text
from bot.core.lists import listed
from bot.core.message import Message
from bot.core.mrkdwn import Mrkdwn, mention

MOST_NAMES, IN_A_LINE = 12, 20
"""Above this many, people are counted first, and then named."""
BIRTHDAY = -1
"""Sorts birthdays before anniversaries."""


@dataclass(frozen=True, slots=True)
class Day:
    """A person's day. `years` is 0 for the first day at work, and None for a birthday, where no year is stored."""

    person_id: str
    when: date
    years: int | None


def days(days: Sequence[Day], today: date) -> Message:
    """Name all people, grouped by date and occasion. Only the first line keeps its exclamation mark."""
    groups = [(when, years, [*group]) for (when, years), group in groupby(sorted(days, key=occasion), key=occasion)]
    lines = list[str]()
    for when, years, group in groups:
        names = [mention(day.person_id) for day in group]
        said = line(names, when, years, today)
        lines.append(said.replace("!", ".") if lines else said)
        if len(names) > MOST_NAMES:
            lines += [", ".join(names[first : first + IN_A_LINE]) for first in range(0, len(names), IN_A_LINE)]
    rest = len(days) - len(groups[0][2])
    more = f" {texts.AND_MORE(count=rest)}" if rest else ""
    return Message(lines[0] + more, [*sections(lines), context(texts.WAY_OUT())])


def occasion(day: Day) -> tuple[date, int]:
    return day.when, BIRTHDAY if day.years is None else day.years


def line(names: Sequence[Mrkdwn], when: date, years: int, today: date) -> Mrkdwn:
    timing = Timing.TODAY if when == today else Timing.LATE if when < today else Timing.AHEAD
    return text_for(years, timing, is_crowd=len(names) > MOST_NAMES)(
        names=listed(names),
        people=len(names),
        day=WEEKDAYS[when.weekday()],
        count=years if years > 0 else len(names),
    )


def text_for(years: int, timing: Timing, *, is_crowd: bool) -> Text:
    if years == BIRTHDAY:
        return (texts.BIRTHDAY_OF_MANY if is_crowd else texts.BIRTHDAY)[timing]
    if years == 0:
        return (texts.FIRST_DAY_OF_MANY if is_crowd else texts.FIRST_DAY)[timing]
    if timing is Timing.TODAY and years % 5 == 0 and not is_crowd:
        return texts.ROUND_ANNIVERSARY.get(years, texts.MANY_YEARS)
    return (texts.ANNIVERSARY_OF_MANY if is_crowd else texts.ANNIVERSARY)[timing]

"""What the channel reads on somebody's day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.celebrate.days.rules import on_which_day
from bot.core.blocks import context, section
from bot.core.message import Message
from bot.core.texts import count, mention


@dataclass(frozen=True, slots=True)
class Day:
    """Somebody's day. `years`: 0 for the first day at work; None for a birthday, whose years nobody counts."""

    person_id: str
    when: date
    years: int | None


def days(days: Sequence[Day], today: date) -> Message:
    lines = [line(day, today) for day in days]
    more = f" And {count(len(lines) - 1, 'more')}." if len(lines) > 1 else ""
    way_out = context("Whether your days are told is yours to say: Weft's Home tab, Settings.")
    return Message(lines[0] + more, [section("\n".join(lines)), way_out])


def line(day: Day, today: date) -> str:
    name, when = mention(day.person_id), on_which_day(day.when, today)
    if day.years is None:
        return f":birthday: {name} has a birthday {when}. All the best."
    if day.years == 0:
        return f":wave: {name} {'starts' if when == 'today' else 'is to start'} {when}. Say hello when you meet."
    return f":calendar: {name} has been here for {count(day.years, 'year')} {when}. Good to have you."

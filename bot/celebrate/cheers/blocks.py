"""Blocks of the notification about endorsing reactions."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.celebrate.drawing import in_a_line
from bot.celebrate.making.blocks import mention_or_forgotten
from bot.core.blocks import actions, button, context, section
from bot.core.message import Message
from bot.core.texts import channel, count, escape, listed
from storage.celebrations.celebrations import Celebration
from storage.kinds import CelebrationKind

ENOUGH = "celebrate_seconding_enough"
MOST_SHOWN, MOST_TEAMS = 10, 3


@dataclass(frozen=True, slots=True)
class News:
    """People of other teams who endorsed one celebration."""

    row: Celebration
    seconders: Sequence[str]
    teams: Sequence[str]


def seconded(person_id: str, news: Sequence[News]) -> Message:
    """Build one message for several celebrations."""
    lines = [line(person_id, one) for one in news]
    text = lines[0] if len(lines) == 1 else f"{lines[0]} And {count(len(lines) - 1, 'more', 'more')}."
    drawn = [section(f"{said}\n> {in_a_line(one.row.words)}") for said, one in zip(lines, news, strict=True)]
    enough = button("Don't tell me of these", ENOUGH)
    rest = f"And {count(len(drawn) - MOST_SHOWN, 'more', 'more')}. " if len(drawn) > MOST_SHOWN else ""
    where = context(f"{rest}In {channel(news[0].row.channel_id or '')}.")
    return Message(text, [*drawn[:MOST_SHOWN], where, actions(enough)])


def line(person_id: str, news: News) -> str:
    others = len(news.seconders) - 1
    names = mention_or_forgotten(news.seconders[0]) + (f" and {count(others, 'other')}" if others else "")
    origin = f" from {named(news.teams)}" if news.teams else ""
    return f"{names}{origin} {'second' if others else 'seconds'} {what(person_id, news.row)}."


def named(teams: Sequence[str]) -> str:
    """List the first teams by name, and count the others."""
    more = len(teams) - MOST_TEAMS
    shown = [escape(team) for team in teams[:MOST_TEAMS]]
    return listed([*shown, count(more, "more team")] if more > 0 else shown)


def what(person_id: str, row: Celebration) -> str:
    if row.kind is CelebrationKind.SHOUTOUT:
        return f"{mention_or_forgotten(row.person_id)}'s thanks to you"
    return (
        "your win"
        if person_id == row.person_id
        else f"the win of {mention_or_forgotten(row.person_id)} that you helped with"
    )


def quiet() -> str:
    return "I won't tell you of these any more. The settings in Weft's Home tab bring them back."

"""Blocks of the notification about endorsing reactions."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.celebrate.drawing import in_a_line
from bot.celebrate.making.blocks import mention_or_forgotten
from bot.celebrate.texts import cheers as texts
from bot.core.blocks import actions, button, context, section
from bot.core.lists import listed
from bot.core.message import Block, Message
from bot.core.mrkdwn import Mrkdwn, channel, escape
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
    text = line(person_id, news[0])
    if len(news) > 1:
        text = Mrkdwn(f"{text} {texts.AND_MORE(count=len(news) - 1)}")
    drawn = [block for one in news[:MOST_SHOWN] for block in entry(person_id, one)]
    if len(news) > MOST_SHOWN:
        drawn.append(context(texts.AND_MORE(count=len(news) - MOST_SHOWN)))
    return Message(text, [*drawn, actions(button(texts.TURN_THESE_OFF(), ENOUGH))])


def entry(person_id: str, news: News) -> list[Block]:
    place = channel(news.row.channel_id or "")
    where = texts.BY_TEAMS(channel=place, teams=named(news.teams)) if news.teams else texts.IN_CHANNEL(channel=place)
    words = in_a_line(news.row.words)
    return [section(texts.WITH_WORDS(news=line(person_id, news), words=words)), context(where)]


def line(person_id: str, news: News) -> Mrkdwn:
    row, names = news.row, named_people(news.seconders)
    if row.kind is CelebrationKind.SHOUTOUT:
        return texts.SHOUTOUT_CHEERED(names=names, giver=mention_or_forgotten(row.person_id))
    return texts.WIN_CHEERED(names=names) if person_id == row.person_id else texts.HELP_CHEERED(names=names)


def named_people(person_ids: Sequence[str]) -> str:
    """List one or two people, or the first one with the number of others."""
    if len(person_ids) > 2:
        return texts.AND_OTHERS(name=mention_or_forgotten(person_ids[0]), count=len(person_ids) - 1)
    return listed([mention_or_forgotten(one) for one in person_ids])


def named(teams: Sequence[str]) -> str:
    """List the first teams by name, and count the others."""
    more = len(teams) - MOST_TEAMS
    shown = [escape(team) for team in teams[:MOST_TEAMS]]
    return listed([*shown, texts.MORE_TEAMS(count=more)] if more > 0 else shown)

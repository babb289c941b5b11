"""Blocks of the suggestion to congratulate, and of the congratulation in the thread."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from bot.celebrate.drawing import IN_NOTIFICATION, in_a_line, quoted
from bot.celebrate.making.blocks import headline, mention_or_forgotten
from bot.celebrate.texts import suggestions as texts
from bot.core.blocks import button, context, section
from bot.core.channel_trouble import trouble_of
from bot.core.message import Block, Message
from bot.core.mrkdwn import Mrkdwn, channel
from storage.celebrations.celebrations import Celebration
from storage.kinds import CelebrationKind

CONGRATULATE = "celebrate_congratulate"


def congratulate(row: Celebration) -> dict[str, Any]:
    return button(texts.CONGRATULATE(), CONGRATULATE, str(row.id))


def why(row: Celebration, other_id: str, met_on: date, today: date) -> Mrkdwn:
    """Say what happened, and name the meeting that connects them."""
    person, month = mention_or_forgotten(other_id), f"{met_on:%B}" if met_on.year == today.year else f"{met_on:%B %Y}"
    if row.kind is CelebrationKind.WIN:
        return texts.SHARED_WIN(person=person, words=in_a_line(row.words, IN_NOTIFICATION), month=month)
    return texts.GOT_SHOUTOUT(person=person, month=month)


def says(person_id: str, words: str) -> Message:
    """Build the thread message in the person's name."""
    person = mention_or_forgotten(person_id)
    return Message(
        texts.SAYS_CONGRATS(person=person, words=in_a_line(words, IN_NOTIFICATION)),
        [section(texts.FROM(person=person)), *quoted(words)],
    )


def in_form(row: Celebration) -> list[dict[str, Any]]:
    return [section(f"*{headline(row)}*"), *quoted(row.words), context(texts.POSTS_IN_YOUR_NAME())]


def not_posted(row: Celebration, said: Sequence[Block], code: str) -> Message:
    text = texts.NOT_POSTED(channel=channel(row.channel_id or ""), reason=trouble_of(code).reason)
    return Message(text, [section(f"{text} {texts.YOUR_TEXT()}"), *said])

"""Ephemeral offer to turn a message into a shoutout."""

from bot.celebrate.making.blocks import mention_or_forgotten
from bot.celebrate.texts import suggestions as texts
from bot.celebrate.texts.forms import GIVE_SHOUTOUT
from bot.core.blocks import actions, button, section
from bot.core.message import Message

MAKE, NEVER = "celebrate_make_shoutout", "celebrate_never_offer"
BETWEEN = "|"


def offer(author_id: str, channel_id: str, ts: str) -> Message:
    text = texts.MAKE_IT_A_SHOUTOUT(person=mention_or_forgotten(author_id))
    yes = button(GIVE_SHOUTOUT(), MAKE, BETWEEN.join((channel_id, ts, author_id)))
    return Message(text, [section(text), actions(yes, button(texts.DONT_ASK_AGAIN(), NEVER))])

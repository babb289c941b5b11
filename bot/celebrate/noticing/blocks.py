"""Ephemeral offer to turn a message into a shoutout."""

from bot.celebrate.making.blocks import mention_or_forgotten
from bot.core.blocks import actions, button, section
from bot.core.message import Message

MAKE, NEVER = "celebrate_make_shoutout", "celebrate_never_offer"
BETWEEN = "|"


def offer(author_id: str, channel_id: str, ts: str) -> Message:
    text = f"Make it a shoutout to {mention_or_forgotten(author_id)}? You say in a line what they did."
    yes = button("Give a shoutout", MAKE, BETWEEN.join((channel_id, ts, author_id)))
    return Message(text, [section(text), actions(yes, button("Never ask me", NEVER))])


NO_MORE = "I won't ask again. The settings in Weft's Home tab bring it back."

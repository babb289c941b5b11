"""Section of the admin page for the out-of-office emoji."""

from collections.abc import Sequence

from bot.core.blocks import button, header, section
from bot.core.message import Block
from bot.core.texts import escape

CHOOSE = "people_choose_away"


def admin_section(emoji: Sequence[str]) -> list[Block]:
    named = " ".join(f":{escape(name)}:" for name in emoji)
    words = f"Whoever has one of these in their status is left in peace and not matched until it ends: {named}"
    return [header("Out of office"), section(words, accessory=button("Change emoji", CHOOSE))]

"""Section of the admin page for the out-of-office emoji."""

from collections.abc import Sequence

from bot.core.blocks import button, header, section
from bot.core.message import Block
from bot.people import texts

CHOOSE = "people_choose_away"


def admin_section(emoji: Sequence[str]) -> list[Block]:
    words = texts.AWAY_EMOJI(emoji=" ".join(f":{name}:" for name in emoji))
    return [header(texts.OUT_OF_OFFICE()), section(words, accessory=button(texts.CHANGE_EMOJI(), CHOOSE))]

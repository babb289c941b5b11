"""Form for the out-of-office emoji."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.core.blocks import field, form
from bot.core.errors import FormError
from bot.people import statuses, texts

AWAY_FORM = "people_away_form"
EMOJI = "people_away_emoji"
LONGEST = 3000


def away_form(emoji: Sequence[str], version: int) -> dict[str, Any]:
    shown = " ".join(f":{name}:" for name in emoji)[:LONGEST]
    box = {"type": "plain_text_input", "multiline": True, "max_length": LONGEST, "initial_value": shown}
    fields = [field(EMOJI, texts.EMOJI_LABEL(), box, hint=texts.EMOJI_HINT(), optional=True)]
    return form(AWAY_FORM, texts.OUT_OF_OFFICE(), texts.SAVE(), fields, about=str(version))


def read_emoji(answers: Mapping[str, Any]) -> list[str]:
    try:
        return statuses.read_emoji(answers.get(EMOJI) or "")
    except statuses.InvalidEmojiError as problem:
        raise FormError(EMOJI, str(problem)) from problem

"""Form for the out-of-office emoji."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.core.blocks import field, form
from bot.core.errors import FormError
from bot.people import statuses

AWAY_FORM = "people_away_form"
EMOJI = "people_away_emoji"
LONGEST = 3000
# No colons here: Slack would render the emoji instead of its name.
HINT = "Their names, like palm_tree or airplane, also of your own emoji. Empty: the usual ones."


def away_form(emoji: Sequence[str], version: int) -> dict[str, Any]:
    shown = " ".join(f":{name}:" for name in emoji)[:LONGEST]
    box = {"type": "plain_text_input", "multiline": True, "max_length": LONGEST, "initial_value": shown}
    fields = [field(EMOJI, "Emoji that mean out of office", box, hint=HINT, optional=True)]
    return form(AWAY_FORM, "Out of office", "Save", fields, about=str(version))


def read_emoji(answers: Mapping[str, Any]) -> list[str]:
    try:
        return statuses.read_emoji(answers.get(EMOJI) or "")
    except statuses.InvalidEmojiError as problem:
        raise FormError(EMOJI, str(problem)) from problem

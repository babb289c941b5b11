"""Forms for pins and for a hello."""

import re
from collections.abc import Mapping
from typing import Any

from bot.core.blocks import field, form, option, plain_text, select
from bot.core.errors import FormError
from bot.core.texts import plain
from bot.network.rules import MOST_PINS, RHYTHMS

PINS_FORM, HELLO_FORM = "network_pins_form", "network_hello_form"
PINNED, RHYTHM, WORDS = (f"network_{what}" for what in ("pinned", "rhythm", "words"))
RHYTHM_OF = "network_rhythm_of_"
"""Prefix of a field id, followed by the id of the pinned person."""
USUAL = 4
REMINDS = "I remind you when it has been longer, within your budget."
LONGEST_WORDS = 500


def pins_form(pinned: Mapping[str, tuple[str, int]]) -> dict[str, Any]:
    """`pinned`: name and weeks between contacts, by id."""
    people: dict[str, Any] = {
        "type": "multi_users_select",
        "max_selected_items": MOST_PINS,
        "placeholder": plain_text("Choose people", 150),
    }
    if pinned:
        people["initial_users"] = list(pinned)
    hint = f"Up to {MOST_PINS}. Only you see this list, and nobody learns that they are on it."
    return form(
        PINS_FORM,
        "Stay in touch",
        "Save",
        [
            field(PINNED, "People", people, hint=hint, optional=True),
            field(RHYTHM, "How often" if not pinned else "How often, for those you add", rhythms(USUAL), hint=REMINDS),
            *(field(RHYTHM_OF + one, f"{name}, how often", rhythms(weeks)) for one, (name, weeks) in pinned.items()),
        ],
    )


def rhythms(every_weeks: int) -> dict[str, Any]:
    return select([option(words, str(weeks)) for weeks, words in RHYTHMS.items()], chosen=str(every_weeks))


def read_pins(answers: Mapping[str, Any]) -> dict[str, int]:
    """Return weeks between contacts by person; 0 for an unreadable value."""
    return {one: weeks_in(answers.get(RHYTHM_OF + one) or answers.get(RHYTHM)) for one in answers.get(PINNED) or []}


def weeks_in(chosen: object) -> int:
    return int(str(chosen)) if re.fullmatch(r"[0-9]{1,4}", str(chosen)) else 0


def hello_form(other_id: str, other_name: str, words: str) -> dict[str, Any]:
    """Return the form for a hello, filled with a draft. It is sent under the person's own name."""
    element = {
        "type": "plain_text_input",
        "multiline": True,
        "max_length": LONGEST_WORDS,
        "initial_value": words[:LONGEST_WORDS],
    }
    hint = "I open a group message with the two of you and write this as yours. Nothing is sent before you press Send."
    return form(HELLO_FORM, "Say hello", "Send", [field(WORDS, f"To {other_name}", element, hint=hint)], about=other_id)


def read_words(answers: Mapping[str, Any]) -> str:
    words = plain(str(answers.get(WORDS) or ""))
    if not words:
        raise FormError(WORDS, "A few words, please.")
    if len(words) > LONGEST_WORDS:
        raise FormError(WORDS, f"{LONGEST_WORDS} characters at most, please.")
    return words

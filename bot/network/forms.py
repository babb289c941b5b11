"""Whom to stay in touch with, and a hello."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.core.blocks import field, form, option, plain_text, select
from bot.core.errors import FormError
from bot.core.texts import plain
from bot.network.rules import MOST_PINS, RHYTHMS

PINS_FORM, HELLO_FORM = "network_pins_form", "network_hello_form"
PINNED, RHYTHM, WORDS = (f"network_{what}" for what in ("pinned", "rhythm", "words"))
LONGEST_WORDS = 500


def pins_form(pinned: Sequence[str], every_weeks: int) -> dict[str, Any]:
    people: dict[str, Any] = {
        "type": "multi_users_select",
        "max_selected_items": MOST_PINS,
        "placeholder": plain_text("Choose people", 150),
    }
    if pinned:
        people["initial_users"] = list(pinned)
    rhythm = select([option(words, str(weeks)) for weeks, words in RHYTHMS.items()], chosen=str(every_weeks))
    hint = f"Up to {MOST_PINS}. Only you see this list, and nobody learns that they are on it."
    return form(
        PINS_FORM,
        "Stay in touch",
        "Save",
        [
            field(PINNED, "People", people, hint=hint, optional=True),
            field(RHYTHM, "How often", rhythm, hint="I remind you when it has been longer, within your budget."),
        ],
    )


def read_pins(answers: Mapping[str, Any]) -> tuple[list[str], int]:
    chosen = str(answers.get(RHYTHM) or "")
    return list(answers.get(PINNED) or []), int(chosen) if chosen.isdigit() else 0


def hello_form(other_id: str, other_name: str, words: str) -> dict[str, Any]:
    """Words that they send under their own name, ready to be changed."""
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

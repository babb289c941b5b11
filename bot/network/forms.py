"""Forms for pins and for a hello."""

import re
from collections.abc import Mapping
from typing import Any

from bot.core.blocks import field, form, option, plain_text, select
from bot.core.errors import FormError
from bot.core.mrkdwn import plain
from bot.network import texts
from bot.network.rules import MOST_PINS, RHYTHMS

PINS_FORM, HELLO_FORM = "network_pins_form", "network_hello_form"
PINNED, RHYTHM, WORDS = (f"network_{what}" for what in ("pinned", "rhythm", "words"))
RHYTHM_OF = "network_rhythm_of_"
"""Prefix of a field id, followed by the id of the pinned person."""
USUAL = 4
LONGEST_WORDS = 500


def pins_form(pinned: Mapping[str, tuple[str, int]]) -> dict[str, Any]:
    """`pinned`: name and weeks between contacts, by id."""
    people: dict[str, Any] = {
        "type": "multi_users_select",
        "max_selected_items": MOST_PINS,
        "placeholder": plain_text(texts.CHOOSE_PEOPLE(), 150),
    }
    if pinned:
        people["initial_users"] = list(pinned)
    often = texts.HOW_OFTEN_NEW() if pinned else texts.HOW_OFTEN()
    fields = [
        field(PINNED, texts.PEOPLE(), people, hint=texts.ONLY_YOU_PINS(most=MOST_PINS), optional=True),
        field(RHYTHM, often, rhythms(USUAL), hint=texts.SUGGESTED_WHEN_LONGER()),
    ]
    for one, (name, weeks) in pinned.items():
        fields.append(field(RHYTHM_OF + one, texts.HOW_OFTEN_FOR(name=name), rhythms(weeks)))
    return form(PINS_FORM, texts.STAY_IN_TOUCH(), texts.SAVE(), fields)


def rhythms(every_weeks: int) -> dict[str, Any]:
    return select([option(texts.RHYTHMS[weeks](), str(weeks)) for weeks in RHYTHMS], chosen=str(every_weeks))


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
    words_field = field(WORDS, texts.TO(name=other_name), element, hint=texts.IN_YOUR_NAME())
    return form(HELLO_FORM, texts.SAY_HELLO(), texts.SEND(), [words_field], about=other_id)


def read_words(answers: Mapping[str, Any]) -> str:
    words = plain(str(answers.get(WORDS) or ""))
    if not words:
        raise FormError(WORDS, texts.NO_WORDS())
    if len(words) > LONGEST_WORDS:
        raise FormError(WORDS, texts.TOO_LONG(length=len(words), most=LONGEST_WORDS))
    return words

"""Confirmation forms for erasure. It can't be undone, so there are two."""

from typing import Any

from bot.core.blocks import field, form, option, section
from bot.core.errors import FormError
from bot.privacy import texts

FORGET_FORM, REALLY_FORM = "privacy_forget_form", "privacy_really_form"
UNDERSTOOD, REALLY = "privacy_understood", "privacy_really"
WORDS = "forget me"


def forget_form() -> dict[str, Any]:
    understood = option(texts.UNDERSTOOD(), "yes")
    boxes = {"type": "checkboxes", "options": [understood]}
    return form(
        FORGET_FORM,
        texts.FORGET(),
        texts.NEXT(),
        [
            *(section(said()) for said in (texts.DELETED, texts.STAYS, texts.AFTERWARDS)),
            field(UNDERSTOOD, texts.BEFORE_YOU_GO_ON(), boxes),
        ],
    )


def really_form() -> dict[str, Any]:
    last = section(texts.WANT_A_COPY())
    typed = field(REALLY, texts.TYPE_TO_CONFIRM(words=WORDS), {"type": "plain_text_input", "max_length": 50})
    return form(REALLY_FORM, texts.FORGET(), texts.FORGET(), [last, typed])


def check_understood(answers: dict[str, Any]) -> None:
    if answers.get(UNDERSTOOD) != ["yes"]:
        raise FormError(UNDERSTOOD, texts.CHECK_THE_BOX())


def check_meant(answers: dict[str, Any]) -> None:
    if " ".join((answers.get(REALLY) or "").strip(" .\"'“”").lower().split()) != WORDS:
        raise FormError(REALLY, texts.TYPE_THE_WORDS(words=WORDS))

"""Confirmation forms for erasure. It can't be undone, so there are two."""

from typing import Any

from bot.core.blocks import field, form, option, section
from bot.core.errors import FormError
from bot.privacy.blocks import AFTERWARDS, GOES, STAYS

FORGET_FORM, REALLY_FORM = "privacy_forget_form", "privacy_really_form"
UNDERSTOOD, REALLY = "privacy_understood", "privacy_really"
WORDS = "forget me"


def forget_form() -> dict[str, Any]:
    understood = option("I have read this. It can't be undone.", "yes")
    boxes = {"type": "checkboxes", "options": [understood]}
    return form(
        FORGET_FORM,
        "Forget me",
        "Go on",
        [section(GOES), section(STAYS), section(AFTERWARDS), field(UNDERSTOOD, "Before you go on", boxes)],
    )


def really_form() -> dict[str, Any]:
    last = section("Last question. If you would like a copy first: *Cancel*, then `/weft export`.")
    typed = field(REALLY, f"Type “{WORDS}”", {"type": "plain_text_input", "max_length": 50})
    return form(REALLY_FORM, "Forget me", "Forget me now", [last, typed])


def check_understood(answers: dict[str, Any]) -> None:
    if answers.get(UNDERSTOOD) != ["yes"]:
        raise FormError(UNDERSTOOD, "Please tick the box if you want to go on.")


def check_meant(answers: dict[str, Any]) -> None:
    if " ".join((answers.get(REALLY) or "").strip(" .\"'“”").lower().split()) != WORDS:
        raise FormError(REALLY, f"To be sure that it is meant, please type the words “{WORDS}”.")

"""The form for a learning."""

from collections.abc import Mapping
from typing import Any

from bot.core.blocks import field, form, plain_text
from bot.core.errors import FormError
from bot.core.texts import plain

LEARNED_FORM = "programs_learned_form"
LINE = "programs_learned_line"
LONGEST = 300


def learned_form(origin: str) -> dict[str, Any]:
    element = {
        "type": "plain_text_input",
        "max_length": LONGEST,
        "placeholder": plain_text("Support sees outages ten minutes before our alerts do", 150),
    }
    hint = "One sentence. I ask the person you met first; only with a yes it goes to the program's channel."
    line = field(LINE, "What did you learn?", element, hint=hint)
    return form(LEARNED_FORM, "What I learned", "Ask and share", [line], about=origin)


def read(answers: Mapping[str, Any]) -> str:
    words = " ".join(plain(answers.get(LINE) or "").split())
    if not words:
        raise FormError(LINE, "Please write a sentence.")
    if len(words) > LONGEST:
        raise FormError(LINE, f"Up to {LONGEST} characters, please.")
    return words

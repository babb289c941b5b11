"""The form for a learning."""

from collections.abc import Mapping
from typing import Any

from bot.coffee.texts import learned as texts
from bot.core.blocks import field, form, plain_text
from bot.core.errors import FormError
from bot.core.mrkdwn import plain

LEARNED_FORM = "programs_learned_form"
LINE = "programs_learned_line"
LONGEST = 300


def learned_form(origin: str) -> dict[str, Any]:
    element = {
        "type": "plain_text_input",
        "max_length": LONGEST,
        "placeholder": plain_text(texts.EXAMPLE(), 150),
    }
    line = field(LINE, texts.WHAT(), element, hint=texts.HINT())
    return form(LEARNED_FORM, texts.TITLE(), texts.ASK_FIRST(), [line], about=origin)


def read(answers: Mapping[str, Any]) -> str:
    words = " ".join(plain(answers.get(LINE) or "").split())
    if not words:
        raise FormError(LINE, texts.EMPTY())
    if len(words) > LONGEST:
        raise FormError(LINE, texts.TOO_LONG(length=len(words), most=LONGEST))
    return words

"""The form of an async coffee."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.coffee.texts import written as texts
from bot.core.blocks import field, form, plain_text
from bot.core.errors import FormError
from bot.core.mrkdwn import plain

WRITTEN_FORM = "programs_written_form"
FIELDS = ("programs_written_1", "programs_written_2", "programs_written_3")
LONGEST = 600
"""In characters: a few sentences, quick to read between meetings."""


def written_form(match_id: int, questions: Sequence[str], before: Sequence[str]) -> dict[str, Any]:
    fields = [
        field(name, question, element(before[number] if number < len(before) else ""), optional=True)
        for number, (name, question) in enumerate(zip(FIELDS, questions, strict=False))
    ]
    return form(WRITTEN_FORM, texts.TITLE(), texts.SEND(), fields, about=str(match_id))


def element(before: str) -> dict[str, Any]:
    drawn: dict[str, Any] = {
        "type": "plain_text_input",
        "multiline": True,
        "max_length": LONGEST,
        "placeholder": plain_text(texts.A_SENTENCE(), 150),
    }
    return drawn | {"initial_value": before} if before else drawn


def read(answers: Mapping[str, Any]) -> list[str]:
    words = [plain(answers.get(name) or "") for name in FIELDS]
    if not any(words):
        raise FormError(FIELDS[0], texts.ANSWER_ONE())
    for name, said in zip(FIELDS, words, strict=True):
        if len(said) > LONGEST:
            raise FormError(name, texts.TOO_LONG(length=len(said), most=LONGEST))
    return words

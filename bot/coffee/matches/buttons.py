"""The answers to the question whether people met, as buttons that several messages have."""

from typing import Any

from bot.coffee.texts.matches import ANSWERS as LABELS
from bot.core.blocks import button
from bot.core.catalog import Button
from storage.kinds import Answer

ANSWERS = {answer: f"programs_answer_{answer.value}" for answer in Answer}


def answer_with(answer: Answer, match_id: int, label: Button | None = None) -> dict[str, Any]:
    """Return the button for an answer, with its usual label or another."""
    return button((label or LABELS[answer])(), ANSWERS[answer], str(match_id))

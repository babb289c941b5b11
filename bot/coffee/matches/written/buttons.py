"""The button that opens the questions of an async coffee."""

from bot.coffee.texts.written import ANSWER_NOW
from bot.core.blocks import button

ANSWER = "programs_write_answers"


def answer_button(match_id: int) -> dict[str, object]:
    return button(ANSWER_NOW(), ANSWER, str(match_id), style="primary")

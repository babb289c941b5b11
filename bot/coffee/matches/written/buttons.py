"""The button that opens the questions of an async coffee."""

from bot.core.blocks import button

ANSWER = "programs_write_answers"


def answer_button(match_id: int) -> dict[str, object]:
    return button("Answer", ANSWER, str(match_id), style="primary")

"""The form in which an admin keeps two people apart for one round."""

from typing import Any

from bot.core.blocks import context, field, form
from bot.core.errors import FormError

APART_ONCE_FORM = "programs_apart_once_form"
PAIR = "programs_apart_once_pair"
TWO = 2


def apart_form(program_id: int) -> dict[str, Any]:
    two = {"type": "multi_users_select", "max_selected_items": TWO}
    words = "For the next round only, and all admins of the program see it. People's own lists stay private."
    return form(
        APART_ONCE_FORM,
        "Keep two apart",
        "Save",
        [field(PAIR, "Two people", two), context(words)],
        about=str(program_id),
    )


def read_pair(people: list[str] | None) -> tuple[str, str]:
    if len(set(people or ())) != TWO:
        raise FormError(PAIR, "Please choose two people.")
    one, other = sorted(set(people or ()))
    return one, other

"""The form in which an admin keeps two people apart for one round."""

from typing import Any

from bot.coffee.texts import preview as texts
from bot.core.blocks import context, field, form
from bot.core.errors import FormError

APART_ONCE_FORM = "programs_apart_once_form"
PAIR = "programs_apart_once_pair"
TWO = 2


def apart_form(program_id: int) -> dict[str, Any]:
    two = {"type": "multi_users_select", "max_selected_items": TWO}
    drawn = [field(PAIR, texts.TWO_PEOPLE(), two), context(texts.APART_HINT())]
    return form(APART_ONCE_FORM, texts.APART_TITLE(), texts.SAVE(), drawn, about=str(program_id))


def read_pair(people: list[str] | None) -> tuple[str, str]:
    if len(set(people or ())) != TWO:
        raise FormError(PAIR, texts.CHOOSE_TWO())
    one, other = sorted(set(people or ()))
    return one, other

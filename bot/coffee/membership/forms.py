"""Forms for a break and for the block list."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from bot.coffee.program.days_off import LONGEST_PAUSE
from bot.coffee.texts import membership as texts
from bot.coffee.texts.program import PAUSE
from bot.core.blocks import field, form, plain_text
from bot.core.errors import FormError

PAUSE_FORM, APART_FORM = "programs_pause_form", "programs_apart_form"
UNTIL, APART = "programs_until", "programs_apart"
MOST_APART = 50


def pause_form(program_ids: Sequence[int], names: str, today: date) -> dict[str, Any]:
    day = {"type": "datepicker", "initial_date": (today + timedelta(weeks=2)).isoformat()}
    until = field(UNTIL, texts.UNTIL(), day, hint=texts.BREAK_HINT(programs=names))
    return form(PAUSE_FORM, texts.TAKE_A_BREAK(), PAUSE(), [until], about=",".join(map(str, program_ids)))


def read_pause(answers: dict[str, Any], today: date) -> date:
    try:
        until = date.fromisoformat(answers.get(UNTIL) or "")
    except ValueError as problem:
        raise FormError(UNTIL, texts.PICK_A_DAY()) from problem
    if not today < until <= today + LONGEST_PAUSE:
        raise FormError(UNTIL, texts.PICK_A_DAY())
    return until


def apart_form(chosen: Sequence[str]) -> dict[str, Any]:
    element: dict[str, Any] = {
        "type": "multi_users_select",
        "max_selected_items": MOST_APART,
        "placeholder": plain_text(texts.CHOOSE_PEOPLE(), 150),
    }
    if chosen:
        element["initial_users"] = list(chosen)
    people = field(APART, texts.PEOPLE(), element, hint=texts.DONT_MATCH_HINT(), optional=True)
    return form(APART_FORM, texts.DONT_MATCH_TITLE(), texts.SAVE(), [people])

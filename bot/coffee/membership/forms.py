"""Forms for a break and for the block list."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from bot.coffee.membership.rules import LONGEST_PAUSE
from bot.core.blocks import field, form, plain_text
from bot.core.errors import FormError

PAUSE_FORM, APART_FORM = "programs_pause_form", "programs_apart_form"
UNTIL, APART = "programs_until", "programs_apart"
MOST_APART = 50


def pause_form(program_ids: Sequence[int], names: str, today: date) -> dict[str, Any]:
    day = {"type": "datepicker", "initial_date": (today + timedelta(weeks=2)).isoformat()}
    hint = f"A year at most. {names} will go on without you, and you'll be back in on that day."
    ids = ",".join(map(str, program_ids))
    return form(PAUSE_FORM, "Take a break", "Pause", [field(UNTIL, "Until", day, hint=hint)], about=ids)


def read_pause(answers: dict[str, Any], today: date) -> date:
    try:
        until = date.fromisoformat(answers.get(UNTIL) or "")
    except ValueError as problem:
        raise FormError(UNTIL, "Please choose a day.") from problem
    if not today < until <= today + LONGEST_PAUSE:
        raise FormError(UNTIL, "Please choose a day between tomorrow and a year from now.")
    return until


def apart_form(chosen: Sequence[str]) -> dict[str, Any]:
    element: dict[str, Any] = {
        "type": "multi_users_select",
        "max_selected_items": MOST_APART,
        "placeholder": plain_text("Choose people", 150),
    }
    if chosen:
        element["initial_users"] = list(chosen)
    hint = "I won't match you with them in any program. Nobody else sees this list, and they don't learn of it."
    return form(APART_FORM, "Rather not meet", "Save", [field(APART, "People", element, hint=hint, optional=True)])

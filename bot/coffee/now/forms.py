"""The form that starts a coffee now."""

from typing import Any

from bot.coffee.texts import now as texts
from bot.core.blocks import field, form, option, plain_text

NOW_FORM, TEAM = "programs_now_form", "programs_now_team"


def now_form(program_id: int, chosen: str = "") -> dict[str, Any]:
    placeholder = plain_text(texts.ANY_TEAM(), 150)
    element: dict[str, Any] = {"type": "external_select", "min_query_length": 0, "placeholder": placeholder}
    if chosen:
        element["initial_option"] = option(chosen, chosen)
    team = field(TEAM, texts.TEAM(), element, hint=texts.HINT(), optional=True)
    return form(NOW_FORM, texts.TITLE(), texts.FIND_SOMEONE(), [team], about=str(program_id))

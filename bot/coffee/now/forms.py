"""The form that starts a coffee now."""

from typing import Any

from bot.core.blocks import field, form, option, plain_text

NOW_FORM, TEAM = "programs_now_form", "programs_now_team"
HINT = "I ask one person at a time, and only people who are at work now."


def now_form(program_id: int, chosen: str = "") -> dict[str, Any]:
    placeholder = plain_text("Any team", 150)
    element: dict[str, Any] = {"type": "external_select", "min_query_length": 0, "placeholder": placeholder}
    if chosen:
        element["initial_option"] = option(chosen, chosen)
    team = field(TEAM, "Somebody of which team?", element, hint=HINT, optional=True)
    return form(NOW_FORM, "Coffee now", "Look for somebody", [team], about=str(program_id))

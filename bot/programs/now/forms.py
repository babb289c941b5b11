"""The form before a coffee now."""

from typing import Any

from bot.core.blocks import field, form, plain_text

NOW_FORM, TEAM = "programs_now_form", "programs_now_team"
HINT = "I ask one person at a time, and only people who are at work now."


def now_form(program_id: int) -> dict[str, Any]:
    element = {"type": "external_select", "min_query_length": 0, "placeholder": plain_text("Any team", 150)}
    team = field(TEAM, "Somebody of which team?", element, hint=HINT, optional=True)
    return form(NOW_FORM, "Coffee now", "Look for somebody", [team], about=str(program_id))

"""Choosing one's group."""

from bot.coffee.program.lookup import find, membership_of
from bot.coffee.texts import program as texts
from bot.core.errors import UserError
from bot.core.work import Work


def choose_group(work: Work, program_id: int, place: int, label: str, *, by: str) -> str:
    """Save the choice. `label`: the option as it was shown, as the list may have changed since."""
    program, member = find(work, program_id), membership_of(work, program_id, by)
    if place >= len(program.choices) or not program.choices[place].startswith(label.rstrip("…")):
        raise UserError(texts.GROUPS_CHANGED())
    member.chosen_group = program.choices[place]
    return member.chosen_group

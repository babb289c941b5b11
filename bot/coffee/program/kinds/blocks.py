"""Choosing one's group, in a program where each person chooses."""

from bot.coffee.texts import program as texts
from bot.core.blocks import option, section, select
from bot.core.message import Block
from storage.kinds import GroupedBy
from storage.programs.programs import Membership, Program

CHOOSE_GROUP = "programs_choose_group"


def choosing(program: Program, member: Membership | None) -> list[Block]:
    """Return the menu, or nothing if there is no choice."""
    if program.grouped_by is not GroupedBy.CHOICE or not program.choices:
        return []
    options = [option(choice, f"{program.id}:{number}") for number, choice in enumerate(program.choices)]
    mine = member.chosen_group if member is not None else None
    at = program.choices.index(mine) if mine in program.choices else None
    chosen = f"{program.id}:{at}" if at is not None else None
    menu = select(options, chosen=chosen, placeholder=texts.CHOOSE_YOUR_GROUP()) | {"action_id": CHOOSE_GROUP}
    lead = texts.YOUR_GROUP(group=mine) if mine and chosen else texts.CHOOSE_GROUP()
    return [section(lead, accessory=menu)]

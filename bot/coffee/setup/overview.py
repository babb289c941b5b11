"""The admins' view of their programs."""

from bot.coffee.program.rhythm import rhythm_of
from bot.coffee.setup import blocks
from bot.coffee.setup.admins import programs_led_by
from bot.coffee.setup.blocks import Overview
from bot.coffee.setup.groups import names_of
from bot.core.message import Block
from bot.core.work import Work
from bot.people import service as people
from storage.programs import programs
from storage.programs.programs import Program


def for_admins(work: Work, person_id: str) -> list[Block]:
    """Return the programs that a person may change; nothing for others."""
    mine, can_set_up = programs_led_by(work, person_id), people.is_admin(work, person_id)
    if not mine and not can_set_up:
        return []
    members = programs.count_members_of_all(work)
    told = [(program, rhythm_of(program), members.get(program.id, 0)) for program in mine]
    return blocks.admin_section(told, can_set_up=can_set_up)


def first_steps(work: Work, person_id: str) -> list[Block]:
    """Return a button to set up the first program, for admins, as long as there is none."""
    if programs.programs(work) or not people.is_admin(work, person_id):
        return []
    return blocks.first_steps()


def overview(work: Work, program: Program) -> Overview:
    members = programs.count_members(work, program_id=program.id)
    return Overview(
        program,
        rhythm_of(program),
        members,
        programs.admins_of(work, program_id=program.id),
        names_of(work, program.user_groups),
        names_of(work, program.audience),
    )


def found(work: Work, person_id: str, typed: str) -> list[tuple[int, str]]:
    """Return (id, name) of programs whose name contains the typed text."""
    wanted = typed.strip().casefold()
    return [(one.id, one.name) for one in programs_led_by(work, person_id) if wanted in one.name.casefold()]

"""A program, or someone's membership in it, as a button or a command names it."""

from bot.coffee.program.drawing import not_in
from bot.coffee.texts import program as texts
from bot.core.errors import UserError
from bot.core.work import Work
from storage.programs import programs
from storage.programs.programs import Membership, Program


def find(work: Work, program_id: int) -> Program:
    program = programs.program(work, program_id=program_id)
    if program is None:
        raise UserError(texts.NO_PROGRAM())
    return program


def membership_of(work: Work, program_id: int, person_id: str) -> Membership:
    program = find(work, program_id)
    member = programs.membership(work, program_id=program_id, person_id=person_id)
    if member is None or member.left_at is not None:
        raise UserError(not_in(program))
    return member

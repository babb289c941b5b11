"""Admins of programs: permissions, and alerts to them."""

from collections.abc import Callable

from bot.coffee.texts.setup import ADMINS_ONLY
from bot.core.errors import NotForYou
from bot.core.message import Message
from bot.core.work import Work
from bot.people import service as people
from storage.outbox.keys import MessageKey
from storage.people import people as kept_people
from storage.programs import programs
from storage.programs.programs import Program

MOST_TOLD = 3
"""Workspace admins alerted for a program without admins of its own."""


def check_admin(work: Work, person_id: str, program: Program | None = None) -> None:
    """Raise NotForYou unless they are an admin of the workspace or, for one program, of that program."""
    if not may_change(work, person_id, program):
        raise NotForYou(ADMINS_ONLY())


def may_change(work: Work, person_id: str, program: Program | None) -> bool:
    if people.is_admin(work, person_id):
        return True
    person = kept_people.get(work, person_id=person_id)
    if program is None or person is None or not person.is_active:
        return False
    return person_id in programs.admins_of(work, program_id=program.id)


def programs_led_by(work: Work, person_id: str) -> list[Program]:
    """Return the programs that a person may change."""
    if people.is_admin(work, person_id):
        return list(programs.programs(work))
    mine = programs.programs_led_by(work, person_id=person_id)
    return [program for program in mine if may_change(work, person_id, program)]


def tell_admins(work: Work, program: Program, message: Message, *, key: Callable[[str], MessageKey]) -> None:
    for person_id in admins_to_notify(work, program):
        work.send(message, to=person_id, key=key(person_id))


def admins_to_notify(work: Work, program: Program) -> list[str]:
    """Return the program's active admins; if there are none, some of the workspace's."""
    named = programs.admins_of(work, program_id=program.id)
    known = kept_people.get_many(work, person_ids=named)
    here = [person_id for person_id in named if person_id in known and known[person_id].is_active]
    return here or kept_people.active_admins(work, limit=MOST_TOLD)

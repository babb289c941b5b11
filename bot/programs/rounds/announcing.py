"""On the working day before a round, whoever will take part is told."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.core.work import Bot, Work
from bot.people.hours import hours_of
from bot.programs import rhythm as rhythms
from bot.programs.rhythm import rhythm_of
from bot.programs.rounds import silence
from bot.programs.rounds.ahead import send_heads_up
from bot.programs.rounds.attendance import who_takes_part
from storage import programs
from storage.programs import Program

A_DAY = timedelta(days=1)
AT_ONCE = 25
"""Messages in one transaction: nobody's click waits for the rest."""


def announce_rounds(bot: Bot) -> None:
    """On the working day before, whoever will take part is told, so that they can skip it with one tap."""
    with bot.look() as work:
        due = programs_to_announce(work)
        to_tell = [(one.id, one.next_round_at, who_is_told(work, one), silence.silent_now(work, one)) for one in due]
    for program_id, starts_at, people, silent in to_tell:
        announce(bot, program_id, starts_at, people, silent)


def is_any_to_announce(work: Work) -> bool:
    return bool(programs_to_announce(work))


def programs_to_announce(work: Work) -> list[Program]:
    until = work.now + rhythms.LONGEST_NOTICE
    soon = programs.programs_before(work.session, workspace_id=work.workspace_id, until=until)
    due = [one for one in soon if rhythms.heads_up_at(rhythm_of(one), one.next_round_at) <= work.now]
    return [one for one in due if one.next_round_at > work.now]


def who_is_told(work: Work, program: Program) -> list[str]:
    """Whoever has just joined read the same in the welcome."""
    present = who_takes_part(work, program).present
    members = programs.these_members(work.session, program_id=program.id, person_ids=present)
    return [member.person_id for member in members if work.now - member.joined_at >= A_DAY]


def announce(bot: Bot, program_id: int, starts_at: datetime, people: Sequence[str], silent: set[str]) -> None:
    """A crash on the way loses nothing: those who were told or asked already are known by the key of their message."""
    for start in range(0, len(people), AT_ONCE):
        with bot.begin() as work:
            program = programs.lock_program(work.session, program_id=program_id)
            if program is None or not is_still_ahead(program, starts_at):
                return
            tell(work, program, people[start : start + AT_ONCE], silent)
    with bot.begin() as work:
        program = programs.lock_program(work.session, program_id=program_id)
        if program is not None and is_still_ahead(program, starts_at):
            program.heads_up_for = starts_at


def is_still_ahead(program: Program, starts_at: datetime) -> bool:
    return program.next_round_at == starts_at and program.heads_up_for != starts_at


def tell(work: Work, program: Program, people: Sequence[str], silent: set[str]) -> None:
    present = who_takes_part(work, program, among=people).present
    for member in programs.these_members(work.session, program_id=program.id, person_ids=present):
        at = hours_of(present[member.person_id]).next_moment(work.now)
        if at < program.next_round_at and not silence.speak_of_it(work, program, member, silent, at):
            send_heads_up(work, program, member.person_id, at)

"""People that a program will message today by itself, so that nudges leave the quota to it."""

from collections.abc import Collection
from datetime import timedelta

from bot.coffee.program.rhythm import heads_up_at, rhythm_of
from bot.core.events import DayPlanned
from bot.core.work import Work
from storage.kinds import ProgramState
from storage.programs import programs
from storage.programs.programs import Program
from storage.rounds import check_ins, rounds

SOON = timedelta(hours=12)
"""Covers the rest of a working day that has just begun."""


def select_expecting(work: Work, day: DayPlanned) -> Collection[str]:
    """Return people due for a heads-up, an introduction or a check-in within these hours."""
    person_ids = day.person_ids
    wanted = set(person_ids)
    found: set[str] = set()
    for program in programs.running_programs(work):
        if program.state is ProgramState.RUNNING and is_about_to_write(work, program):
            there = programs.get_memberships(work, program_id=program.id, person_ids=wanted)
            found |= {member.person_id for member in there}
    asked = check_ins.seats_asked_between(work, person_ids=person_ids, since=work.now, until=work.now + SOON)
    return found | set(asked)


def is_about_to_write(work: Work, program: Program) -> bool:
    last = rounds.last_round(work, program_id=program.id)
    moments = [heads_up_at(rhythm_of(program), program.next_round_at), program.next_round_at]
    moments += [last.starts_at] if last is not None else []
    return any(work.now - SOON <= moment <= work.now + SOON for moment in moments)

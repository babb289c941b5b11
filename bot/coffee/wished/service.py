"""Outlook of a wish for a coffee with a team: when rounds consider it, and whether it can be tried now."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.coffee.now import service as coffee_now
from bot.coffee.program.rhythm import next_round_at, rhythm_of
from bot.core.errors import UserError
from bot.core.work import Work
from bot.people.hours import today_of
from storage import now
from storage.kinds import ProgramState
from storage.people import people
from storage.programs import programs
from storage.programs.programs import Membership, Program

SMALL_TEAM = 5
"""Smaller teams are not reported as missing from a program, as that would reveal individuals."""


@dataclass(frozen=True, slots=True)
class UpcomingRound:
    """When a program's matching considers the wish: at a round, or after a break."""

    program: Program
    at: datetime
    break_until: date | None
    is_team_empty: bool
    """Whether no one of the team is in the program."""


@dataclass(frozen=True, slots=True)
class WishStatus:
    team: str
    ahead: tuple[UpcomingRound, ...]
    """One for each program that the person is in, the next round first."""
    is_looking: bool
    """Whether they are searching for a coffee now already."""
    not_now: str
    """Why no coffee now can be searched for; empty if it can."""


def wish_status(work: Work, person_id: str, team: str) -> WishStatus:
    mine = programs.memberships_of(work, person_id=person_id)
    running = [(program, member) for program, member in mine if program.state is ProgramState.RUNNING]
    today = today_of(work, person_id)
    ahead = sorted(
        (upcoming_round(work, program, member, team, today) for program, member in running), key=lambda one: one.at
    )
    looked_in = now.last_program_of(work, person_id=person_id)
    not_now = why_not_now(work, ahead[0].program, person_id) if ahead else ""
    return WishStatus(team, tuple(ahead), looked_in is not None, not_now)


def upcoming_round(work: Work, program: Program, member: Membership, team: str, today: date) -> UpcomingRound:
    at = program.next_round_at
    if member.skipped_round_at == at:
        at = next_round_at(rhythm_of(program), at)
    of_team = people.ids_of_team(work, team=team)
    there = programs.get_memberships(work, program_id=program.id, person_ids=of_team)
    break_until = member.paused_until if member.paused_until and member.paused_until > today else None
    return UpcomingRound(program, at, break_until, is_team_empty=not there and not 0 < len(of_team) < SMALL_TEAM)


def why_not_now(work: Work, program: Program, person_id: str) -> str:
    try:
        coffee_now.check_may_look(work, program, person_id)
    except UserError as reason:
        return str(reason)
    return ""

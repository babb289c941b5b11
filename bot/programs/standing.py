"""Where a person stands in every program: for Home and `/coffee status`."""

from typing import Any

from bot.core.blocks import divider
from bot.core.message import Block
from bot.core.work import Work
from bot.people import service as people
from bot.programs import blocks
from bot.programs.membership import today_of
from bot.programs.setup import rhythm_of
from storage import apart, programs, slots
from storage.kinds import MatchState
from storage.programs import Program


def home(work: Work, person_id: str) -> list[Block]:
    chosen = apart.wishes_of(work.session, workspace_id=work.workspace_id, person_id=person_id)
    drawn = [blocks.home_heading(), *status(work, person_id), blocks.privately(chosen)]
    if people.is_admin(work, person_id):
        drawn += [divider(), *for_admins(work)]
    return drawn


def status(work: Work, person_id: str) -> list[Block]:
    there = programs.programs(work.session, workspace_id=work.workspace_id)
    if not there:
        return blocks.nothing_to_join()
    return [block for program in there for block in standing_in(work, program, person_id)]


def standing_in(work: Work, program: Program, person_id: str) -> list[Block]:
    member = programs.membership(work.session, program_id=program.id, person_id=person_id)
    match = programs.current_match(work.session, program_id=program.id, person_id=person_id, now=work.now)
    running = match is not None and match.state is not MatchState.CALLED_OFF
    last = programs.last_round(work.session, program_id=program.id)
    absence = programs.absence(work.session, round_id=last.id, person_id=person_id) if last is not None else None
    mine = [seat for seat in match.seats if seat.person_id == person_id] if match is not None else []
    return blocks.standing(
        program,
        rhythm_of(program),
        member,
        partners=[seat.person_id for seat in match.seats if seat.person_id != person_id] if match and running else (),
        match_id=match.id if match else None,
        answer=mine[0].answer if mine else None,
        agreed_at=match.agreed_at if match else None,
        absence=absence.reason if absence else None,
        today=today_of(work, person_id),
    )


def why(work: Work, program: Program, person_id: str) -> str:
    """Why this match, or why none: what was decided and stored when the round started."""
    last = programs.last_round(work.session, program_id=program.id)
    if last is None:
        return f"{program.name} has not had a round yet."
    match = programs.match_in(work.session, round_id=last.id, person_id=person_id)
    if match is not None:
        return f"Your match in {program.name}: {match.why}."
    absence = programs.absence(work.session, round_id=last.id, person_id=person_id)
    if absence is not None:
        return f"You have no match in {program.name} this round: {absence.reason}."
    return f"You were not in {program.name} yet when this round started. The next one is yours."


def for_admins(work: Work) -> list[Block]:
    there = programs.programs(work.session, workspace_id=work.workspace_id)
    return blocks.admin_section(
        [
            (program, rhythm_of(program), programs.count_members(work.session, program_id=program.id))
            for program in there
        ]
    )


# Privacy


def export_person(work: Work, person_id: str) -> dict[str, Any]:
    memberships = programs.memberships_ever(work.session, workspace_id=work.workspace_id, person_id=person_id)
    absences = programs.absences_of(work.session, workspace_id=work.workspace_id, person_id=person_id)
    return {
        "memberships": [
            {
                "program": program.name,
                "joined_at": member.joined_at.isoformat(),
                "left_at": member.left_at.isoformat() if member.left_at else None,
                "paused_until": member.paused_until.isoformat() if member.paused_until else None,
            }
            for program, member in memberships
        ],
        "matches": [
            {
                "with": [seat.person_id for seat in match.seats if seat.person_id != person_id],
                "started_at": match.round.starts_at.isoformat(),
                "why": match.why,
                "agreed_at": match.agreed_at.isoformat() if match.agreed_at else None,
                "your_answer": next((seat.answer for seat in match.seats if seat.person_id == person_id), None),
            }
            for match in programs.matches_of(work.session, workspace_id=work.workspace_id, person_id=person_id)
        ],
        "rather_not_meet": list(apart.wishes_of(work.session, workspace_id=work.workspace_id, person_id=person_id)),
        "times_you_chose": [
            {"match": slot.match_id, "starts_at": slot.starts_at.isoformat(), "chosen_at": at.isoformat()}
            for slot, at in slots.choices_of(work.session, workspace_id=work.workspace_id, person_id=person_id)
        ],
        "rounds_without_a_match": [{"round": absence.round_id, "reason": absence.reason} for absence in absences],
    }


def forget_person(work: Work, person_id: str) -> None:
    apart.forget_person(work.session, workspace_id=work.workspace_id, person_id=person_id)
    programs.forget_person(work.session, workspace_id=work.workspace_id, person_id=person_id)
    slots.forget_person(work.session, workspace_id=work.workspace_id, person_id=person_id)

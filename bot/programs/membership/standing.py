"""Where a person stands in every program: for Home and `/coffee status`."""

from bot.core.message import Block
from bot.core.work import Work
from bot.programs.membership import blocks
from bot.programs.membership.service import today_of
from bot.programs.rhythm import rhythm_of
from storage import apart, programs, rounds
from storage.kinds import MatchState
from storage.programs import Program


def today(work: Work, person_id: str) -> list[Block]:
    return [blocks.home_heading(), *status(work, person_id)]


def apart_from(work: Work, person_id: str) -> list[Block]:
    chosen = apart.wishes_of(work.session, workspace_id=work.workspace_id, person_id=person_id)
    return [blocks.privately(chosen)]


def status(work: Work, person_id: str) -> list[Block]:
    there = programs.running_programs(work.session, workspace_id=work.workspace_id)
    if not there:
        return blocks.nothing_to_join()
    return [block for program in there for block in standing_in(work, program, person_id)]


def standing_in(work: Work, program: Program, person_id: str) -> list[Block]:
    member = programs.membership(work.session, program_id=program.id, person_id=person_id)
    match = rounds.current_match(work.session, program_id=program.id, person_id=person_id, now=work.now)
    running = match is not None and match.state is not MatchState.CALLED_OFF
    last = rounds.last_round(work.session, program_id=program.id)
    absence = rounds.absence(work.session, round_id=last.id, person_id=person_id) if last is not None else None
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
    last = rounds.last_round(work.session, program_id=program.id)
    if last is None:
        return f"{program.name} has not had a round yet."
    match = rounds.match_in(work.session, round_id=last.id, person_id=person_id)
    if match is not None:
        return f"Your match in {program.name}: {match.why}."
    absence = rounds.absence(work.session, round_id=last.id, person_id=person_id)
    if absence is not None:
        return f"You have no match in {program.name} this round: {absence.reason}."
    return f"You were not in {program.name} yet when this round started. The next one is yours."

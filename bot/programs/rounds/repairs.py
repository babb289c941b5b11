"""What was decided can't be done as it was: somebody is gone, or Slack opens no conversation."""

from bot.core.work import Work
from bot.programs.rounds import blocks
from bot.programs.rounds.introducing import intro_key, introduce
from bot.programs.slots import service as slots
from storage import people, programs, rounds
from storage.kinds import MatchState
from storage.programs import Program
from storage.rounds import Match


def somebody_gone(work: Work, person_id: str) -> None:
    """Whoever was to meet this person should not wait in vain."""
    for match in rounds.open_matches_of(
        work.session, workspace_id=work.workspace_id, person_id=person_id, now=work.now
    ):
        work.take_back(intro_key(match.round_id, match.id), slots.agreed_key(match))
        for seat in [seat for seat in match.seats if seat.person_id == person_id]:
            match.seats.remove(seat)
        work.session.flush()
        go_on_without(work, match, person_id)


def go_on_without(work: Work, match: Match, gone: str) -> None:
    program = match.round.program
    others = [seat.person_id for seat in match.seats]
    if len(others) > 1:
        known = people.several(work.session, workspace_id=work.workspace_id, person_ids=others)
        sitting = [known[person_id] for person_id in others]
        introduce(work, program, match.round, match, sitting, without=gone)
        return
    match.state = MatchState.CALLED_OFF
    for other in others:
        come_first(work, program, other)
        work.send(blocks.partner_gone(program), to=other, key=f"match:{match.id}:gone:{gone}:{other}")


def come_first(work: Work, program: Program, person_id: str) -> None:
    member = programs.membership(work.session, program_id=program.id, person_id=person_id)
    if member is not None:
        member.left_alone += 1


def introduction_lost(work: Work, match_id: int) -> None:
    """Slack would not open a conversation for these people together: each is written to alone."""
    match = rounds.match(work.session, workspace_id=work.workspace_id, match_id=match_id)
    if match is None or match.state is not MatchState.PLANNED:
        return
    everyone = [seat.person_id for seat in match.seats]
    for person_id in everyone:
        partners = [one for one in everyone if one != person_id]
        message = blocks.write_them_yourself(match.round.program, match.id, partners)
        work.send(message, to=person_id, key=f"{intro_key(match.round_id, match.id)}:alone:{person_id}")

"""A person's state in each program, for Home and `/coffee status`."""

from datetime import timedelta

from bot.coffee.matches.check_ins.service import partners_of
from bot.coffee.matches.written import service as written
from bot.coffee.membership import blocks
from bot.coffee.membership.resolving import can_join
from bot.coffee.membership.service import reason_not_eligible, visible_programs
from bot.coffee.now.buttons import looking
from bot.coffee.program.drawing import not_in
from bot.coffee.program.rhythm import rhythm_of
from bot.coffee.texts import membership as texts
from bot.coffee.texts.absences import ABOUT_YOU
from bot.core.message import Block
from bot.core.work import Work
from bot.people.hours import today_of
from storage import now
from storage.kinds import MatchState
from storage.people import people
from storage.programs import apart, programs
from storage.programs.programs import Program
from storage.rounds import check_ins, rounds
from storage.rounds.rounds import Match

REMEMBERED = timedelta(days=14)
"""How long the last round is asked about, as people forget."""
MOST_BLOCKS = 40
"""Slack's limit is 50 in a message, and 100 in Home, shared with other features."""


def today(work: Work, person_id: str) -> list[Block]:
    return [blocks.home_heading(), *status(work, person_id)]


def apart_from(work: Work, person_id: str) -> list[Block]:
    chosen = apart.wishes_of(work, person_id=person_id)
    return [blocks.privately(chosen)]


def status(work: Work, person_id: str, *, channel_id: str | None = None) -> list[Block]:
    """Return the channel's program first, then those they are in. Limited to what Slack shows."""
    there = in_order(work, person_id, channel_id)
    if not there:
        return blocks.nothing_to_join()
    looked_in = now.last_program_of(work, person_id=person_id)
    drawn, shown = [looking()] if looked_in is not None else [], 0
    for program in there:
        more = standing_in(work, program, person_id, is_looking=looked_in is not None)
        if shown and len(drawn) + len(more) > MOST_BLOCKS:
            return [*drawn, blocks.and_more(len(there) - shown)]
        drawn, shown = [*drawn, *more], shown + 1
    return drawn


def in_order(work: Work, person_id: str, channel_id: str | None) -> list[Program]:
    mine = programs.memberships_of(work, person_id=person_id)
    ids = {program.id for program, _ in mine}
    there = visible_programs(work, person_id, channel_id)
    return sorted(there, key=lambda one: (one.channel_id != channel_id, one.id not in ids))


def standing_in(work: Work, program: Program, person_id: str, *, is_looking: bool) -> list[Block]:
    last = rounds.last_round(work, program_id=program.id)
    absence = rounds.absence(work, round_id=last.id, person_id=person_id) if last is not None else None
    match = rounds.current_match(work, program_id=program.id, person_id=person_id)
    member = programs.membership(work, program_id=program.id, person_id=person_id)
    where = blocks.Standing(
        member=member,
        today=today_of(work, person_id),
        coffee=coffee_of(work, match, person_id) if match is not None else None,
        was_called_off=match is not None and match.state is MatchState.CALLED_OFF,
        open_before=open_before(work, program, person_id),
        absence=absence.reason if absence else None,
        is_looking=is_looking,
        after=last.id if last is not None else 0,
        can_join=can_join(work, program, person_id, member),
    )
    return blocks.standing(program, rhythm_of(program), where)


def coffee_of(work: Work, match: Match, person_id: str) -> blocks.Coffee | None:
    partners = partners_of(match, person_id)
    if match.state is MatchState.CALLED_OFF or not partners:
        return None  # Without partners: they asked to be forgotten.
    [mine] = [seat for seat in match.seats if seat.person_id == person_id]
    return blocks.Coffee(
        match.id,
        partners,
        mine.answer,
        match.agreed_at,
        is_ahead=match.agreed_at is not None and match.agreed_at > work.now,
        in_writing=writing(work, match, person_id),
    )


def open_before(work: Work, program: Program, person_id: str) -> blocks.Coffee | None:
    seat = check_ins.unanswered_before(work, program_id=program.id, person_id=person_id, since=work.now - REMEMBERED)
    partners = partners_of(seat.match, person_id) if seat is not None else []
    return blocks.Coffee(seat.match_id, partners, None, None) if seat is not None and partners else None


def writing(work: Work, match: Match, person_id: str) -> blocks.Writing | None:
    if written.owes(work, match, person_id):
        return blocks.Writing.IS_OWED
    return blocks.Writing.WAITS_FOR_OTHERS if written.waits(work, match, person_id) else None


def why(work: Work, program: Program, person_id: str) -> str:
    """Return why there is this match or none, as stored when the round started."""
    last = rounds.last_round(work, program_id=program.id)
    if last is None:
        return texts.NO_ROUND_YET(program=program.name)
    match = rounds.match_in(work, round_id=last.id, person_id=person_id)
    if match is not None:
        return blocks.why_this_match(program, partners_of(match, person_id), match)
    absence = rounds.absence(work, round_id=last.id, person_id=person_id)
    if absence is not None:
        return texts.WHY_NOT(program=program.name, reason=ABOUT_YOU[absence.reason]())
    return why_not_in(work, program, person_id) or texts.JOINED_AFTER(program=program.name)


def why_not_in(work: Work, program: Program, person_id: str) -> str | None:
    member = programs.membership(work, program_id=program.id, person_id=person_id)
    if member is not None and member.left_at is None:
        return None
    person = people.get(work, person_id=person_id)
    reason = reason_not_eligible(work, program, person) if person is not None else None
    if reason is not None:
        return texts.IS_FOR(program=program.name, people=reason)
    return not_in(program)

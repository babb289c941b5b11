"""The life of a round: who takes part, who meets whom, the introductions, and the end."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.calendar import next_working_moment, zone_or_utc
from bot.core.work import Bot, Work
from bot.people import service as people_service
from bot.programs import blocks, matching, rules, slots
from bot.programs.matching import Matched
from bot.programs.setup import rhythm_of
from storage import people, programs
from storage.kinds import Importance, MatchState, ProgramState, RoundState
from storage.people import Person
from storage.programs import Absence, Match, Membership, Program, Round, Seat

logger = logging.getLogger(__name__)

TRIES = 3
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Attendance:
    """Who takes part in the round that is due, and why the others do not."""

    present: dict[str, Person]
    absent: dict[str, str]


@dataclass(frozen=True)
class Plan:
    """A round as it was decided, before it is written."""

    due_at: datetime
    attendance: Attendance
    matched: Matched


def start_due_rounds(bot: Bot) -> None:
    with bot.look() as work:
        due = [
            program.id for program in programs.programs_due(work.session, workspace_id=bot.workspace_id, now=work.now)
        ]
    for program_id in due:
        start_round(bot, program_id)


def start_round(bot: Bot, program_id: int) -> None:
    """Decide with the database free for everybody, then write in one short transaction.

    When somebody joined or left in between, the decision is made again.
    """
    for last_try in [False] * (TRIES - 1) + [True]:
        with bot.look() as work:
            plan = decide(work, program_id)
        if plan is None:
            return
        with bot.begin() as work:
            if write(work, program_id, plan, anyway=last_try):
                return


def decide(work: Work, program_id: int) -> Plan | None:
    program = programs.program(work.session, workspace_id=work.workspace_id, program_id=program_id)
    if program is None or not is_due(program, work.now):
        return None
    if rules.is_too_late(program.next_round_at, work.now):
        return Plan(program.next_round_at, Attendance({}, {}), matching.nobody())
    return plan_next(work, program)


def plan_next(work: Work, program: Program) -> Plan:
    """The next round as it would be if it started now: the dice are thrown already, so a preview is exact."""
    attendance = who_takes_part(work, program)
    matched = matching.match_up(work, program, attendance.present, int(program.next_seed))
    return Plan(program.next_round_at, attendance, matched)


def throw_dice(work: Work) -> str:
    return str(work.rng.getrandbits(63))


def is_due(program: Program, now: datetime) -> bool:
    if program.state != ProgramState.RUNNING or program.next_round_at > now:
        return False
    zone = zone_or_utc(program.zone)
    return rules.may_start(program.next_round_at, now, zone) or rules.is_too_late(program.next_round_at, now)


def who_takes_part(work: Work, program: Program) -> Attendance:
    members = programs.members(work.session, program_id=program.id)
    known = people.several(work.session, workspace_id=work.workspace_id, person_ids=[m.person_id for m in members])
    present: dict[str, Person] = {}
    absent: dict[str, str] = {}
    for member in members:
        person = known.get(member.person_id)
        reason = why_not(work, program, member, person)
        if person is not None and reason is None:
            present[person.person_id] = person
        else:
            absent[member.person_id] = reason or "you are not in this workspace any more"
    return Attendance(present, absent)


def why_not(work: Work, program: Program, member: Membership, person: Person | None) -> str | None:
    """The reason why somebody sits this round out, as it will be told to them. None when they take part."""
    today = work.now.astimezone(zone_or_utc(program.zone)).date()
    if member.paused_until is not None and member.paused_until > today:
        return "you are taking a break"
    if member.skipped_round_at == program.next_round_at:
        return "you chose to skip it"
    if person is None or not person.is_active:
        return "you are not in this workspace any more"
    if person.unreachable_at is not None:
        return "Slack could not bring you messages"
    return None if people_service.can_be_met(person, work.now) else "your status said that you were away"


def write(work: Work, program_id: int, plan: Plan, *, anyway: bool) -> bool:
    """Write a decided round and all its messages, or nothing. False: decide again, somebody came or went."""
    program = programs.lock_program(work.session, program_id=program_id)
    if program is None or program.next_round_at != plan.due_at:
        return True  # Another process was quicker.
    if rules.is_too_late(plan.due_at, work.now):
        skip_round(work, program)
        return True
    now_present = who_takes_part(work, program).present.keys()
    if now_present != plan.attendance.present.keys() and not anyway:
        return False
    rhythm = rhythm_of(program)
    close_last_round(work, program)
    this_round = open_round(work, program, rules.course_of(rhythm, plan.due_at), plan)
    program.next_round_at, program.next_seed = this_round.ends_at, throw_dice(work)
    work.session.flush()
    introduce_all(work, program, this_round, plan)
    tell_left_alone(work, program, this_round, plan)
    logger.info("a round has started", extra={"round": this_round.id, "matches": len(plan.matched.groups)})
    return True


def skip_round(work: Work, program: Program) -> None:
    due_at = program.next_round_at
    program.next_round_at = rules.next_round_at(rhythm_of(program), work.now)
    key = f"program:{program.id}:skipped:{due_at:%Y%m%d%H%M}"
    work.send(blocks.round_skipped(program, due_at), to=program.created_by, key=key)


def close_last_round(work: Work, program: Program) -> None:
    last = programs.last_round(work.session, program_id=program.id)
    if last is None or last.state is RoundState.CLOSED:
        return
    last.state = RoundState.CLOSED
    made, met = programs.counts(work.session, round_id=last.id)
    if made >= LEAST_COUNTED:
        key = f"round:{last.id}:counts"
        work.send(blocks.round_counts(program, made, met), to=program.channel_id, key=key, importance=Importance.LATER)


LEAST_COUNTED = 5
"""Totals over fewer say too much of each."""


def open_round(work: Work, program: Program, course: rules.Course, plan: Plan) -> Round:
    this_round = Round(
        workspace_id=work.workspace_id,
        program_id=program.id,
        starts_at=course.starts_at,
        midway_at=course.midway_at,
        final_at=course.final_at,
        ends_at=course.ends_at,
        seed=str(plan.matched.seed),
        weights_version=plan.matched.quality.weights_version,
        value=plan.matched.quality.value,
        bound=plan.matched.quality.bound,
        wishes_met=plan.matched.quality.wishes_met,
        decided_in=plan.matched.quality.seconds,
    )
    captains = programs.times_captain(work.session, program_id=program.id)
    work.session.add(this_round)
    work.session.flush()
    for group in plan.matched.groups:
        match = Match(workspace_id=work.workspace_id, round_id=this_round.id, why=group.why)
        for place, person_id in enumerate(rules.captain_first(group.people, captains)):
            match.seats.append(
                Seat(workspace_id=work.workspace_id, round_id=this_round.id, person_id=person_id, place=place)
            )
        this_round.matches.append(match)
    for person_id, reason in {**plan.attendance.absent, **plan.matched.alone}.items():
        work.session.add(
            Absence(workspace_id=work.workspace_id, round_id=this_round.id, person_id=person_id, reason=reason)
        )
    return this_round


def introduce_all(work: Work, program: Program, this_round: Round, plan: Plan) -> None:
    for match in this_round.matches:
        sitting = [plan.attendance.present[seat.person_id] for seat in match.seats]
        introduce(work, program, this_round, match, sitting)


def introduce(
    work: Work, program: Program, this_round: Round, match: Match, sitting: Sequence[Person], *, without: str = ""
) -> None:
    message = blocks.introduction(
        program,
        match.id,
        sitting,
        match.why,
        work.now,
        is_smaller=bool(without),
        slots=slots.offer(work, match, sitting),
        agreed_at=match.agreed_at if match.agreed_at is not None and match.agreed_at > work.now else None,
    )
    work.send(
        message,
        to=[person.person_id for person in sitting],
        key=intro_key(this_round.id, match.id) + (f":without:{without}" if without else ""),
        importance=Importance.ROUND,
        until=this_round.ends_at,
    )


def intro_key(round_id: int, match_id: int) -> str:
    return f"round:{round_id}:intro:{match_id}"


def tell_left_alone(work: Work, program: Program, this_round: Round, plan: Plan) -> None:
    for member in programs.members(work.session, program_id=program.id):
        if member.person_id in plan.matched.alone:
            member.left_alone += 1
            why = plan.matched.alone[member.person_id]
            person = plan.attendance.present[member.person_id]
            work.send(
                blocks.left_alone(program, why),
                to=member.person_id,
                key=f"round:{this_round.id}:alone:{member.person_id}",
                at=next_working_moment(work.now, person.zone),
                until=this_round.ends_at,
            )
        elif member.person_id in plan.attendance.present:
            member.left_alone = 0


# Beforehand


def announce_rounds(bot: Bot) -> None:
    """On the working day before, whoever will take part is told, so that they can skip it with one tap."""
    with bot.look() as work:
        soon = programs.programs_before(
            work.session, workspace_id=work.workspace_id, until=work.now + rules.LONGEST_NOTICE
        )
        due = [one.id for one in soon if rules.heads_up_at(rhythm_of(one), one.next_round_at) <= work.now]
    for program_id in due:
        with bot.begin() as work:
            announce(work, program_id)


def announce(work: Work, program_id: int) -> None:
    program = programs.lock_program(work.session, program_id=program_id)
    if program is None or program.heads_up_for == program.next_round_at or program.next_round_at <= work.now:
        return
    program.heads_up_for = program.next_round_at
    present = who_takes_part(work, program).present
    for member in programs.members(work.session, program_id=program.id):
        person = present.get(member.person_id)
        if person is None or work.now - member.joined_at < A_DAY:
            continue  # Whoever has just joined read the same in the welcome.
        at = next_working_moment(work.now, person.zone)
        key = f"program:{program.id}:heads-up:{program.next_round_at:%Y%m%d%H%M}:{person.person_id}"
        if at < program.next_round_at:
            work.send(blocks.heads_up(program), to=person.person_id, key=key, at=at, until=program.next_round_at)


# Repairs: what was decided can't be done as it was


def somebody_gone(work: Work, person_id: str) -> None:
    """Whoever was to meet this person should not wait in vain."""
    for match in programs.open_matches_of(
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
    match = programs.match(work.session, workspace_id=work.workspace_id, match_id=match_id)
    if match is None or match.state is not MatchState.PLANNED:
        return
    everyone = [seat.person_id for seat in match.seats]
    for person_id in everyone:
        partners = [one for one in everyone if one != person_id]
        message = blocks.write_them_yourself(match.round.program, match.id, partners)
        work.send(message, to=person_id, key=f"{intro_key(match.round_id, match.id)}:alone:{person_id}")

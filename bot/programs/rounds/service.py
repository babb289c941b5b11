"""A round begins: it is decided, written with all its messages, and the one before it ends."""

import logging

from bot.core.calendar import next_working_moment
from bot.core.work import Bot, Work
from bot.programs import rhythm as rhythms
from bot.programs.rhythm import rhythm_of
from bot.programs.rounds import blocks, rules
from bot.programs.rounds.attendance import who_takes_part
from bot.programs.rounds.deciding import Plan, decide
from bot.programs.rounds.introducing import introduce
from bot.programs.setup import blocks as setup_blocks
from storage import programs, rounds
from storage.kinds import Importance, RoundState
from storage.programs import Program
from storage.rounds import Absence, Match, Round, Seat

logger = logging.getLogger(__name__)

TRIES = 3
LEAST_COUNTED = 5
"""Totals over fewer say too much of each."""


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
    this_round = open_round(work, program, rhythms.course_of(rhythm, plan.due_at), plan)
    program.next_round_at, program.next_seed = this_round.ends_at, throw_dice(work)
    work.session.flush()
    introduce_all(work, program, this_round, plan)
    tell_left_alone(work, program, this_round, plan)
    logger.info("a round has started", extra={"round": this_round.id, "matches": len(plan.matched.groups)})
    return True


def throw_dice(work: Work) -> str:
    return str(work.rng.getrandbits(63))


def skip_round(work: Work, program: Program) -> None:
    due_at = program.next_round_at
    program.next_round_at = rhythms.next_round_at(rhythm_of(program), work.now)
    key = f"program:{program.id}:skipped:{due_at:%Y%m%d%H%M}"
    work.send(setup_blocks.round_skipped(program, due_at), to=program.created_by, key=key)


def close_last_round(work: Work, program: Program) -> None:
    last = rounds.last_round(work.session, program_id=program.id)
    if last is None or last.state is RoundState.CLOSED:
        return
    last.state = RoundState.CLOSED
    made, met = rounds.counts(work.session, round_id=last.id)
    if made >= LEAST_COUNTED:
        key = f"round:{last.id}:counts"
        work.send(blocks.round_counts(program, made, met), to=program.channel_id, key=key, importance=Importance.LATER)


def open_round(work: Work, program: Program, course: rhythms.Course, plan: Plan) -> Round:
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
    captains = rounds.times_captain(work.session, program_id=program.id)
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

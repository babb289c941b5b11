"""Starting a round: it is planned and written, and the one before it ends."""

import logging
from collections.abc import Collection
from functools import partial

from bot.coffee.activity import inactivity
from bot.coffee.activity.ahead import take_back_heads_ups
from bot.coffee.activity.attendance import refreshed
from bot.coffee.matches.preferences import wishes_apart
from bot.coffee.membership import welcoming
from bot.coffee.program import rhythm as rhythms
from bot.coffee.program.rhythm import rhythm_of
from bot.coffee.rounds import blocks, rules
from bot.coffee.rounds.matches_made import LEAST_COUNTED, Matching
from bot.coffee.rounds.partial_replan import find_company
from bot.coffee.rounds.plan import Plan
from bot.coffee.rounds.worker import decide_inline_or_in_subprocess, replan_inline_or_in_subprocess
from bot.coffee.setup import blocks as setup_blocks
from bot.coffee.setup.admins import tell_admins
from bot.core import keys
from bot.core.work import Bot, Work
from storage.kinds import Importance, RoundState
from storage.programs import programs
from storage.programs.programs import Program
from storage.rounds import rounds
from storage.rounds.rounds import Round

logger = logging.getLogger(__name__)

TRIES = 3


def start_due_rounds(bot: Bot) -> None:
    with bot.look() as work:
        due = programs_due(work)
    for program_id in due:
        try:
            start_round(bot, program_id)
        except Exception:  # An error must not block other programs' rounds.
            logger.exception("a round could not be started", extra={"program": program_id})
            record_overdue(bot, program_id)


def programs_due(work: Work) -> list[int]:
    return [one.id for one in programs.programs_due(work)]


def record_overdue(bot: Bot, program_id: int) -> None:
    """Tell the admins once that a round is late and why there is none. It is retried meanwhile."""
    with bot.begin() as work:
        program = programs.program(work, program_id=program_id)
        if program is not None and work.now - program.next_round_at > rules.ON_TIME:
            key = partial(keys.round_overdue, program.id, round_at=program.next_round_at)
            tell_admins(work, program, setup_blocks.round_overdue(program), key=key)


def start_round(bot: Bot, program_id: int) -> None:
    """Start a due round: plan without a write lock, then write in one short transaction.

    1. If people joined or left in between, plan again, a large round only partially.
    2. After a few tries, write the part of the plan that still holds.
    3. Place people who joined or lost their match.
    """
    plan = decide_inline_or_in_subprocess(bot, program_id)
    for last_try in [False] * (TRIES - 1) + [True]:
        if plan is None:
            return
        with bot.begin() as work:
            left_over = write(work, program_id, plan, anyway=last_try)
        if left_over is not None:
            find_company(bot, program_id, left_over)
            return
        plan = replan_inline_or_in_subprocess(bot, program_id, plan)


def write(work: Work, program_id: int, plan: Plan, *, anyway: bool) -> Collection[str] | None:
    """Write a planned round. None: people joined or left, so plan again.

    Otherwise returns people who joined or lost their match since planning. Messages follow in batches: see notify.py.
    """
    program = programs.lock_program(work, program_id=program_id)
    if program is None or program.next_round_at != plan.due_at:
        return ()  # Another process was faster.
    if rules.is_too_late(plan.due_at, work.now):
        skip_round(work, program)
        return ()
    now = plan.as_of(refreshed(work, program, plan.attendance), wishes_apart(work, program))
    if now.has_changed_since(plan) and not anyway:
        return None
    last = rounds.last_round(work, program_id=program.id)
    close_last_round(work, program, last, now.matched)
    if plan.starts_at is not None:  # Sent early: pending heads-ups are outdated.
        take_back_heads_ups(work, program)
    this_round = open_round(work, program, now)
    program.next_round_at, program.next_seed = this_round.ends_at, draw_seed(work)
    programs.forget_apart_once(work, program_id=program.id)
    welcoming.correct_waiting(work, program)
    if not now.matched.groups and not now.could_bring_together:
        tell_that_no_one_meets(work, this_round, last)
    logger.info("a round has started", extra={"round": this_round.id, "matches": len(now.matched.groups)})
    return now.left_over_since(plan)


def draw_seed(work: Work) -> str:
    return str(work.rng.getrandbits(63))


def skip_round(work: Work, program: Program) -> None:
    due_at = program.next_round_at
    program.next_round_at = rhythms.next_round_at(rhythm_of(program), work.now)
    welcoming.correct_waiting(work, program)
    key = partial(keys.round_skipped, program.id, round_at=due_at)
    tell_admins(work, program, setup_blocks.round_skipped(program, due_at), key=key)


def tell_that_no_one_meets(work: Work, this_round: Round, last: Round | None) -> None:
    """Tell the admins of the first round without matches; not again as long as it stays so.

    A round without matches due to private lists counts as one with matches, so that it reveals nothing.
    """
    if last is None or last.bound != 0:
        program = this_round.program
        tell_admins(work, program, setup_blocks.no_one_meets(program), key=partial(keys.no_one_meets, this_round.id))


def close_last_round(work: Work, program: Program, last: Round | None, new: Matching) -> None:
    if last is None or last.state is RoundState.CLOSED:
        return
    last.state = RoundState.CLOSED
    inactivity.count_round(work, last)
    made, met = rounds.counts(work, round_id=last.id)
    if made >= LEAST_COUNTED:
        key = keys.round_counts(last.id)
        work.send(
            blocks.round_counts(program, made, mark_met(made, met), blocks.bridges(new)),
            to=program.channel_id,
            key=key,
            importance=Importance.LATER,
        )


def mark_met(made: int, met: int) -> int | None:
    """Return `met`, or None if it or the remainder is so small that it would reveal individuals."""
    return met if min(met, made - met) >= LEAST_COUNTED else None


def open_round(work: Work, program: Program, plan: Plan) -> Round:
    rhythm = rhythm_of(program)
    # A round sent early lasts until the one after it, which keeps to the rhythm.
    ends_at = rhythms.next_round_at(rhythm, plan.due_at)
    course = rhythms.course_of(rhythm, plan.starts_at or plan.due_at, ends_at=ends_at)
    quality = plan.matched.quality
    this_round = Round(
        workspace_id=work.workspace_id,
        program_id=program.id,
        starts_at=course.starts_at,
        midway_at=course.midway_at,
        final_at=course.final_at,
        ends_at=course.ends_at,
        seed=str(plan.matched.seed),
        weights_version=quality.weights_version,
        value=quality.value,
        bound=quality.bound,
        wishes_met=quality.wishes_met,
        decided_in=quality.seconds,
    )
    work.session.add(this_round)
    work.session.flush()
    seat(work, this_round, plan)
    return this_round


def seat(work: Work, this_round: Round, plan: Plan) -> None:
    """Insert matches and absences in bulk, as all other writers wait for this."""
    matched, alone = plan.matched.groups, plan.matched.alone
    groups = [(group.why, group.people) for group in matched]
    if groups:
        rounds.add_matches(work, this_round=this_round, groups=groups)
    reasons = {**plan.attendance.absent, **alone}
    rounds.add_absences(work, this_round=this_round, reasons=reasons, to_tell=alone.keys())
    seated = {person_id for group in matched for person_id in group.people}
    programs.add_silent_round(work, program_id=this_round.program_id, matched=seated, alone=alone.keys())

"""Inactivity: after three rounds in a row without activity, a member is asked whether they want to stay.

1. The question replaces a heads-up. Until they answer they are matched once more, as it may come in a bad week.
2. If they are inactive in that round too, a break begins, which one tap ends, so that no partner waits in vain.
3. A break requires that the question was delivered at least a day before, which only the outbox knows.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.coffee.activity import blocks
from bot.coffee.activity.ahead import plan_heads_up, plan_question, take_back_from
from bot.coffee.program.days_off import LONGEST_PAUSE
from bot.coffee.program.rhythm import day_of_heads_up_begins, rhythm_of
from bot.core import keys
from bot.core.work import Work
from storage.kinds import Attention, DeliveryState, MessageKind, ProgramState
from storage.outbox import outbox
from storage.outbox.outbox import OutboxMessage
from storage.programs import programs
from storage.programs.programs import Membership, Program
from storage.rounds import inactivity, rounds
from storage.rounds.rounds import Round

ASKED_AFTER = 3
A_DAY = timedelta(days=1)
ON_ITS_WAY = {DeliveryState.WAITING, DeliveryState.SENDING}


def find_silent(work: Work, program: Program) -> set[str]:
    """Return members without activity in the round that is about to end."""
    last = rounds.last_round(work, program_id=program.id)
    return inactivity.silent_members(work, round_id=last.id) if last is not None else set()


def count_round(work: Work, ended: Round) -> None:
    inactivity.count_round(work, program_id=ended.program_id, round_id=ended.id)


def notify_inactive(work: Work, program: Program, member: Membership, silent: set[str], at: datetime) -> bool:
    """Ask an inactive member to stay, or begin a break. False if they get the usual heads-up instead."""
    in_a_row = member.silent_rounds + 1 if member.person_id in silent else 0
    if in_a_row < ASKED_AFTER or member.heads_up_for == program.next_round_at:
        return False
    if is_to_be_asked(member):
        return True
    asked = question_of(work, program, member)
    if asked is None:
        ask(work, member, at)
    elif asked.sent_at is None or is_asked_for_round(program, member):
        return True
    elif work.now - asked.sent_at < A_DAY or not has_round_since(work, member):
        return False
    else:
        begin_break(work, program, member, at)
    return True


def may_be_asked(member: Membership) -> bool:
    """Return whether they will be asked if they stay inactive in the running round."""
    return member.silent_rounds + 1 >= ASKED_AFTER


def is_to_be_asked(member: Membership) -> bool:
    is_question = member.asked_to_stay_at is not None and member.heads_up_for is None
    return is_question and member.tell_at is not None and member.told_at is None


def question_of(work: Work, program: Program, member: Membership) -> OutboxMessage | None:
    """Return the stay question if it is delivered or pending; None if not asked, canceled or undeliverable."""
    if member.asked_to_stay_at is None:
        return None
    asked = outbox.message(work, key=keys.ahead(member.person_id, member.asked_to_stay_at))
    asked = asked or outbox.message(
        work, key=keys.stay_question(member.program_id, member.person_id, member.asked_to_stay_at)
    )
    return asked if asked is not None and (asked.sent_at or asked.state in ON_ITS_WAY) else None


def is_asked_for_round(program: Program, member: Membership) -> bool:
    """Return whether the question took the place of this round's heads-up. After rescheduling it does not."""
    asked_at = member.asked_to_stay_at
    return asked_at is not None and asked_at >= day_of_heads_up_begins(rhythm_of(program), program.next_round_at)


def has_round_since(work: Work, member: Membership) -> bool:
    last = rounds.last_round(work, program_id=member.program_id)
    asked_at = member.asked_to_stay_at
    return last is not None and asked_at is not None and last.starts_at >= asked_at


def ask(work: Work, member: Membership, at: datetime) -> None:
    member.asked_to_stay_at = work.now
    plan_question(member, at)


def begin_break(work: Work, program: Program, member: Membership, at: datetime) -> None:
    """Begin a break. Its message never expires, as a break must not go unnoticed."""
    member.paused_until = work.now.date() + LONGEST_PAUSE - A_DAY
    reset_silence(member)
    key = keys.began_break(program.id, member.person_id, work.now)
    work.send(blocks.on_a_break(program), to=member.person_id, key=key, at=at, attention=Attention.AHEAD, again=True)


def take_back_break(work: Work, program: Program, member: Membership) -> None:
    """Cancel the pending message about a break that is over or was replaced."""
    work.take_back_about(MessageKind.BREAK, subject_id=program.id, to=member.person_id)


def answered(work: Work, program: Program, person_ids: Iterable[str]) -> None:
    """Mark members as active: they answered, chose a time or wrote."""
    for member in programs.get_memberships(work, program_id=program.id, person_ids=person_ids):
        mark_active(work, program, member)


def reset_silence(member: Membership) -> None:
    member.silent_rounds, member.asked_to_stay_at = 0, None


def mark_active(work: Work, program: Program, member: Membership) -> None:
    """Reset inactivity. If a stay question is still pending, cancel it and send the heads-up it replaced."""
    asked = question_of(work, program, member)
    waits = is_to_be_asked(member) or (asked is not None and asked.state is DeliveryState.WAITING)
    at = member.tell_at or work.now
    if waits:
        take_back_from(work, program, member.person_id)
    reset_silence(member)
    if waits and is_being_announced(work, program):
        plan_heads_up(program, member, at)


def is_being_announced(work: Work, program: Program) -> bool:
    told = program.heads_up_for == program.next_round_at
    return program.state is ProgramState.RUNNING and told and work.now < program.next_round_at

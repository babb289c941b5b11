"""Rounds without a word. After three in a row somebody is asked whether they would like to go on; nobody is blamed.

Until they answer they are matched once more, because a question can come in a bad week. Silent in that round as well,
they are on a break that one tap ends: their next partner would most likely wait in vain, and a break takes nothing
from them but the waiting of others. Only who got the question a day before can be: the outbox knows, and nobody else.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.coffee.activity.ahead import plan_heads_up, plan_question, take_back_from
from bot.coffee.membership.rules import LONGEST_PAUSE
from bot.coffee.program.rhythm import day_of_heads_up_begins, rhythm_of
from bot.coffee.rounds import blocks
from bot.coffee.rounds.keys import ahead_key, break_key, breaks_key, question_key
from bot.core.work import Work
from storage.kinds import Attention, DeliveryState, ProgramState
from storage.outbox import outbox
from storage.outbox.outbox import OutboxMessage
from storage.programs import programs
from storage.programs.programs import Membership, Program
from storage.rounds import inactivity, rounds
from storage.rounds.rounds import Round

ASKED_AFTER = 3
A_DAY = timedelta(days=1)
ON_ITS_WAY = {DeliveryState.WAITING, DeliveryState.SENDING}


def silent_now(work: Work, program: Program) -> set[str]:
    """Who has said nothing in the round that is about to end."""
    last = rounds.last_round(work, program_id=program.id)
    return inactivity.silent_in(work, round_id=last.id) if last is not None else set()


def count_round(work: Work, ended: Round) -> None:
    inactivity.count_round(work, program_id=ended.program_id, round_id=ended.id)


def speak_of_it(work: Work, program: Program, member: Membership, silent: set[str], at: datetime) -> bool:
    """Tell somebody who was silent for long what follows. False: they get the heads-up, as everybody."""
    in_a_row = member.silent_rounds + 1 if member.person_id in silent else 0
    if in_a_row < ASKED_AFTER or member.heads_up_for == program.next_round_at:
        return False
    if is_to_be_asked(member):
        return True
    asked = question_of(work, program, member)
    if asked is None:
        ask(work, member, at)
    elif asked.sent_at is None or is_in_place(program, member):
        return True
    elif work.now - asked.sent_at < A_DAY or not has_round_since(work, member):
        return False
    else:
        begin_break(work, program, member, at)
    return True


def may_be_asked(member: Membership) -> bool:
    """Should they say nothing in the round that runs."""
    return member.silent_rounds + 1 >= ASKED_AFTER


def is_to_be_asked(member: Membership) -> bool:
    is_question = member.asked_to_stay_at is not None and member.heads_up_for is None
    return is_question and member.tell_at is not None and member.told_at is None


def question_of(work: Work, program: Program, member: Membership) -> OutboxMessage | None:
    """The question that they got, or that is on its way. None: they were not asked, or it never reached them."""
    if member.asked_to_stay_at is None:
        return None
    asked = outbox.message(work, key=ahead_key(member.person_id, member.asked_to_stay_at))
    asked = asked or outbox.message(work, key=question_key(program, member.person_id, member.asked_to_stay_at))
    return asked if asked is not None and (asked.sent_at or asked.state in ON_ITS_WAY) else None


def is_in_place(program: Program, member: Membership) -> bool:
    """Whether they were asked when the heads-up of this very round was due. Of a round that has moved they hear."""
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
    """Told without an end to the telling: it must not happen unheard."""
    member.paused_until = work.now.date() + LONGEST_PAUSE - A_DAY
    begin_anew(member)
    key = break_key(program, member.person_id, work.now)
    work.send(blocks.on_a_break(program), to=member.person_id, key=key, at=at, attention=Attention.AHEAD, again=True)


def take_back_break(work: Work, program: Program, member: Membership) -> None:
    """It is over, or another has begun in its place, and may still wait to be told."""
    work.take_back_all(breaks_key(program), to=member.person_id)


def answered(work: Work, program: Program, person_ids: Iterable[str]) -> None:
    """Any word about a coffee of theirs is one: an answer, a time that works, a few lines."""
    for member in programs.these_members(work, program_id=program.id, person_ids=person_ids):
        said_something(work, program, member)


def begin_anew(member: Membership) -> None:
    member.silent_rounds, member.asked_to_stay_at = 0, None


def said_something(work: Work, program: Program, member: Membership) -> None:
    """So their silence before does not count. Not asked any more, they hear of the round as everybody does."""
    asked = question_of(work, program, member)
    waits = is_to_be_asked(member) or (asked is not None and asked.state is DeliveryState.WAITING)
    at = member.tell_at or work.now
    if waits:
        take_back_from(work, program, member.person_id)
    begin_anew(member)
    if waits and is_being_announced(work, program):
        plan_heads_up(program, member, at)


def is_being_announced(work: Work, program: Program) -> bool:
    told = program.heads_up_for == program.next_round_at
    return program.state is ProgramState.RUNNING and told and work.now < program.next_round_at

"""Heads-ups and stay questions about rounds ahead: planned for each membership, sent as one message per person.

The message is written when it is due, so changes until then need no correction.
"""

from collections.abc import Sequence
from datetime import datetime

from bot.coffee.activity import blocks
from bot.core import keys
from bot.core.events import MessageLost
from bot.core.message import Message
from bot.core.work import Work
from storage.kinds import Attention, DeliveryState, MessageKind, ProgramState
from storage.outbox import outbox
from storage.people import people
from storage.programs import programs
from storage.programs.programs import Membership, Program
from storage.rounds import rounds

MOST_PARTS = 5
"""In one message: more would be a page, and far from Slack's limit of 50 blocks."""
HEARD = {DeliveryState.SENDING, DeliveryState.SENT, DeliveryState.PAST}
Part = tuple[Program, Membership, Message]


def plan_heads_up(program: Program, member: Membership, at: datetime) -> None:
    member.heads_up_for, member.tell_at, member.told_at = program.next_round_at, at, None


def plan_question(member: Membership, at: datetime) -> None:
    member.heads_up_for, member.tell_at, member.told_at = None, at, None


def tell(work: Work, person_id: str) -> None:
    """Put all that is due for this person into the outbox as one message.

    The message expires when the first of its rounds begins; then the parts about others are planned again. If Slack
    refused the message, each part is retried alone, as only one of them may be the cause.
    """
    person = people.get(work, person_id=person_id)
    parts: list[Part] = []
    refused: list[Part] = []
    for program, member in programs.memberships_to_tell(work, person_id=person_id):
        state = state_of(work, member)
        member.tell_at = None
        message = words_of(work, program, member) if person is not None and person.is_active else None
        if state is DeliveryState.WAITING and member.told_at is not None:
            work.take_back(keys.ahead(person_id, member.told_at))
        if message is not None and state not in HEARD:
            (refused if state is DeliveryState.GIVEN_UP else parts).append((program, member, message))
    said = parts[:MOST_PARTS] or refused[:1]
    attention = Attention.AHEAD if parts else Attention.ASKED_FOR  # Together they had one place of the day.
    for _, member, _ in (part for part in [*parts, *refused] if part not in said):
        member.tell_at = work.now
    if said:
        say(work, person_id, said, attention)


def say(work: Work, person_id: str, parts: Sequence[Part], attention: Attention) -> None:
    starts = [program.next_round_at for program, member, _ in parts if member.heads_up_for is not None]
    until = min(starts, default=None)
    for program, member, _ in parts:
        member.told_at = work.now
        if member.heads_up_for is None:
            member.asked_to_stay_at = work.now
        is_over = until is None or (member.heads_up_for is not None and program.next_round_at == until)
        member.tell_at = None if is_over else until
    work.send(
        blocks.merged([(program, message) for program, _, message in parts], are_heads_ups=len(starts) == len(parts)),
        to=person_id,
        key=keys.ahead(person_id, work.now),
        attention=attention,
        until=until,
        again=True,
    )


def words_of(work: Work, program: Program, member: Membership) -> Message | None:
    """Return the heads-up or the stay question, or None if neither holds now."""
    if member.heads_up_for is None:
        return blocks.stay_or_go(program) if member.asked_to_stay_at is not None else None
    is_ahead = program.state is ProgramState.RUNNING and member.heads_up_for == program.next_round_at > work.now
    return blocks.heads_up(program, after=rounds.last_id(work, program_id=program.id)) if is_ahead else None


def state_of(work: Work, member: Membership) -> DeliveryState | None:
    """Return the state of the message that told them, if there is one."""
    if member.told_at is None:
        return None
    told = outbox.message(work, key=keys.ahead(member.person_id, member.told_at))
    return told.state if told is not None else None


def told_in(work: Work, person_id: str, key: str) -> list[Membership]:
    there = [member for _, member in programs.memberships_of(work, person_id=person_id)]
    return [one for one in there if one.told_at is not None and keys.ahead(person_id, one.told_at).text == key]


def tell_again(work: Work, person_id: str, key: str) -> None:
    """Cancel a pending message of which a part has changed, and plan its parts again."""
    work.take_back(key)
    for member in told_in(work, person_id, key):
        member.tell_at, member.told_at = work.now, None


def plan_again(work: Work, lost: MessageLost) -> None:
    """Plan the parts of a refused message again, each alone."""
    if not lost.is_post(MessageKind.AHEAD):
        return
    parts = told_in(work, lost.recipients[0], lost.key.text)
    for member in parts if len(parts) > 1 and not lost.gone else ():
        member.tell_at = work.now


def correct_waiting(work: Work, program: Program) -> None:
    for row in outbox.waiting(work, MessageKind.AHEAD):
        if program.id in {member.program_id for member in told_in(work, row.recipient, row.key)}:
            tell_again(work, row.recipient, row.key)


def take_back_heads_ups(work: Work, program: Program) -> None:
    """Cancel pending heads-ups of a changed round. Stay questions are kept, as they don't mention it."""
    correct_waiting(work, program)
    work.take_back_about(MessageKind.HEADS_UP, subject_id=program.id)  # From before they went together.
    programs.forget_to_tell(work, program_id=program.id, questions=False)


def take_back_questions(work: Work, program: Program) -> None:
    """Cancel pending stay questions, as there is nothing to stay in. People not reached count as not asked."""
    correct_waiting(work, program)
    work.take_back_about(MessageKind.STAY_QUESTION, subject_id=program.id)
    programs.forget_to_tell(work, program_id=program.id, questions=True)


def take_back_from(work: Work, program: Program, person_id: str) -> None:
    """Cancel a person's pending heads-ups and stay questions, as they have decided for themselves."""
    work.take_back_about(MessageKind.HEADS_UP, MessageKind.STAY_QUESTION, subject_id=program.id, to=person_id)
    member = programs.membership(work, program_id=program.id, person_id=person_id)
    if member is None:
        return
    if member.told_at and state_of(work, member) is DeliveryState.WAITING:
        tell_again(work, person_id, keys.ahead(person_id, member.told_at).text)
    if member.tell_at is not None and member.told_at is None:
        member.heads_up_for = member.tell_at = None

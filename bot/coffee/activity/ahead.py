"""What is said of a round that is still ahead, and taking it back while it waits."""

from datetime import datetime

from bot.coffee.activity import blocks
from bot.core import keys
from bot.core.work import Work
from storage.kinds import Attention, MessageKind
from storage.outbox import outbox
from storage.programs.programs import Program
from storage.rounds import rounds


def send_heads_up(work: Work, program: Program, person_id: str, at: datetime) -> None:
    work.send(
        blocks.heads_up(program, after=rounds.last_id(work, program_id=program.id)),
        to=person_id,
        key=keys.heads_up(program.id, person_id, program.next_round_at),
        at=at,
        attention=Attention.PROGRAM,
        until=program.next_round_at,
        again=True,
        shares=True,
    )


def correct_waiting(work: Work, program: Program) -> None:
    message = blocks.heads_up(program, after=rounds.last_id(work, program_id=program.id))
    for row in outbox.waiting(work, MessageKind.HEADS_UP, subject_id=program.id):
        work.rewrite(row.key, message)


def take_back_heads_ups(work: Work, program: Program) -> None:
    """The round is not as it was said. Who was asked whether they stay was not told of it, and is still asked."""
    work.take_back_about(MessageKind.HEADS_UP, subject_id=program.id)


def take_back_questions(work: Work, program: Program) -> None:
    """There is nothing to go on with. Who was not reached by then was not asked."""
    work.take_back_about(MessageKind.STAY_QUESTION, subject_id=program.id)


def take_back_from(work: Work, program: Program, person_id: str) -> None:
    """They have decided for themselves: they need not hear of the round, nor be asked."""
    work.take_back_about(MessageKind.HEADS_UP, MessageKind.STAY_QUESTION, subject_id=program.id, to=person_id)

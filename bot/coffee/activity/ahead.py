"""Heads-ups and stay questions about a round ahead: sending, correcting and canceling them."""

from datetime import datetime

from bot.coffee.rounds import blocks
from bot.coffee.rounds.keys import heads_up_key, heads_ups_key, questions_key
from bot.core.work import Work
from storage.kinds import Attention
from storage.programs.programs import Program
from storage.rounds import rounds


def send_heads_up(work: Work, program: Program, person_id: str, at: datetime) -> None:
    work.send(
        blocks.heads_up(program, after=rounds.last_id(work, program_id=program.id)),
        to=person_id,
        key=heads_up_key(program, person_id),
        at=at,
        attention=Attention.PROGRAM,
        until=program.next_round_at,
        again=True,
        shares=True,
    )


def correct_waiting(work: Work, program: Program) -> None:
    message = blocks.heads_up(program, after=rounds.last_id(work, program_id=program.id))
    for row in work.waiting(heads_ups_key(program)):
        work.rewrite(row.key, message)


def take_back_heads_ups(work: Work, program: Program) -> None:
    """Cancel pending heads-ups of a changed round. Stay questions are kept, as they don't mention it."""
    work.take_back_all(heads_ups_key(program))


def take_back_questions(work: Work, program: Program) -> None:
    """Cancel pending stay questions, as there is nothing to stay in. People not reached count as not asked."""
    work.take_back_all(questions_key(program))


def take_back_from(work: Work, program: Program, person_id: str) -> None:
    """Cancel a person's pending heads-ups and stay questions, as they have decided for themselves."""
    work.take_back_all(heads_ups_key(program), to=person_id)
    work.take_back_all(questions_key(program), to=person_id)

"""The message that brings a match together."""

from collections.abc import Sequence

from bot.core.work import Work
from bot.programs.rounds import blocks
from bot.programs.slots import service as slots
from storage.kinds import Attention, Importance
from storage.people import Person
from storage.programs import Program
from storage.rounds import Match, Round


def introduce(
    work: Work, program: Program, this_round: Round, match: Match, sitting: Sequence[Person], *, without: str = ""
) -> None:
    match.introduced_at = work.now
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
        attention=Attention.PROGRAM,
        until=this_round.ends_at,
    )


def intro_key(round_id: int, match_id: int) -> str:
    return f"round:{round_id}:intro:{match_id}"

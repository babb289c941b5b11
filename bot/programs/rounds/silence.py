"""Rounds without a word. After three in a row somebody is asked whether they would like to go on; nobody is blamed.

Until they answer they are matched once more, because a question can come in a bad week. Silent in that round as well,
they are on a break that one tap ends: their next partner would most likely wait in vain, and a break takes nothing
from them but the waiting of others.
"""

from datetime import timedelta

from bot.core.message import Message
from bot.core.work import Work
from bot.programs.membership.rules import LONGEST_PAUSE
from bot.programs.rounds import blocks
from storage import rounds, silence
from storage.programs import Membership, Program
from storage.rounds import Round

ASKED_AFTER = 3
A_DAY = timedelta(days=1)


def silent_now(work: Work, program: Program) -> set[str]:
    """Who has said nothing in the round that is about to end."""
    last = rounds.last_round(work.session, program_id=program.id)
    return silence.silent_in(work.session, round_id=last.id) if last is not None else set()


def count_round(work: Work, ended: Round) -> None:
    silence.count_round(work.session, program_id=ended.program_id, round_id=ended.id)


def instead_of_heads_up(work: Work, program: Program, member: Membership, silent: set[str]) -> Message | None:
    """What somebody hears before a round who was silent for long. None: the heads-up, as everybody."""
    in_a_row = member.silent_rounds + 1 if member.person_id in silent else 0
    if in_a_row < ASKED_AFTER:
        return None
    if member.asked_to_stay_at is None:
        member.asked_to_stay_at = work.now
        return blocks.stay_or_go(program)
    if in_a_row == ASKED_AFTER or work.now - member.asked_to_stay_at < A_DAY:
        return None
    member.paused_until = work.now.date() + LONGEST_PAUSE - A_DAY
    member.silent_rounds, member.asked_to_stay_at = 0, None
    return blocks.on_a_break(program)

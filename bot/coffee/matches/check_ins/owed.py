"""Nudge for a missing answer: someone else confirmed the meeting, and this person has not answered.

The other's answer is confidential, so the text must not reveal it.
"""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from bot.coffee.matches.check_ins.blocks import SAY_MET
from bot.coffee.matches.check_ins.service import partners_of
from bot.coffee.program.drawing import mentions
from bot.coffee.texts import check_ins as texts
from bot.core.blocks import button
from bot.core.nudge import NudgeKind, Suggestion
from bot.core.work import Work
from storage.rounds import check_ins
from storage.rounds.rounds import Seat

AFTER_FINAL, UNTIL = timedelta(days=1), timedelta(days=14)
"""After `final_at`: later than the check-ins, and before people forget."""


def propose(work: Work, person_ids: Sequence[str]) -> Iterable[Suggestion]:
    seats = check_ins.seats_owing_an_answer(
        work, person_ids=person_ids, since=work.now - UNTIL, until=work.now - AFTER_FINAL
    )
    return [suggestion(seat) for seat in seats if partners_of(seat.match, seat.person_id)]


def suggestion(seat: Seat) -> Suggestion:
    names = mentions(partners_of(seat.match, seat.person_id))
    this_round = seat.match.round
    return Suggestion(
        person_id=seat.person_id,
        about=f"match:{seat.match_id}",
        why=texts.YOU_WERE_MATCHED(names=names, program=this_round.program.name),
        step=texts.DID_YOU_EVER_MEET(),
        action=button(texts.YES_WE_MET(), SAY_MET, str(seat.match_id)),
        value=0.35,
        until=this_round.final_at + UNTIL,
    )


OWED = NudgeKind("answer_owed", texts.UNANSWERED(), propose)

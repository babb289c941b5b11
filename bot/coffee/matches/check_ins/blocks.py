"""Check-ins, and the replies to their answers."""

from collections.abc import Sequence
from typing import Any

from bot.coffee.matches.buttons import answer_with
from bot.coffee.program.drawing import mentions
from bot.coffee.texts import check_ins as texts
from bot.coffee.texts.matches import MET_ANYWAY, PASS
from bot.core.blocks import actions, context, section
from bot.core.message import Message
from storage.kinds import Answer

SAY_MET = "programs_say_met"
"""The same answer, from a message with other content too."""


def check_in(match_id: int, partners: Sequence[str], *, final: bool, had_time: bool = False) -> Message:
    """`had_time`: an agreed time has passed."""
    asked = texts.DID_YOU_MEET if len(partners) == 1 else texts.DID_YOU_ALL_MEET
    question = (asked if final or had_time else texts.HAVE_YOU_MET_YET)(names=mentions(partners))
    buttons = [answer_with(answer, match_id) for answer in Answer]
    said = [section(texts.CHECK_IN(question=question)), actions(*buttons), context(texts.ONLY_YOU_SEE())]
    return Message(question, said)


def was_it_a_coffee(match_id: int, partners: Sequence[str]) -> Message:
    """Return the check-in of an async coffee after all answers were shown."""
    names = mentions(partners)
    lead = texts.ASYNC_COUNTS_LEAD_OF_TWO if len(partners) == 1 else texts.ASYNC_COUNTS_LEAD
    buttons = [answer_with(answer, match_id, label) for answer, label in texts.COUNTS.items()]
    said = [section(lead(names=names)), actions(*buttons), context(texts.ONLY_YOU_SEE())]
    return Message(texts.ASYNC_COUNTS(names=names), said)


def answers_owed(match_id: int, partners: Sequence[str], write: dict[str, Any]) -> Message:
    """Return the check-in of an async coffee for someone who has not answered it."""
    names = mentions(partners)
    buttons = actions(write, *without_answering(match_id))
    lead = section(texts.ASYNC_WAITING_LEAD(names=names))
    return Message(texts.ASYNC_WAITING(names=names), [lead, buttons, context(texts.NO_ANSWER_IS_FINE())])


def without_answering(match_id: int) -> list[dict[str, Any]]:
    return [answer_with(Answer.MET, match_id, MET_ANYWAY), answer_with(Answer.BUSY, match_id, PASS)]


def bump(match_id: int, partners: Sequence[str], write: dict[str, Any] | None) -> Message:
    """Return the reminder to the captain. `write`: the answer button of an async coffee."""
    names = mentions(partners)
    text, lead = (
        (texts.ASYNC_WAITING, texts.NO_ANSWERS_YET_LEAD) if write else (texts.NO_TIME_YET, texts.NO_TIME_YET_LEAD)
    )
    buttons = (
        [write, *without_answering(match_id)]
        if write
        else [
            answer_with(Answer.PLANNED, match_id),
            answer_with(Answer.MET, match_id),
            answer_with(Answer.BUSY, match_id, texts.CANT_MAKE_IT),
        ]
    )
    said = [section(lead(names=names)), actions(*buttons), context(texts.ONLY_ONCE())]
    return Message(text(names=names), said)


def noted(answer: Answer, partners: Sequence[str], after: Sequence[dict[str, Any]]) -> Message:
    """`after`: buttons that features offer after a meeting."""
    # Names the others, as it may be read again weeks later.
    thanks = texts.THANKS[answer](names=mentions(partners) or texts.SOMEONE())
    return Message(thanks, [section(thanks), *([actions(*after)] if after else [])])

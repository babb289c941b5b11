"""Check-ins, and the replies to their answers."""

from collections.abc import Sequence
from typing import Any

from bot.core.blocks import actions, button, context, section
from bot.core.message import Message
from bot.core.texts import listed, mention
from storage.kinds import Answer

ANSWERS = {answer: f"programs_answer_{answer.value}" for answer in Answer}
SAY_MET = "programs_say_met"
"""The same answer, from a message with other content too."""
LABELS = {
    Answer.MET: "We met",
    Answer.PLANNED: "It's planned",
    Answer.NOT_YET: "Not yet",
    Answer.BUSY: "My weeks broke",
    Answer.NO_REPLY: "No reply",
}
THANKS = {
    Answer.MET: "Lovely, noted: you met {}. I hope it was a good one.",
    Answer.PLANNED: "Noted: it's planned with {}. Enjoy it.",
    Answer.NOT_YET: "Noted, there is still time to meet {}.",
    Answer.BUSY: "Noted, that happens. I won't ask about your coffee with {} again.",
    Answer.NO_REPLY: (
        "Noted, only for me. I won't ask about your coffee with {} again, and you will meet somebody else next time."
    ),
}
"""Names the others, as it may be read again weeks later."""


def check_in(match_id: int, partners: Sequence[str], *, final: bool, had_time: bool = False) -> Message:
    """`had_time`: an agreed time has passed."""
    names = listed([mention(person_id) for person_id in partners])
    text = f"Did you get to meet {names}?" if final else f"How is it going with {names}: have you met yet?"
    if had_time:
        text = f"You had a time with {names}: did you get to meet?"
    buttons = [button(LABELS[answer], action_id, str(match_id)) for answer, action_id in ANSWERS.items()]
    return Message(text, [section(text), actions(*buttons), context("Only I see your answer. No answer is fine too.")])


def was_it_a_coffee(match_id: int, partners: Sequence[str]) -> Message:
    """Return the check-in of an async coffee after all answers were shown."""
    names = listed([mention(person_id) for person_id in partners])
    text = f"You and {names} wrote to each other: was it a coffee to you?"
    labels = {
        Answer.MET: "Yes, it was",
        Answer.PLANNED: "We'll meet, too",
        Answer.NOT_YET: "Not yet",
        Answer.BUSY: "Leave it at that",
    }
    buttons = [button(label, ANSWERS[answer], str(match_id)) for answer, label in labels.items()]
    return Message(text, [section(text), actions(*buttons), context("Only I see your answer. No answer is fine too.")])


def answers_owed(match_id: int, partners: Sequence[str], write: dict[str, Any]) -> Message:
    """Return the check-in of an async coffee for someone who has not answered it."""
    names = listed([mention(person_id) for person_id in partners])
    text = f"Your written coffee with {names} waits for you: three questions, a few words each."
    others = [button(LABELS[answer], ANSWERS[answer], str(match_id)) for answer in (Answer.MET, Answer.BUSY)]
    return Message(text, [section(text), actions(write, *others), context("No answer is fine too.")])


def bump(match_id: int, partners: Sequence[str], write: dict[str, Any] | None) -> Message:
    """Return the reminder to the captain. `write`: the answer button of an async coffee."""
    names = listed([mention(person_id) for person_id in partners])
    text = (
        f"Nobody has begun your written coffee with {names} yet. Would you go first? A sentence is plenty."
        if write
        else f"You and {names} have no time yet. Would you write first? Something like “Tomorrow at 3?” is plenty."
    )
    told = (Answer.PLANNED, Answer.MET, Answer.BUSY)
    buttons = [button(LABELS[answer], ANSWERS[answer], str(match_id)) for answer in told]
    context_words = "Only you get this, and only once. If these weeks are too full, say so and I'll leave you alone."
    return Message(text, [section(text), actions(*([write] if write else []), *buttons), context(context_words)])


def noted(answer: Answer, partners: Sequence[str], after: Sequence[dict[str, Any]]) -> Message:
    """`after`: buttons that features offer after a meeting."""
    thanks = THANKS[answer].format(listed([mention(person_id) for person_id in partners]) or "somebody")
    return Message(thanks, [section(thanks), *([actions(*after)] if after else [])])

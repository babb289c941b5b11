"""The question whether people met, and what follows from the answer."""

from collections.abc import Sequence

from bot.core.blocks import actions, button, context, section
from bot.core.message import Message
from bot.core.texts import listed, mention
from storage.kinds import Answer

ANSWERS = {answer: f"programs_answer_{answer.value}" for answer in Answer}
SAY_MET = "programs_say_met"
"""The same answer from a message with other things in it."""
LABELS = {
    Answer.MET: "We met",
    Answer.PLANNED: "It's planned",
    Answer.NOT_YET: "Not yet",
    Answer.BUSY: "My weeks broke",
    Answer.NO_REPLY: "No reply",
}
THANKS = {
    Answer.MET: "Lovely, noted. I hope it was a good one.",
    Answer.PLANNED: "Noted. Enjoy it.",
    Answer.NOT_YET: "Noted, there is still time.",
    Answer.BUSY: "Noted, that happens. I won't ask about this one again.",
    Answer.NO_REPLY: "Noted, only for me. I won't ask about this one again, and you will meet somebody else next time.",
}


def check_in(match_id: int, partners: Sequence[str], *, final: bool) -> Message:
    names = listed([mention(person_id) for person_id in partners])
    text = f"Did you get to meet {names}?" if final else f"How is it going with {names}: have you met yet?"
    buttons = [button(LABELS[answer], action_id, str(match_id)) for answer, action_id in ANSWERS.items()]
    return Message(text, [section(text), actions(*buttons), context("Only I see your answer. No answer is fine too.")])

"""The answers to the question whether people met, as buttons that several messages have."""

from storage.kinds import Answer

ANSWERS = {answer: f"programs_answer_{answer.value}" for answer in Answer}
LABELS = {
    Answer.MET: "We met",
    Answer.PLANNED: "It's planned",
    Answer.NOT_YET: "Not yet",
    Answer.BUSY: "My weeks broke",
    Answer.NO_REPLY: "No reply",
}

"""Texts about a match that several messages share: answers to whether people met, their cards, and refusals."""

from bot.core.catalog import Button, Text
from storage.kinds import Answer

# Buttons that answer whether people met.
ANSWERS = {
    Answer.MET: Button("We met"),
    Answer.PLANNED: Button("It's planned"),
    Answer.NOT_YET: Button("Not yet"),
    Answer.BUSY: Button("Couldn't make it"),
    Answer.NO_REPLY: Button("No reply"),
}
MET_ANYWAY = Button("We met anyway")
PASS = Button("I'll pass")

# About each person, in a match's introduction and in the question about a coffee now.
HOURS = Text("online {starts} to {ends} your time")
ASK_ABOUT = Text("Ask about {topics}")

# On a button of a match that isn't theirs, or that was called off.
NOT_YOURS = Text("This was meant for someone else, so nothing changed.")
CALLED_OFF = Text("This coffee was called off, so there's nothing to answer.")

"""Texts of check-ins: whether people met, and the reminder to get started."""

from bot.core.catalog import Button, Label, Text
from storage.kinds import Answer

# The check-in, as a direct message: the question, and the message with it.
HAVE_YOU_MET_YET = Text("How's it going with {names}: have you met yet?")
DID_YOU_MEET = Text("Did you and {names} manage to meet?")
DID_YOU_ALL_MEET = Text("Did you manage to meet {names}?")
CHECK_IN = Text(":speech_balloon: {question}")
ONLY_YOU_SEE = Text("Only you can see your answer. No answer is fine too.")

# The check-in after an async coffee, when everyone has answered.
ASYNC_COUNTS = Text("Does your async coffee with {names} count as a coffee?")
ASYNC_COUNTS_LEAD = Text(":speech_balloon: You and {names} have all answered. Does that count as a coffee?")
ASYNC_COUNTS_LEAD_OF_TWO = Text(":speech_balloon: You and {names} have both answered. Does that count as a coffee?")
COUNTS = {
    Answer.MET: Button("Yes, it counts"),
    Answer.PLANNED: Button("We'll meet too"),
    Answer.BUSY: Button("Not really"),
}

# The check-in of an async coffee, to someone who hasn't answered its questions.
ASYNC_WAITING = Text("Your async coffee with {names} is waiting.")
ASYNC_WAITING_LEAD = Text(":writing_hand: Your async coffee with {names} is waiting. Three questions, a sentence each.")
NO_ANSWER_IS_FINE = Text("No answer is fine too.")

# To one person in a match, once, when no one has started after two working days.
NO_TIME_YET = Text("You and {names} haven't picked a time yet. Could you make the first move?")
NO_TIME_YET_LEAD = Text(
    ":speech_balloon: You and {names} haven't picked a time yet. Could you make the first move? A quick “Tomorrow at "
    "3?” is enough."
)
NO_ANSWERS_YET_LEAD = Text(
    ":writing_hand: No one has answered in your async coffee with {names} yet. Could you go first? One sentence is "
    "plenty."
)
CANT_MAKE_IT = Button("Can't make it")
ONLY_ONCE = Text("I only ask once, and only you got this.")

# What takes the place of an answered check-in.
THANKS = {
    Answer.MET: Text("Great! Hope you had a good chat with {names}."),
    Answer.PLANNED: Text("Great, enjoy your chat with {names}!"),
    Answer.NOT_YET: Text("No rush, there's still time to meet {names}."),
    Answer.BUSY: Text("No problem, these things happen. I won't ask about your coffee with {names} again."),
    Answer.NO_REPLY: Text(
        "Thanks for letting me know. This stays between us, and I won't ask about {names} again. You'll get a new "
        "match next time."
    ),
}
SOMEONE = Text("someone")
MATCH_CHANGED = Text("Your match has changed since. My next message has the right buttons.")

# The suggestion to answer after all, when someone else in the match did.
YOU_WERE_MATCHED = Text("You and {names} were matched in {program}.")
DID_YOU_EVER_MEET = Text("Did you ever meet?")
YES_WE_MET = Button("Yes, we met")
UNANSWERED = Label("Coffees I haven't answered about")

"""Texts of async coffees, for people whose working hours barely overlap."""

from bot.core.catalog import Button, Label, Text

# In a match's introduction, for everyone in it: after the people's cards.
NUMBERED = Text("{number}. {question}")
SEE_ANSWERS = Text("You'll see each other's answers once everyone has replied.")
ANSWER_NOW = Button("Answer now")

# The form with the questions.
TITLE = Label("Your async coffee")
SEND = Button("Send")
A_SENTENCE = Label("A sentence is plenty")

# Below a field of that form.
ANSWER_ONE = Text("Answer at least one. A few words are enough.")
TOO_LONG = Text("That's {length} characters, and the limit is {most}. Please shorten it.")

# After sending the form.
WAITING_FOR_ONE = Text("Thanks! You'll see each other's answers once {person} replies. You can edit yours until then.")
WAITING_FOR_OTHERS = Text(
    "Thanks! You'll see each other's answers once the others reply. You can edit yours until then."
)
LAST_ONE_IN = Text("Thanks, that's everyone! I'm posting the answers for all of you now.")

# To everyone in the match, when all have answered.
READY = Text("Your async coffee is ready to read.")
HEADING = Label("Your async coffee")
QUESTION = Text("*{question}*")
ANSWER = Text("{person}: {answer}")
SKIPPED = Text("{person}: _skipped this one_")
KEEP_GOING = Text("Keep going here whenever it suits you. Does this count as a coffee?")
IT_COUNTS = Button("Yes, it counts")

# When there's nothing to answer.
CALLED_OFF = Text("There's nothing to answer here: this coffee was called off, or you're meeting in person.")
NOT_REACHABLE = Text("There's nothing to answer here anymore: one of you can't be reached.")
ALL_ANSWERED = Text("Everyone has already answered. Keep going in your group DM.")

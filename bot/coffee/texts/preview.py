"""Texts of the preview of a program's next round, for its admins."""

from bot.core.catalog import Button, Label, Plural, Text

# The window Next round.
TITLE = Label("Next round")
CLOSE = Label("Close")
LOADING = Text("Matching everyone in *{program}*…")
NO_MATCHES = Text("*{program}*, {when}: no matches yet. It takes at least two people who can meet.")
MATCHES = Text(
    "*{people} in {matches}*, {when}. This is what will be sent if no one joins or leaves. I only change a match if "
    "someone asked me in private not to be matched with a person in it."
)
PEOPLE = Plural("{count} person", "{count} people")
MATCH_COUNT = Plural("{count} match", "{count} matches")
PAGE = Label("Matches {first} to {last} of {total}")
SEND_NOW = Button("Send now")
SEND_TITLE = Label("Send now?")
SEND_QUESTION = Label("Everyone gets their match now. The next round stays on schedule.")
NOT_YET = Button("Not yet")
RESHUFFLE = Button("Reshuffle")
KEEP_TWO_APART = Button("Keep two apart")
REFRESH = Button("Refresh")
PREVIOUS = Button("Previous")
NEXT = Button("Next")
TOO_FEW = Text(
    "Fewer than {least} people take part in this round, so its matches are theirs alone and I don't show them. You can "
    "still send it now, or let it start as planned."
)
FIRST_COFFEES = Text("{count} matches are the first coffee between two teams.")
KEPT_APART = Text("*Kept apart this round*")
A_PAIR_APART = Text("{one} and {other}")
REMOVE = Button("Remove")

# The same window: totals of five or more. None of meetings, as the pairs are named beside them.
UNMET = {
    "same_team": Text("{count} pairs are on the same team (no better option)."),
    "hours": Text("{count} pairs share less than two working hours."),
}
NOT_IN_ROUND = Text("*Not in this round*")
ABSENT = Text("{people}: {reason}")
FIVE_OR_MORE = Text("Reasons of fewer than five people aren't shown.")

# The same window, after something has changed.
CHANGED = Text("Someone joined or left, so here are the new matches.")
STARTED = Text("This round has already started. Here's the next one.")
RESHUFFLED = Text("Reshuffled.")
SENT = Text("Sent. Everyone is being introduced.")
NOT_RUNNING = Text("This program isn't running, so there's no next round to preview. Start it first.")

# The form Keep two apart.
APART_TITLE = Label("Keep two apart")
SAVE = Button("Save")
TWO_PEOPLE = Label("Two people")
APART_HINT = Text("For the next round only. Program admins can see this; people's own lists stay private.")
CHOOSE_TWO = Text("Choose two people.")
TOO_MANY_PAIRS = Text("You can keep up to {most} pairs apart in a round.")
BOTH_IN_PROGRAM = Text("Choose two people who are in this program.")
TOO_MANY_OF_ONE = Text("You can keep one person apart from up to {most} others in a round.")
TOO_FEW_LEFT = Text("That would leave one of them too few people to be matched with.")

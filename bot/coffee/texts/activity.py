"""Texts before a round: the heads-up, and the question to people who've been quiet."""

from bot.core.catalog import Button, Text

# The day before a round, as a direct message. Its first line may be the admins' own.
NEXT_MATCH = Text("Your next {program} match arrives {day}. You're in!")
BUSY_WEEK = Text("Busy week? Skip just this one and you'll be back in next time.")

# The notification, when several programs have news on one day.
MATCHES_COMING_TWO = Text("New matches are coming in {programs}. You're in for both!")
MATCHES_COMING = Text("New matches are coming in {count} programs. You're in for all of them!")
NEWS_OF = Text("There's news from {programs}.")

# In place of the heads-up, after three quiet rounds.
KEEP_MATCHING = Text("Should I keep matching you in {program}?")
KEEP_MATCHING_LEAD = Text(
    ":coffee: I haven't heard how your last few coffees in {program} went, and that's OK. Want to keep getting matched?"
)
KEEP_ME_IN = Button("Keep me in")
CHANGE_ANY_TIME = Text("You can change this any time. Only you can see this.")

# When there was no answer to that, and another quiet round.
PAUSED = Text("I've paused {program} for you. Come back any time.")
PAUSED_LEAD = Text(":coffee: I've paused {program} for you, so no one's left waiting. Come back any time.")
IM_BACK = Button("I'm back")

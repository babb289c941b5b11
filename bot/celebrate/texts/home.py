"""Texts about celebrations on Home and in the help."""

from bot.core.catalog import Button, Label, Text

# In `/weft help`.
HELP_SHOUTOUT = Text("`/shoutout @name …` — thank someone publicly")
HELP_WIN = Text("`/win …` — share something that worked")

# A person's own wins and thanks, on Home.
WINS_AND_THANKS = Label("Wins and thanks")
THANKS_TO_YOU = Text("*Thanks to you*")
THANKS_FROM_YOU = Text("*Thanks from you*")
YOUR_WINS = Text("*Your wins*")
EMPTY = Text("Nothing here yet. Who helped you this week?")

# Below each of them: who can see it.
NOT_POSTED = Text("Not posted yet · {day}")
IN_CHANNEL = Text("Posted in {channel} · {day}")
IN_DIGEST = Text("In Friday's digest · {day}")
ONLY_YOU = Text("Only you can see it · {day}")
ONLY_THE_THANKED = Text("Only the people thanked can see it · {day}")

# A person's choices, in Home → Settings.
CELEBRATIONS = Text("*Celebrations*")
ANNIVERSARY_ANNOUNCED = Text("Work anniversary: announced")
ANNIVERSARY_NOT_ANNOUNCED = Text("Work anniversary: not announced")
BIRTHDAY_ANNOUNCED = Text("Birthday: {day}, announced")
BIRTHDAY_NOT_SET = Text("Birthday: not set")
EDIT_MINE = Button("Edit my celebrations")

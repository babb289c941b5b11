"""Texts of suggestions: the frame around those of all features, their settings, and one type of our own."""

from bot.core.catalog import Button, Label, Plural, Text

# A suggestion, as a direct message: the reason and the step come from the feature that makes it.
SUGGESTION = Text(":bulb: {why}\n*{step}*")
SUGGESTION_WITH_NOTE = Text(":bulb: {why}\n{note}\n*{step}*")
NOT_NOW = Button("Not now")
FEWER = Button("Fewer like this")
STOP = Button("Stop these")
MANAGE = Text("Manage suggestions in Home → Settings.")

# Its notification, if both fit; otherwise the reason alone.
NOTIFICATION = Text("{why} {step}")

# Below the third of a type, after two without an answer.
LAST_CHANCE = Text("Not useful? If you skip this one too, I'll stop these.")
KEEP = Button("Keep them")
KEPT = Text("OK, these will keep coming.")

# In place of the buttons, once one is pressed.
DONE = Text("Done.")
OK_NOT_NOW = Text("OK, not now.")
OK_FEWER = Text("Got it, you'll see fewer of these.")
OK_STOPPED = Text("Done. I won't suggest this type again.")
UNDO = Button("Undo")

# After a press that comes too late, or on someone else's suggestion.
EXPIRED = Text("This suggestion has expired. Manage suggestions in Home → Settings.")
NOT_YOURS = Text("This was meant for someone else, so nothing changed.")

# Settings on Home.
SUGGESTIONS = Label("Suggestions")
PROMISE = Text(
    "I'll occasionally suggest something, at most once a day and three times a week. "
    "If you skip three of a type, I stop that type."
)
TYPE_ON = Text("✅ {label}")
TYPE_OFF = Text("⬜ {label}")
TYPE_PAUSED = Text("⬜ {label} (paused: the last three didn't fit)")
HOURS = Text("{days}, during your working hours.")
HOURS_FROM = Text("{days} from {start}, during your working hours.")
HOURS_UNTIL = Text("{days} until {end}, during your working hours.")
HOURS_BETWEEN = Text("{days} from {start} to {end}, during your working hours.")
ON_WEEKDAYS = Text("On weekdays")
ON_DAYS = Text("On {days}")
DAYS_OF_WEEK = tuple(map(Text, ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")))
CHANGE = Button("Change")
TURN_BACK_ON = Button("Turn back on")
TURN_ALL_OFF = Button("Turn all off")
ALL_OFF = Text("All suggestions are off. You only hear about things you joined or asked for.")
TURN_ON = Button("Turn on")

# The form for those settings.
SAVE = Button("Save")
WHAT_TO_SUGGEST = Label("What I may suggest")
MORE_TO_SUGGEST = Label("More suggestions")
DAYS = Label("Days")
NOT_BEFORE = Label("Not before")
NOT_AFTER = Label("Not after")
START_OF_DAY = Label("Start of my day")
END_OF_DAY = Label("End of my day")
HOUR = Label("{hour}:00")
NO_DAY = Label("Choose at least one day, or turn suggestions off.")
TOO_EARLY = Label("Choose a later time.")

# In /weft help.
HELP = Text("*Suggestions* — choose which ones you get, and when, in Home → Settings")

# Suggested to a few colleagues: say hi to someone who started lately on another team. First its name in the settings.
NEWCOMERS = Label("New people on other teams")
JUST_JOINED = Text("{person} just joined {team}, and you haven't met.")
JUST_JOINED_NEARBY = Text("{person} just joined {team} and works in {office}, like you.")
JOINED = Plural(
    "{person} joined {team} a week ago, and you haven't met.",
    "{person} joined {team} {count} weeks ago, and you haven't met.",
)
JOINED_NEARBY = Plural(
    "{person} joined {team} a week ago and works in {office}, like you.",
    "{person} joined {team} {count} weeks ago and works in {office}, like you.",
)
ASK_FIRST_WEEKS = Text("Say hi and ask how the first weeks were.")
SAY_HI_IN_PERSON = Text("Say hi when you're both in.")
MESSAGE_THEM = Button("Message {name}")

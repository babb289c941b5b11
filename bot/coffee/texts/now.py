"""Texts of a coffee now: looking for someone, being asked, and getting together."""

from bot.core.catalog import Button, Label, Text

# Home and `/coffee`.
COFFEE_NOW = Button("Coffee now")
ALLOW = Button("Allow spontaneous coffees")
LOOKING = Text("Looking for someone who's free…")
STOP = Button("Stop looking")

# The form.
TITLE = Label("Coffee now")
FIND_SOMEONE = Button("Find someone")
TEAM = Label("Team")
ANY_TEAM = Label("Any team")
HINT = Label("I ask one person at a time, only people who are at work right now.")

# To the person who looks for someone.
STARTED = Text(
    "On it! I'm looking for someone who's free. I'll get back to you within {minutes} minutes. Use `/coffee now stop` "
    "to cancel."
)
ALREADY_LOOKING = Text("I'm already looking. I'll get back to you soon. Use `/coffee now stop` to cancel.")
STOPPED = Text("OK, I've stopped looking.")
NOT_LOOKING = Text("I'm not looking right now.")
TRIED_TWICE = Text("You've looked for a coffee now twice today. Try again tomorrow, or wait for your next match.")
UNKNOWN_TEAM = Text("I can't find a team called “{team}”. Use `/coffee now` to ask people on any team.")
UNKNOWN_TEAM_AMONG = Text(
    "I can't find a team called “{team}”. I know {teams}. Use `/coffee now` to ask people on any team."
)
NO_ONE_FREE = Text("No one's free for coffee right now.")
NO_ONE_FREE_LEAD = Text(":coffee: No one's free for coffee right now. Feel free to try again later.")
NO_ONE_FREE_FROM = Text("No one from {team} is free right now.")
NO_ONE_FREE_FROM_LEAD = Text(
    ":coffee: No one from {team} is free right now. Feel free to try again later, or with any team."
)

# To someone who's asked, as a direct message.
UP_FOR_COFFEE = Text("{person} is up for a {minutes}-minute coffee right now. Are you?")
UP_FOR_COFFEE_LEAD = Text(":coffee: {person} is up for a {minutes}-minute coffee right now. Are you?")
IM_IN = Button("I'm in")
NOT_NOW = Button("Not now")
DONT_ASK = Button("Don't ask me")
PASS_IS_PRIVATE = Text("You're both in {program}. If you pass or miss this, {person} won't know I asked.")

# What takes the place of that question, or answers `/coffee now open`.
GREAT = Text("Great! I'm opening a chat for you two.")
NO_WORRIES = Text("No worries. {person} won't know I asked you.")
WONT_ASK = Text("OK, I won't ask you about coffee now. Use `/coffee now open` if you change your mind.")
MAY_ASK = Text("Great, I may ask you once a day at most.")
NOT_LOOKING_NOW = Text("Thanks for saying yes! {person} is no longer looking, so maybe another time.")

# To the two who are free, as a group direct message.
BOTH_FREE = Text("{names}, you're both free right now.")
BOTH_FREE_LEAD = Text(
    ":coffee: *{names}, you're both free right now!* {minutes} minutes, no agenda. Start a huddle right here."
)
BOTH_FREE_LINK_LEAD = Text(
    ":coffee: *{names}, you're both free right now!* {minutes} minutes, no agenda. Start a huddle here or use {link}."
)

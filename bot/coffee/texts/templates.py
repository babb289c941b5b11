"""Messages that a program's admins can reword, with what is filled in, and the form for it."""

from bot.core.catalog import Label, Text

# The default texts of messages that admins can reword.
WELCOME = Text(
    ":wave: *Welcome to {program}!* I'll pair you with {who} for a {minutes}-minute chat, {rhythm}. Your first match "
    "comes {start}.\n\nI'll start a group DM for your match and suggest a few times. Nothing to prepare."
)
INTRODUCTION = Text(
    ":coffee: {names}, meet each other! You've been paired up for a {minutes}-minute coffee chat. No agenda, just say "
    "hi."
)
HEADS_UP = Text(":bell: Your next {program} match arrives {start}. You're in!")

# The form in which admins reword them.
WELCOME_LABEL = Label("Welcome")
INTRODUCTION_LABEL = Label("First line of the match")
HEADS_UP_LABEL = Label("Day-before message")

# Below a field of that form.
UNKNOWN_PLACE = Text("I can't fill in {{{place}}}. You can use {places}.")
LONE_BRACE = Text("A brace is missing its other half. You can use {places}.")
TOO_LONG = Text("That's too long for a message once everything is filled in. Please shorten it.")

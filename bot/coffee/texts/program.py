"""Texts about a program that several areas share: its buttons, its rhythm, and what people choose in it."""

from bot.core.catalog import Button, Label, Text

# Buttons under many messages, by which people change their place in a program.
JOIN = Button("Join")
SKIP_ROUND = Button("Skip this round")
UNDO_SKIP = Button("Undo skip")
PAUSE = Button("Pause")
LEAVE = Button("Leave")
LEAVE_TITLE = Label("Leave this program?")
LEAVE_QUESTION = Label("You won't get matches anymore. Your notes and the people you've met stay with you.")
STAY = Button("Stay")

# How often a program's rounds are, in the middle of a sentence or on a card.
EVERY_WEEK = Text("every {weekday}")
EVERY_OTHER_WEEK = Text("every other {weekday}")
EVERY_FEW_WEEKS = Text("every {weeks} weeks on {weekday}")
EVERY_MONTH = Text("on the {nth} {weekday} of each month")
AT = Text("{rhythm} at {time} ({zone})")
NTH = {1: Label("first"), 2: Label("second"), 3: Label("third"), 4: Label("fourth"), -1: Label("last")}

# On a button or command about a program that isn't there, or that someone isn't in.
NO_PROGRAM = Text("That program doesn't exist, or it was deleted. `/coffee` shows the ones you can join.")
NOT_IN = Text("You're not in {program} right now. Use `/coffee join` to join.")

# In a program where each person chooses their group.
CHOOSE_GROUP = Text("Which group are you in? I'll match you with people from the others.")
YOUR_GROUP = Text("Your group: *{group}*")
CHOOSE_YOUR_GROUP = Label("Choose your group")
GROUP_CHOSEN = Text("Your group: {group}. I'll match you with people from the others.")
GROUPS_CHANGED = Text("This program's groups have changed. `/coffee` shows the current ones.")

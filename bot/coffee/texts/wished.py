"""Texts about a coffee with a certain team, after someone asked for one."""

from bot.core.catalog import Button, Text

# After someone asked to be matched with a team: what each of their programs does about it.
NO_PROGRAM = Text("To get started, join a program: type `/coffee join`.")
WILL_TRY = Text(
    "*{program}:* I'll try to match you with someone from {team} next round, {day}. I can't promise it, but I'll keep "
    "trying."
)
WILL_TRY_AFTER_BREAK = Text("*{program}:* I'll try to match you with someone from {team} once you're back, {day}.")
NO_ONE_THERE = Text("*{program}:* No one from {team} is in it yet. I'll keep trying each round, next {day}.")

# The same: whether it can be tried at once.
TRY_NOW = Text(
    "*Or right now?* I'll ask people from {team} who are at work, one at a time. If someone passes, you won't know who."
)
TRY_NOW_INSTEAD = Button("Try now instead")

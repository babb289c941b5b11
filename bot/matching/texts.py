"""Texts of the reasons for a match."""

from bot.core.catalog import Text

# After "Why you two?" in a match's introduction, up to three of them.
FIRST_COFFEE = Text("First coffee between {teams}")
NOT_MET = Text("You haven't met yet")
NONE_MET = Text("None of you have met")
MET_ONCE = Text("You've met once, and there was no one new for you two this time")
MET_TIMES = Text("You've met {times} times, and there was no one new for you two this time")
DIFFERENT_TEAMS = Text("{count} different teams")
DIFFERENT_DEPARTMENTS = Text("{count} different departments")
DIFFERENT_OFFICES = Text("{count} different offices")
SHARED_HOURS = Text("{hours} shared working hours")
SHARED_HOUR = Text("1 shared working hour")
SHARED_MINUTES = Text("{minutes} shared working minutes")
BOTH_INTO = Text("You're both into {topics}")
SHARED_INTERESTS = Text("Shared interests: {topics}")

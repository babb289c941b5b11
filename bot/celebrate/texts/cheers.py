"""Texts about cheers: reactions from other teams to a shoutout or win."""

from bot.core.catalog import Button, Plural, Text

# To a person who was celebrated, about all new cheers at once.
SHOUTOUT_CHEERED = Text("{names} cheered {giver}'s shoutout to you.")
WIN_CHEERED = Text("{names} cheered your win.")
HELP_CHEERED = Text("{names} cheered the win you helped with.")
WITH_WORDS = Text(":raised_hands: {news}\n> {words}")
AND_OTHERS = Text("{name} and {count} others")
IN_CHANNEL = Text("In {channel}")
BY_TEAMS = Text("Cheered by {teams}, in {channel}")
MORE_TEAMS = Plural("{count} more team", "{count} more teams")
AND_MORE = Plural("And {count} more.", "And {count} more.")
TURN_THESE_OFF = Button("Turn these off")
THESE_ARE_OFF = Text("Done, no more messages about cheers. You can turn them back on in Home → Settings.")

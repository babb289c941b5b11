"""Texts for admins: where and how the workspace celebrates."""

from bot.core.catalog import Button, Label, Text

# Section of Home → Admin.
TITLE = Label("Celebrations")
NO_CHANNEL = Text("No channel yet. Posts stay where they're made.")
POSTING = {
    (False, False): Text("Posting in {channel}."),
    (True, False): Text("Posting in {channel}, with a Friday digest."),
    (False, True): Text("Posting in {channel}, with people's days."),
    (True, True): Text("Posting in {channel}, with a Friday digest and people's days."),
}
"""By whether there is a digest, and whether days are announced."""
EDIT = Button("Edit celebrations")

# To admins, when I can't post in the celebration channel.
CANT_POST = Text(":warning: I can't post in {channel}: {reason}. {way_out}")
CHANNEL_DELETED = Text(":warning: I can't post in the celebration channel: it was deleted. {way_out}")
WAITING = Text("Until then the digest and people's days wait, and shoutouts go back to their authors.")
CHOOSE_CHANNEL = Button("Choose channel")

# Form for where and how the workspace celebrates.
SAVE = Button("Save")
CHANNEL = Label("Channel")
CHANNEL_EXAMPLE = Label("Choose a channel")
CHANNEL_HINT = Label("Must be public. Leave blank to keep posts where they're made.")
ALSO_POST = Label("Also post")
DIGEST = Label("Friday digest (3 PM)")
DAYS = Label("First days, anniversaries, and birthdays")
ZONE = Label("Time zone")
ZONE_HINT = Label("For the digest and people's days. For example: Europe/Berlin")
CHEER_EMOJI = Label("Cheer emoji")
SHOUTOUT_EMOJI = Label("Emoji that suggests a shoutout")
SHOUTOUT_EMOJI_HINT = Label("If people react with it, I offer to make the message a shoutout, once a day at most.")
SAVED = Text("Saved. Shoutouts and wins now go to {channel}.")

# Errors in this form.
UNKNOWN_ZONE = Text("I don't know that time zone. Type it like Europe/Berlin or America/New_York.")
NOT_ONE_EMOJI = Text("Type one emoji, like :raised_hands:.")
SAME_EMOJI = Text("That's your cheer emoji. Choose a different one.")
PRIVATE_CHANNEL = Text("That channel is private. Choose a public one.")
SHARED_CHANNEL = Text("That channel is shared with another company. Choose one that only your company can read.")
ADMINS_ONLY = Text("Only admins can change this. Your own settings are in Home → Settings.")

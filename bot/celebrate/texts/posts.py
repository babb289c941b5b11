"""Texts of shoutouts and wins: in the channel, for the people in them, and for their authors."""

from bot.core.catalog import Button, Label, Text

# Stands for a person who was forgotten: at the start of a sentence, and within one.
SOMEONE_FIRST = Text("Someone")
SOMEONE = Text("someone")

# Headline of a shoutout or win: in the channel, in the digest and on Home.
THANKS = Text("{giver} thanks {receivers}")
SAYS_THANK_YOU = Text("{giver} says thank you")
SHARED_WIN = Text("{author} shared a win")

# A shoutout or win, where people read it: its first line, and the lines around the author's words.
SHOUTOUT = Text(":clap: *{headline}*")
WIN = Text(":sparkles: *{headline}*")
NOTIFICATION = Text("{headline}: “{words}”")
WHAT_CHANGED = Text("*What it changed:*")
WITH_THANKS = Text("With thanks to {names}.")
SEE_MESSAGE = Text("See the message")

# Below a shoutout or win in the channel, for everyone there.
CHEER = Text("Agree? Add a :{emoji}:")

# To a person who is thanked in private.
THANK_YOU_FROM = Text("A thank-you from {giver}")
SENT_YOU_THANKS = Text("{giver} sent you a thank-you.")
ONLY_YOU = Text("Only you can see this.")
ONLY_YOU_AND = Text("Only you and {person} can see this.")
ONLY_THE_THANKED = Text("Only the people thanked can see this.")
ALSO_ON_HOME = Text("It's also in Home → Wins and thanks.")

# To a person who is named in a channel that they aren't in.
GAVE_YOU_SHOUTOUT = Text("{giver} gave you a shoutout in {channel}")
SAYS_YOU_HELPED = Text("{author} shared a win in {channel} and says you helped")
TURN_THESE_OFF = Button("Turn these off")
THESE_ARE_OFF = Text(
    "Done, no more messages about shoutouts in other channels. You can turn them back on in Home → Settings."
)

# To the author, in reply to a shoutout.
POSTED = Text("Posted in {channel}. You can edit or delete it from Home for the next 24 hours.")
SENT_TO_ONE = Text("Sent. Only {person} can see it. You can edit or delete it from Home for the next 24 hours.")
SENT_TO_SEVERAL = Text(
    "Sent. Only the people you thanked can see it. You can edit or delete it from Home for the next 24 hours."
)

# To the author, in reply to a win that isn't posted right away.
SAVED_FOR_DIGEST = Text(
    "Saved for Friday's digest, since you've already shared one this week."
    " You can edit or delete it from Home for the next 24 hours."
)
SAVED_AS_SECOND = Text("Saved to your own log, since you've already shared one this week. Only you can see it.")
SAVED = Text("Saved to your own log. Only you can see it.")

# To the author, when Slack refused it.
SHOUTOUT_NOT_POSTED = Text("I couldn't post your shoutout in {channel}.")
WIN_NOT_POSTED = Text("I couldn't post your win in {channel}.")
NOT_POSTED_BECAUSE = Text("I couldn't post this in {channel}: {reason}. No one has seen it, and your text is safe:")
NOT_UPDATED = Text("I couldn't update your post in {channel}: {reason}. It still shows the old text.")
NOT_DELIVERED = Text("I couldn't deliver your thank-you to {person}.")
NOT_DELIVERED_BECAUSE = Text("I couldn't deliver your thank-you to {person}: Slack can't reach them. Here's your text:")
EDIT_AND_RETRY = Button("Edit and retry")

# To the author: changing a post within a day.
EDIT = Button("Edit")
DELETE = Button("Delete")
DELETE_TITLE = Label("Delete this post?")
DELETE_WHAT = Label("It'll be removed from Slack and from Home.")
KEEP = Button("Keep it")
UPDATED = Text("Updated.")
DELETED = Text("Deleted.")

# To someone who tries to change a post and can't.
ALREADY_DELETED = Text("That post was already deleted.")
NOT_YOURS = Text("Only the person who wrote this can change it.")
TOO_LATE_TO_EDIT = Text("This can't be edited or deleted after 24 hours. You can still reply in its thread.")

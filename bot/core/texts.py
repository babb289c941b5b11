"""Texts that several features share."""

from bot.core.catalog import Button, Text

# A list of names within a sentence.
TWO = Text("{before} and {last}")
MANY = Text("{before}, and {last}")

# The way out of a form, and of a question before something is done.
CANCEL = Button("Cancel")
NOT_NOW = Button("Not now")

# Below a page of Home that has more than Slack shows.
MORE_THAN_FITS = Text("There's more than fits here. `/weft help` shows other ways to get there.")

# Above a message that was for several people together, and now goes to each alone.
NO_CHAT = Text("I couldn't start a chat for you and {others}, so here's what I wanted to tell you:")
NOT_REACHED = Text("I couldn't reach {people}, so this is just for you:")

# Why Weft can't post in a channel, after a colon, and what an admin can do.
ARCHIVED = Text("the channel is archived")
DELETED = Text("the channel was deleted")
REMOVED = Text("I'm no longer in that channel")
UNSEEN = Text("I can't see that channel anymore")
RESTRICTED = Text("only some people can post there")
PRIVATE = Text("the channel is private now")
SHARED = Text("the channel is shared with another company")
CHOOSE = Text("Choose another channel.")
INVITE = Text("Invite me again, or choose another channel.")
UNARCHIVE = Text("Unarchive it, or choose another channel.")
LET_ME_POST = Text("Let me post there, or choose another channel.")

"""Texts of replies that any feature may give."""

from bot.core.catalog import Label, Text

# While Slack is asked for something.
ONE_MOMENT = Text("One moment…")

# When a click, command or form could not be carried out.
BUSY = Text("I'm a little busy right now, so I couldn't do that. Please try again in a minute.")
SLACK_IS_AWAY = Text("Slack isn't answering right now. Please try again in a minute.")
FAULT = Text(
    "Sorry, something went wrong on my side. Please try again. If it keeps happening, tell an admin: error {number}."
)
FORM_TROUBLE = Text(":warning: {sentence}")

# On a button or form that was drawn by an older version.
OUTDATED = Text("This is from an older version of Weft. Open Home and try again there.")

# When a channel is chosen in which Weft can't post.
CHANNEL_UNSEEN = Text("I can't see that channel. Invite me with `/invite @Weft` first.")
CHANNEL_ARCHIVED = Text("That channel is archived. Choose another one.")
CHANNEL_PRIVATE = Text("That channel is private. Choose a public one, or invite me with `/invite @Weft`.")
CHANNEL_CLOSED = Text("I can't join that channel by myself. Invite me with `/invite @Weft` first.")

# The title and button of a window that only says something.
WEFT = Label("Weft")
CLOSE = Label("Close")

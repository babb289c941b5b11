"""Texts about counting interactions in public channels."""

from bot.core.catalog import Button, Label, Plural, Text

# In a public channel, for everyone there, when counting begins or ends.
BEGINS = Text("To match people who rarely talk, I now count interactions in this channel.")
WHAT_I_COUNT = Text(
    ":information_source: To match people who rarely talk, I now count replies, mentions, and reactions between people"
    " in this channel, by day. I never store what anyone says."
)
TURNED_ON_BY = Text("Turned on by an admin. Each person's counts are for them only.")
ENDS = Text("I no longer count interactions in this channel.")

# A person's own choice, in the channel and in Home → Settings.
OPT_OUT = Button("Opt me out")
OPT_IN = Button("Opt in")
OPTED_OUT = Text("Done. I don't count you anymore, and what I had is deleted.")
OPTED_IN = Text("Done. From now on I count your interactions in public channels again.")
WAS_FORGOTTEN = Text("You asked to be forgotten, so I don't count you. Join a program if you'd like to come back.")
HEADING = Text("*Interactions in public channels*")
NOT_COUNTED = Text("Not counted")
COUNTED_EVERYWHERE = Text("Replies, mentions, and reactions are counted by day in every public channel I'm in")
COUNTED_IN = Text("Replies, mentions, and reactions are counted by day in {channels}")
CHANNELS = Plural("{count} public channel", "{count} public channels")

# To admins, about a channel that they chose.
CANT_COUNT = Text(":warning: I can't count interactions in {channel}: I can't reach it, or it isn't public.")

# Section of Home → Admin.
TITLE = Label("Interaction counts")
COUNTED_NOWHERE = Text("Not counted.")
ADMIN_COUNTED_EVERYWHERE = Text("Counted in every public channel I'm in.")
ADMIN_COUNTED_IN = Text("Counted in {channels}.")
WHY = Text("This helps match people who rarely talk. Each channel gets a notice, and everyone can opt out.")
CHOOSE_CHANNELS = Button("Choose channels")

# Form in which an admin chooses where to count.
COUNT_INTERACTIONS = Label("Count interactions")
SAVE = Button("Save")
WHERE = Label("Where")
NOWHERE = Label("Nowhere")
IN_THESE = Label("In these channels")
EVERYWHERE = Label("In every public channel I'm in")
WHICH_CHANNELS = Label("Channels")
CHANNELS_EXAMPLE = Label("Choose public channels")
CHANNELS_HINT = Label("I'll join and post a notice in each one. Private channels are never counted.")
SAVED = Text("Saved. Home → Admin shows where I count interactions.")

# Errors in this form.
NO_CHANNEL = Text("Choose a channel, or Nowhere above.")
PRIVATE_CHANNEL = Text("#{channel} is private. Choose public channels only.")
SHARED_CHANNEL = Text("#{channel} is shared with another company. Please remove it.")
ARCHIVED_CHANNEL = Text("#{channel} is archived. Please remove it.")
UNSEEN_CHANNEL = Text("I can't see one of these channels. Please remove it.")
ADMINS_ONLY = Text("Only admins can change this. Your own settings are in Home → Settings.")

"""Texts of the forms for shoutouts and wins, their hints and errors."""

from bot.core.catalog import Button, Label, Plural, Text
from storage.kinds import CelebrationKind

# Form for a shoutout.
GIVE_SHOUTOUT = Button("Give a shoutout")
SAY_THANKS = Button("Say thanks")
SEND = Button("Send")
FOR = Label("Who's it for?")
THEY_ARE_NOTIFIED = Label("They'll be notified.")
PLUS_GROUPS = Plural("Plus {count} person in {groups}.", "Plus {count} people in {groups}.")
ONLY_PEOPLE_I_THANK = Label("Only the people I thank")

# Form for a win.
SHARE_WIN = Button("Share a win")
SHARE = Button("Share")
HELPERS = Label("Who helped?")
THEY_ARE_THANKED = Label("They'll be thanked too.")
ONLY_ME = Label("Only me, in my own log")

# Fields of both forms, by type.
WORDS = {CelebrationKind.SHOUTOUT: Label("What did they do?"), CelebrationKind.WIN: Label("What worked?")}
WORDS_EXAMPLE = {
    CelebrationKind.SHOUTOUT: Label("Stayed late so the customer could go live"),
    CelebrationKind.WIN: Label("Builds take 5 minutes instead of 20"),
}
CHANGE = {
    CelebrationKind.SHOUTOUT: Label("What did it change?"),
    CelebrationKind.WIN: Label("What's different now, and who does it help?"),
}
CHANGE_EXAMPLE = {
    CelebrationKind.SHOUTOUT: Label("The launch went out on time"),
    CelebrationKind.WIN: Label("No one waits over lunch"),
}

# Fields of both forms.
CHOOSE_PEOPLE = Label("Choose people")
UP_TO = Label("Up to {limit} characters.")
REACH = Label("Who can see it")
EVERYONE = Label("Everyone, in a channel")
CHANNEL = Label("Channel")
CHOOSE_CHANNEL = Label("Choose a channel")
CHOOSE_PUBLIC_CHANNEL = Label("Choose a public channel.")
POSTS_IN = Text("Posts in {channel}.")
STAYS_PRIVATE = Text("That message is private, so this stays private too and won't link to it.")

# Form in which an author edits a shoutout or win.
EDIT_POST = Label("Edit post")
SAVE = Button("Save")

# Hints above the form, once, before a shoutout is sent.
SAY_MORE = Text(
    "A few words about what they did make it mean more. For example:"
    " _for staying late on Tuesday so the customer could go live on time_."
)
ADD_NAME = Text("Who's it for? Add a name so they see it.")
ADD_MORE_PEOPLE = Text("Did anyone else help? You can add more people.")

# Hints above the form, once, before a win is shared.
SAY_WHAT_CHANGED = Text(
    "What's different now, and who does it help? For example:"
    " _Builds take 5 minutes instead of 20, so no one waits over lunch_."
)
ADD_HELPERS = Text("Who helped? Give them credit too.")

# Last line of the hints.
SEND_AS_IS = Text("You can also send it as is.")

# Errors about the text.
EMPTY = Text("Add a few words here.")
TOO_LONG = Text("That's {count} characters, and the limit is {limit}. Please shorten it.")
TOO_LONG_GIVEN_BACK = Text("That's {count} characters, and the limit is {limit}. Nothing was posted. Here's your text:")
TOO_LONG_FOR_SLACK = Text("That's too long for one message: some characters take more room. Please shorten it.")
TOO_MANY_TODAY = Text("You've posted {count} times today, which is the limit. Save this one for tomorrow.")

# Errors about the people.
UNKNOWN_AUTHOR = Text("I don't know you yet. If you just joined this workspace, please try again tomorrow.")
NOT_COLLEAGUES = Text("Bots and people outside your company can't be chosen here. You can mention them in your text.")
HAS_LEFT = Text("{name} is no longer in this workspace. Please choose someone else.")
TOO_MANY_PEOPLE = Text("That's {count} people, and the limit is {limit}. For more, use a user group.")
TOO_MANY_IN_GROUPS = Text("These groups have {count} people, and the limit is {limit}. Choose the people who did it.")
UNKNOWN_GROUP = Text("I can't see who's in that user group. Choose people instead.")
NO_ONE_IN_GROUP = Text("No one in that group can be thanked here. Choose people instead.")
NO_RECEIVER = Text("Choose at least one person.")
NO_SHOUTOUT_FOR_YOURSELF = Text("That's you! To share something of your own, use `/win`.")
YOUR_WIN_ALREADY = Text("That's you! Choose the people who helped you.")
NO_WHOLE_CHANNEL = Text("I don't notify whole channels. Choose people; everyone in the channel can read it anyway.")

# Errors about the channel.
NO_CHANNEL = Text("Choose a channel everyone can read, or keep it private.")
PRIVATE_CHANNEL = Text("That channel is private now. Choose a public one.")
NOW_SHARED = Text("That channel is now shared with another company, so I no longer post there.")
SHARED_WARNING = Text(
    "That channel is shared with another company, so people there can read this too. Send it again if that's OK."
)

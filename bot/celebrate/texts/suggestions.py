"""Texts of suggestions and offers: congratulate, share a win, say thanks, make a message a shoutout."""

from bot.core.catalog import Button, Label, Text

# Types of suggestions, in a person's settings.
GOOD_NEWS = Label("Good news from people I've met")
FRIDAY_REMINDER = Label("A Friday reminder to share a win")
THANKING = Label("Thanking people I met")

# Suggestion to congratulate someone they know.
GOT_SHOUTOUT = Text("{person} just got a shoutout, and you two had coffee in {month}.")
SHARED_WIN = Text("{person} shared a win: “{words}”. You two had coffee in {month}.")
SAY_CONGRATS = Text("Want to say congrats?")
CONGRATULATE = Button("Congratulate")

# Suggestion on Fridays, for people who asked for it.
ITS_FRIDAY = Text("It's Friday, and you asked me to check in.")
WHAT_WENT_WELL = Text("What went well this week, and who helped?")

# Suggestion to thank someone they met, for people who asked for it.
YOU_MET_ON = Text("You met {person} on {day}.")
YOU_MET_A_WEEK_AGO = Text("You met {person} a week ago.")
TELL_THEM = Text("If it helped, tell them what changed.")

# Form for a congratulation.
CONGRATS = Label("Say congrats")
POST = Button("Post")
POSTS_IN_YOUR_NAME = Text("Posts in the thread, in your name.")
YOUR_WORDS = Label("Your words")
WORDS_EXAMPLE = Label("What you liked about it")
EMPTY = Text("Add a line first.")
POST_DELETED = Text("That post was deleted, so there's no thread to write in.")
SAID_ALREADY = Text("You've already said congrats. You can add more in the thread yourself.")
POSTED = Text("Posted in the thread in {channel}.")

# The congratulation, in the thread of the shoutout or win.
SAYS_CONGRATS = Text("{person} says congrats: “{words}”")
FROM = Text("From {person}:")

# To a person whose congratulation Slack refused.
NOT_POSTED = Text("I couldn't post your congrats in {channel}: {reason}.")
YOUR_TEXT = Text("Here's your text:")

# To a person who celebrated a message with an emoji, there and only for them.
MAKE_IT_A_SHOUTOUT = Text("Want to turn this into a shoutout for {person}?")
DONT_ASK_AGAIN = Button("Don't ask again")
WONT_ASK_AGAIN = Text("OK, I won't ask again. You can turn this back on in Home → Settings.")
OLD_BUTTON = Text("This button is from an older version of Weft. Type `/shoutout` instead.")
MESSAGE_DELETED = Text("That message was deleted, so I can't link to it. Type `/shoutout` to thank someone without it.")
NOT_A_COLLEAGUE = Text("An app or someone outside your company wrote this. Who should get the shoutout?")

"""Texts for sharing a takeaway from a coffee, with the other person's consent."""

from bot.core.catalog import Button, Label, Text

# After someone said that they met, and the form.
SHARE = Button("Share a takeaway")
TITLE = Label("Share a takeaway")
ASK_FIRST = Button("Ask and share")
WHAT = Label("What did you learn?")
EXAMPLE = Label("Support sees outages ten minutes before our alerts do")
HINT = Label("One sentence. I'll ask the person you met before I post it.")

# Below the field of that form.
EMPTY = Text("Add a sentence first.")
TOO_LONG = Text("That's {length} characters, and the limit is {most}. Please shorten it.")
SAY_FIRST = Text("Say that you met first, then share what you learned.")
ONE_IS_PLENTY = Text("You've already shared a takeaway from this coffee. One is plenty.")
PARTNER_LEFT = Text("The person you met is no longer here, so I can't ask them.")
CANT_SHARE = Text("This can't be shared anymore.")

# After sending the form.
WILL_ASK = Text("Thanks! I'll check with {names} first. If it's a yes within a week, it'll appear in {channel}.")

# To each person they met, as a direct message.
OK_WITH_YOU = Text("{author} would like to share a line from your coffee. OK with you?")
WOULD_SHARE = Text(":books: {author} would like to share this in {channel}. It would show both your names.")
WOULD_SHARE_OF_GROUP = Text(":books: {author} would like to share this in {channel}. It would show all your names.")
FINE_BY_ME = Button("Fine by me")
RATHER_NOT = Button("Rather not")
QUOTE = Text("> {words}")
NO_STAYS_PRIVATE = Text("If you say no or don't reply, nothing is posted, and {author} can't tell which it was.")

# What takes the place of that question.
AGREED = Text("Thanks! It'll be posted once everyone says yes.")
AGREED_LAST = Text("Thanks! I'm posting it in the program's channel.")
DISAGREED = Text("OK, it won't be posted. {author} won't know why.")
ALREADY_SHARED = Text("You said yes, and it's posted.")
TOO_LATE = Text("This one has expired, and nothing was posted. Thanks all the same!")

# In the program's channel.
POSTED = Text("From a coffee: “{words}”")
POSTED_LEAD = Text(":books: “{words}”")
BY = Text("{author}, over coffee with {names}")

# To the author, when it couldn't be posted.
NOT_POSTED = Text("I couldn't post your takeaway in {channel}: {reason}. Here it is:")

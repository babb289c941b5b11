"""Texts about a person's data."""

from bot.core.catalog import Button, Label, Text

# Home → Settings.
MY_DATA = Label("My data")
KEPT = Text(
    "I keep:\n"
    "• your Slack profile: name, title, email, time zone, whether you're away, and what your admins chose to read\n"
    "• your settings, programs, and answers\n"
    "• who you were matched with and met\n"
    "• which suggestions you got, and for 90 days the messages I sent you\n"
    "I never keep what you write to others."
)
ASKED_TWICE = Text("Only you get the file. Before I delete anything, I'll ask you twice.")
DOWNLOAD = Button("Download my data")
FORGET = Button("Forget me")

# `/weft help`.
EXPORT_HELP = Text("`/weft export`: get everything I keep about you")
FORGET_HELP = Text("`/weft forget me`: delete what I keep about you (I'll ask twice)")

# After `/weft export` or Download my data.
FILE_COMES = Text("I'll DM you the file in a moment.")
NOTHING_KEPT = Text("I don't keep anything about you.")

# The direct message with the file.
EXPORT = Text(":inbox_tray: Here's everything I keep about you, as a JSON file. Only you got it.")
EXPORT_REFUSED = Text("I couldn't send your file. Ask the person who runs Weft to allow file uploads (`files:write`).")
EXPORT_TITLE = Label("Everything Weft keeps about me")

# The two forms that ask whether to forget someone.
DELETED = Text(
    "*Deleted:* your profile, settings, programs, answers, notes, and lists. Your name in past matches goes too, and "
    "so does every message to you or about you."
)
STAYS = Text(
    "*Stays:* people you met keep an anonymous record that a meeting happened. Messages already in Slack stay. I read "
    "names, titles, emails, and time zones from Slack every day, so that basic profile comes back."
)
AFTERWARDS = Text("You'll be out of all programs, even if you stay in their channels. You can join again any time.")
BEFORE_YOU_GO_ON = Label("Before you go on")
UNDERSTOOD = Label("I understand. This can't be undone.")
NEXT = Button("Next")
WANT_A_COPY = Text("Want a copy first? Cancel and run `/weft export`.")
TYPE_TO_CONFIRM = Label("Type “{words}” to confirm")
CHECK_THE_BOX = Text("Check the box to continue.")
TYPE_THE_WORDS = Text("Type “{words}” to confirm.")

# When it's done.
FORGOTTEN = Text(
    "Done. I've deleted what I kept about you, and you're out of all programs. You can join again any time."
)

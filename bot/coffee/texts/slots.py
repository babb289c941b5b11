"""Texts about finding a time for a match, agreeing on one, and canceling it."""

from bot.core.catalog import Button, Label, Text

# In a match's introduction, for everyone in it.
FIND_TIME = Text("*Find a time.* Tap every one that works. {first}, could you go first?")
NO_SHARED_TIME = Text(
    "I couldn't find a time in the next few days that fits everyone's hours. {first}, could you suggest one?"
)
TIME_STAYS = Text("*Your time stays as agreed:* {when}")
OFFERED = Text("*{number}.* {when}")
WORKS_FOR_ME = Button("Works for me")
WORKS_SPOKEN = Label("Time {number} works for me")
OTHER_TIMES = Button("Other times")

# In the introduction, in place of the times, once one is agreed on or canceled.
YOUR_TIME = Text("*Your time:* {when}")
CANCEL_TIME = Button("Cancel this time")
TIME_CANCELED = Text("Your time was canceled. Press *Other times* for new ones, or just write here.")

# To everyone in the match, when someone asked for other times.
NEW_TIMES = Text("{names}, here are new times for your coffee.")
NEW_TIMES_LEAD = Text(
    ":calendar: {names}, here are new times for your coffee. Tap every time that works, or just write here."
)

# To everyone in the match, when they have picked the same time: the notification, and the message.
SET = Text("You're on! {names}, your coffee is set.")
SET_FOR_GROUP = Text("You're on! Your coffee group has a time.")
SET_LEAD = Text(":calendar: *You're on!* {names}: {when} ({minutes} min).")
VIDEO_ROOM = Text("{person}'s video room: {link}")
NO_LINK = Text("No link needed: start a huddle right here.")
CALENDARS = Text("Add it to {google} · {outlook} · or open the attached file.")
GOOGLE = Text("Google Calendar")
OUTLOOK = Text("Outlook")
PLANS_CHANGED = Text("Plans changed? Just write here and find another time.")
CALENDAR_ENTRY = Label("{program}: {names}")

# To everyone in the match, when someone canceled the time they had.
OFF = Text("Plans changed, so your coffee is off for now.")
OFF_LEAD = Text(
    ":calendar: Plans changed, so your coffee {when} is off for now. Open the file and your calendar removes it."
)

# To the person who pressed one of the buttons.
PICKED = Text("Got it! I'll let you know when {person} picks it too.")
PICKED_TOGETHER = Text("Got it! I'll let you know when the others pick it too.")
AGREED = Text("It's set! I'll post the time for all of you.")
ALREADY_AGREED = Text("You've already agreed on {when}. To change it, press *Other times*.")
SENT_NEW_TIMES = Text("Done. I've sent new times to all of you.")
NO_OTHER_TIME = Text("I can't find another time this round that fits everyone's hours. Just write to each other.")
PASSED_SENT_NEW_TIMES = Text("Those times have passed, so I've sent new ones to all of you.")
PASSED_NO_OTHER_TIME = Text(
    "Those times have passed, and I can't find another one this round. Just write to each other."
)
CANCELED = Text("Done. The time is canceled, and I'm letting everyone know.")
NOTHING_TO_CANCEL = Text("There's no time to cancel here.")
TIME_PASSED = Text("That time has passed. Pick a later one or ask for other times.")
TIMES_CHANGED = Text("These times have changed. My newer message has the current ones.")
TIME_UNKNOWN = Text("This time is no longer on offer. Just write to each other.")
COFFEE_OFF = Text("This coffee was called off, so there's no time to pick.")
HAVE_MET = Text("You've already met, so there's no time to pick.")

"""Texts of a round: a match's introduction, changes of plans, and news in the channel."""

from bot.core.catalog import Button, Text

# A new match, as a group direct message: the notification.
MEET = Text("{first}, meet {second}! You've been paired up for a coffee chat.")
MEET_AS_THREE = Text("{names}, you've been matched for coffee.")
MEET_AS_GROUP = Text("Meet your coffee group! {minutes} minutes, no agenda.")
MEET_ASYNC = Text("{first}, meet {second}! Here's an async coffee: three quick questions.")
MEET_ASYNC_TOGETHER = Text("Meet each other! Here's an async coffee: three quick questions.")

# The same: its first line, unless the program's admins wrote their own.
MEET_LEAD = Text(
    ":coffee: *{first}, meet {second}!* You've been paired up for a {minutes}-minute coffee chat. No agenda, just say "
    "hi."
)
MEET_AS_THREE_LEAD = Text(
    ":coffee: *{names}, meet each other!* This is a {minutes}-minute coffee for three. No agenda, just say hi."
)
MEET_AS_GROUP_LEAD = Text(":coffee: *Meet your coffee group:* {names}. You have {minutes} minutes and no agenda.")
MEET_ASYNC_LEAD = Text(":writing_hand: *{first}, meet {second}!*")
MEET_ASYNC_TOGETHER_LEAD = Text(":writing_hand: *{names}, meet each other!*")

# The same: what else it has.
ASYNC_COFFEE = Text(
    "Your working hours barely overlap, so here's an async coffee: three quick questions, a sentence or two each."
)
WHY_TWO = Text("Why you two? {why}")
WHY_THREE = Text("Why you three? {why}")
WHY_GROUP = Text("Why this group? {why}")
ICEBREAKER = Text("*Need an icebreaker?* {first}, ask {other}: “{question}”")
PAUSE_PROGRAM = Button("Pause {program}")

# To people in a match, when plans change: in place of the first line, without saying who can't come or why.
NEWS = Text(":coffee: {news}")
TWO_OF_YOU = Text("One of you can't make it this time, so it's the two of you: {names}.")
FEWER_OF_YOU = Text("One of you can't make it this time, so you're {count} now: {names}.")
NEW_PARTNER = Text("Change of plans: {first}, meet {second}! You two are paired up this round.")
NEW_GROUP = Text("Change of plans: {names}, meet each other!")
JOINS_YOU = Text("{person}'s partner can't make it, so {person} is joining you.")
JUST_JOINED = Text("{person} just joined {program}, and you're matched this round. Say hi!")
JUST_JOINED_YOU = Text("{person} just joined {program} and is joining your chat. Say hi!")

# To someone without a match, as a direct message.
NO_MATCH = Text("No match for you this time. You're first in line next round.")
NO_MATCH_LEAD = Text(
    ":coffee: Sorry, I couldn't find you a match in {program} this time: {reason}. You're first in line next round, "
    "{day}."
)
PARTNER_OUT = Text("Your match can't make it. You're first in line next time.")
PARTNER_OUT_LEAD = Text(
    ":coffee: Sorry, your match in {program} can't make it this time. You're first in line next round, {day}."
)

# To each person in a match, when Slack doesn't let me start a group direct message for them.
SAY_HI_FIRST = Text("You're matched with {names} for coffee. Could you say hi first?")
SAY_HI_FIRST_LEAD = Text(
    ":coffee: You're matched with {names} in {program}. I can't start a group DM for you, so could you say hi first?"
)

# In the program's channel, when a new round starts.
PAIRS_MET = Text("Last round, {met} of {made} pairs met up. New matches are out!")
PAIRS_MET_LEAD = Text(":coffee: Last round, *{met} of {made} pairs* met up. New matches are out. Check your DMs!")
GROUPS_MET = Text("Last round, {met} of {made} groups met up. New matches are out!")
GROUPS_MET_LEAD = Text(":coffee: Last round, *{met} of {made} groups* met up. New matches are out. Check your DMs!")
FIRST_COFFEES = Text("{count} of the new matches are the first coffee between two teams.")
SHARE_CONNECTED = Text("About {share} of all pairs of teams have had coffee so far.")
NEW_MATCHES = Text("New matches are out. Check your DMs!")
NEW_MATCHES_LEAD = Text(":coffee: New matches are out. Check your DMs!")
NOT_IN_YET = Text("Not in yet? Type `/coffee join`.")

# Why a match was made, when there's nothing else to say.
YOUR_TURN = Text("It was your turn")

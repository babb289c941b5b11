"""Texts of a person's network: the page, hellos, pins, teams to meet, introductions and suggestions."""

from bot.core.catalog import Button, Label, Plural, Text

# My people on Home and the answer to /network, for its owner only.
YOUR_NETWORK = Text("Here's your network. Only you can see it.")
MY_NETWORK = Label("My network")
NO_ONE_YET = Text("No one here yet. Meet people and your network will grow.")
KNOWN = Plural("You know *1 person* so far.", "You know *{count} people* so far.")
KNOWN_IN_TEAMS = Plural(
    "You know *1 person*, in *{teams} of {all_teams} other teams*.",
    "You know *{count} people* in *{teams} of {all_teams} other teams*.",
)
KNOWN_IN_TEAMS_AND_OFFICES = Plural(
    "You know *1 person*, in *{teams} of {all_teams} other teams* and *{offices} of {all_offices} offices*.",
    "You know *{count} people* in *{teams} of {all_teams} other teams* and *{offices} of {all_offices} offices*.",
)
CLOSEST = Text("*Closest right now*\n{people}")
LOSING_TOUCH = Text("*Losing touch*\nA quick hello is enough.")
LAST_MET = Text("{person} · last met in {month}")
LAST_IN_TOUCH = Text("{person} · last in touch in {month}")
NOTE = Text("Your note: “{note}”")
SAY_HELLO = Button("Say hello")
ONLY_YOU = Text("Only you can see this page. Admins can't.")

# On the same page, for screen readers, which read a button without what's next to it.
SAY_HELLO_TO = Button("Say hello to {name}")
MATCH_ME_WITH = Button("Match me with {team}")
SEE_OPTIONS_FOR = Button("See options for {team}")

# Teams on the same page: where they don't know anyone, and those they'd like to meet.
TEAMS_TO_MEET = Text("*Teams to meet*")
MATCH_ME = Button("Match me")
MORE_TEAMS = Plural("and {count} more team", "and {count} more teams")
ON_YOUR_LIST = Text("*On your list*")
TRYING = Text("{team} · I'm trying next round")
SEE_OPTIONS = Button("See options")

# People to stay in touch with, on the same page.
STAYING_IN_TOUCH = Text("*Staying in touch*")
PIN = Text("{person} · last talked in {month}")
PIN_DUE = Text("{person} · last talked in {month} · time for a hello")
PIN_NEW = Text("{person} · no contact that I know of yet")
PIN_NEW_DUE = Text("{person} · no contact that I know of yet · time for a hello")
RHYTHMS = {2: Label("Every 2 weeks"), 4: Label("Every month"), 8: Label("Every 2 months"), 13: Label("Every 3 months")}
RHYTHM_SAVED = Text("Saved. I'll suggest a hello when it's been longer.")

# The last row of the same page.
DRAW = Button("Draw my network")
DRAW_DARK = Button("Draw dark version")
FIND_INTRODUCTION = Button("Find an introduction")
STAY_IN_TOUCH = Button("Stay in touch")

# After asking for the picture, and the picture itself.
ON_ITS_WAY = Text("On it. I'll DM you the picture.")
TOO_FEW = Text("I can draw your network once you know two people.")
PICTURE = Text(":inbox_tray: Here's your network. Only you got this picture.")
PICTURE_TITLE = Plural("Your network: {count} person", "Your network: {count} people")
PICTURE_IN_WORDS = Label("You're in the middle, and the people you know are around you. {teams}")
TEAM_IN_WORDS = Label("{team}: {names}.")
LEGEND = Label("Closer means more in touch. Hollow means you're losing touch. Only you can see this.")
YOU = Label("you")
NO_TEAM = Label("No team yet")
OTHER_TEAMS = Label("Other teams")

# After asking to be matched with a team, in a window.
TEAM_WISHED = Text("Got it! I'll try to match you with someone from *{team}*.")
WISHED_ALREADY = Text("I'm already trying to match you with someone from *{team}*.")
ONLY_YOU_WISH = Text("Only you can see this. Your match won't know.")
UNDO = Button("Undo")
WISH_UNDONE = Text("OK, I've stopped looking for someone from {team}.")
TEAM_GONE = Text("No one is on that team anymore, so nothing changed.")
TOO_MANY_TEAMS = Text("You have {most} teams on your list, which is the limit. Undo one first.")

# The form for people to stay in touch with.
CHOOSE_PEOPLE = Label("Choose people")
PEOPLE = Label("People")
ONLY_YOU_PINS = Label("Up to {most}. Only you can see this list.")
HOW_OFTEN = Label("How often")
HOW_OFTEN_NEW = Label("How often for new ones")
HOW_OFTEN_FOR = Label("How often for {name}")
SUGGESTED_WHEN_LONGER = Label("I'll suggest a hello when it's been longer.")
SAVE = Button("Save")
PINS_SAVED = Text("Saved. Only you can see this list.")
TOO_MANY_PINS = Label("You can list up to {most} people.")
NO_RHYTHM = Label("Choose how often.")
NOT_PINNABLE = Label("One of them can't be chosen: only people in this workspace can.")
RHYTHM_GONE = Text("That's no longer an option. Use `/network pins` to choose another one.")
PIN_GONE = Text("They're no longer on your list. Use `/network pins` to add them again.")

# In any form of the network.
YOURSELF = Label("That's you! Choose someone else.")
TOO_LONG = Label("That's {length} characters, and the limit is {most}. Please shorten it.")

# The form for a hello, which comes with a draft.
DRAFT = Label("Hi {name}! We last talked in {month}. How are you, and what are you working on? Up for a chat soon?")
DRAFT_TO_ANYONE = Label("Hi {name}! How are you, and what are you working on? Up for a chat soon?")
TO = Label("To {name}")
IN_YOUR_NAME = Label("I'll start a group DM and post this in your name.")
SEND = Button("Send")
NO_WORDS = Label("Add a few words here.")
HELLO_SENT = Text("Sent. It's in your group DM.")
HELLO_TWICE = Text("You've already said hello to them today.")
CANT_REACH = Text("I can't start this chat. You can still message them yourself.")
NOT_KNOWN = Text("You don't know them yet. Use `/network intro` to find someone who can introduce you.")

# The hello, in a group message for both. First its notification.
SAYS_HI_TO = Text("{sender} says hi, {other}!")
SAYS_HI = Text("*{sender} says hi:*")
IS_PLENTY = Text("15 minutes is plenty.")

# The forms to ask for an introduction: first to whom, then who should be asked.
WHO_COULD_INTRODUCE = Label("Who could introduce me?")
WHO_TO_MEET = Label("Who would you like to meet?")
CHOOSE_EITHER = Text("Who would you like to meet? Choose a person or a team.")
A_PERSON = Label("A person")
CHOOSE_SOMEONE = Label("Choose someone")
OR_A_TEAM = Label("Or a team")
ANY_TEAM = Label("Any team")
NEXT = Button("Next")
NO_TARGET = Label("Choose a person or a team.")
ASK_FOR_INTRO = Label("Ask for an intro")
COULD_INTRODUCE = Text("{names} could introduce you to {goal}.")
COULD_INTRODUCE_TO_TEAM = Text("{names} could introduce you to someone in {goal}.")
WHO_TO_ASK = Label("Who should I ask?")
WHAT_ABOUT = Label("What would you like to talk about?")
BOTH_READ_THIS = Label("Both the person introducing you and the person you'd like to meet can see this.")
ASK = Button("Ask")
NO_REASON = Label("Add a sentence. It helps them say yes.")

# When there's no introduction to ask for.
NO_PATH = Text("No one you know can introduce you to {goal} yet. Use `/network` to get a coffee with their team first.")
KNOWN_ALREADY = Label("You already know {names}. Send them a message.")
TOO_MANY_LOOKUPS = Label("You've looked up {most} people today. Try again tomorrow, or look up a larger team.")
NOT_INTRODUCIBLE = Label("I can't introduce you to them: only people in this workspace can be chosen.")
CANT_ASK = Label("I can't ask them. Choose someone else.")
TOO_MANY_REQUESTS = Label("You have {most} open requests. You can ask again when one closes.")
ASKED_LATELY = Label("I asked them about this recently. Choose someone else, or try again after {day}.")

# To the person who asked, once a colleague will be asked.
ASKED = Text(
    "Thanks! I'll ask {name} in private {day}. If it works out, I'll start a group DM. "
    "If not, I'll tell you in about two weeks."
)

# How messages about an introduction begin, and how they name the person who asks.
INTRODUCTION = Text(":handshake: {text}")
NAME_AND_TEAM = Text("{person} ({team})")

# To a colleague who could introduce two people.
COULD_YOU_INTRODUCE = Text("{asker} would like to meet {target}. Could you introduce them?")
KNOW_ANYONE = Text("{asker} would like to meet someone in {team}. Know anyone who'd be a good fit?")
ASK_THEM = Button("Ask {name}")
RATHER_NOT = Button("Rather not")
DONT_SUGGEST_ME = Button("Don't suggest me")
I_CHECK_FIRST = Text("I'll check with them before anything happens. No answer is fine too.")
WILL_ASK_TARGET = Text("Thank you! I'll ask {target} in private and tell you if it works out.")
DECLINED = Text("No problem. No one will know.")
WORKED_OUT = Text("Your introduction for {asker} worked out. Thank you!")

# To the person someone would like to meet.
WANTS_TO_MEET_YOU = Text("{asker} would like to meet you, and {connector} can introduce you. Up for a short chat?")
INTRODUCE_US = Button("Introduce us")
NO_ANSWER_IS_FINE = Text("No answer is fine too.")
AGREED = Text("Great! I've started a group DM for you two.")

# In the group message for both. First its notification.
MEET = Text("{asker}, meet {target}! {connector} introduced you.")
INTRODUCED = Text(":handshake: *{asker}, meet {target}!* {connector} introduced you two. 15 minutes is plenty.")
SUGGEST_A_TIME = Text("{asker}, could you suggest a time?")

# To the person who asked, when it came to nothing, whatever the reason.
DIDNT_WORK_OUT = Text("The introduction to {who} didn't work out this time.")
SOMEONE_IN = Text("someone in {team}")
NOT_ABOUT_YOU = Text("That happens a lot, and it's not about you.")
FIND_ANOTHER_WAY = Button("Find another way")

# Settings on Home, and the answer where it's pressed elsewhere.
CAN_SUGGEST_YOU = Text("*Introducing others*\nIf a colleague wants to meet someone you know, I can suggest you.")
OPT_OUT = Button("Opt out")
DONT_SUGGEST_YOU = Text("*Introducing others*\nI don't suggest you as a connector.")
OPT_IN = Button("Opt in")
OPTED_OUT = Text("OK, I won't suggest you as a connector.")
OPTED_IN = Text("Thanks! I can suggest you as a connector again.")

# After a press that comes too late, twice, or on someone else's question.
REQUEST_GONE = Text("This request no longer exists.")
EXPIRED = Text("This one has expired, and nothing was sent.")
NOT_NEEDED = Text("This introduction is no longer needed, so nothing was sent. Thanks anyway!")
ASKER_GONE = Text("They're no longer in this workspace, so there's nothing to do.")
NOT_YOURS = Text("This was meant for someone else, so nothing changed.")
ANSWERED_ALREADY = Text("You've already answered this one. Thanks!")

# In /weft help and /network help.
HELP = (
    Text("`/network` — see who you know, and which teams you don't (only you can see it)"),
    Text("`/network picture` — get your network as a picture (`picture dark` for dark mode)"),
    Text("`/network intro` — find someone who can introduce you"),
    Text("`/network pins` — choose people to stay in touch with"),
)
WHAT_NETWORK_CAN_DO = Text("Here's what `/network` can do:")
UNKNOWN_WORD = Text("I didn't get that. Here's what `/network` can do:")

# Suggested now and then, as a direct message: someone they're losing touch with.
LOSING_TOUCH_TYPE = Label("People I'm losing touch with")
MET_BEFORE = Plural(
    "You and {person} last met in {month}.", "You and {person} have met {count} times, last in {month}."
)
IN_TOUCH_BEFORE = Text("You and {person} were last in touch in {month}.")
A_QUICK_HELLO = Text("A quick hello is enough.")
ANOTHER_COFFEE = Text("Up for another coffee?")
ASK_HOW_THINGS_ARE = Text("Say hello and ask how things are.")

# The same, for someone on their list of people to stay in touch with.
PINS_TYPE = Label("People I chose to stay in touch with")
LAST_TALKED = Text("You wanted to stay in touch with {person}, and you last talked in {month}.")
WANTED_TO_TALK = Text("You wanted to stay in touch with {person}.")
A_SHORT_MESSAGE = Text("A short message does it.")

# The same, for a team where they don't know anyone.
NEW_TEAM_TYPE = Label("Teams I don't know yet")
NO_ONE_IN_TEAM = Text("You haven't met anyone in {team} yet.")
NEXT_COFFEE_THERE = Text("Want your next coffee to be with someone there?")
KNOW_SOME_TEAMS = Text("You know people in {reached} of {others} other teams, but no one in {team} yet.")
MEET_SOMEONE = Text("Meet someone from {team}?")

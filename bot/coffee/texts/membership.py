"""Texts about someone's place in a program: the welcome, where they stand, joining, breaks and skips."""

from bot.core.catalog import Button, Label, Plural, Text

# The welcome, as a direct message after joining. Its first line is the admins' own, if they wrote one.
WELCOME = Text("Welcome to {program}! Your first match comes {day}.")
WELCOME_MATCHED = Text("Welcome to {program}! You already have a match.")
MATCHED_AT_ONCE = Text("Good timing: you're already matched with {names}. Say hi in your group DM.")
FIRST_COFFEE_LATER = Text("Everyone's already matched this time, so your first coffee comes {day}.")
QUIET_WAYS_OUT = Text("Skip, pause, or leave whenever you like. No one is told.")

# To someone who joined the channel of a program that they can't join.
NOT_FOR_THEM = Text(
    "Hi! {program} in {channel} is for {people}, so I won't match you. You're welcome to stay in the channel. If that "
    "changes, I'll let you know."
)

# Whom a program is for, after "is for".
FOR_WORKSPACE = Text("people in this workspace, not guests")
FOR_GROUP = Text("members of the user group {group}, and you're not in it")
FOR_GROUPS = Text("members of the user groups {groups}, and you're in none of them")
FOR_GONE_GROUPS = Text("user groups that were deleted. Its admins can choose others")
IS_FOR = Text("{program} is for {people}.")
WORKSPACE_ONLY = Text("Programs are for people in this workspace.")
NOT_RUNNING = Text("{program} isn't running right now. A program admin can start it.")
BY_CHANNEL = Text("{program} is for members of {channel}. Join the channel and you're in.")

# Home → Today and `/coffee`: where someone stands in each program.
HEADING = Label("Coffee")
STATUS = Label("Your programs")
PROGRAM = Text("*{program}* in {channel}, {rhythm}")
JOIN_CHANNEL_FIRST = Text("Join its channel and you're in.")
ON_A_BREAK = Text("You're on a break until {day}.")
NEXT_ROUND = Text("Next round: {when}")
NEXT_ROUND_SKIPPED = Text("Next round: {when} (you're skipping it)")
NO_MATCH = Text("You have no match this round because {reason}.")
CALLED_OFF = Text("Your match this round was called off: someone can't make it.")
LAST_ROUND = Text("Last round you were matched with {names}. Did you manage to meet?")
YES_WE_MET = Button("Yes, we met")
NO_WE_DIDNT = Button("No, we didn't")
YOU_MET = Text("You met {names}.")
NOT_YET_AFTER_ALL = Button("Actually, not yet")
COFFEE_AHEAD = Text("Your match this round: {names}. You're meeting {when}.")
COFFEE_PASSED = Text("Your match this round: {names}. Your time was {when}. Did you manage to meet?")
COFFEE_OPEN = Text("Your match this round: {names}. Have you met?")
COFFEE_ANSWERED = Text("Your match this round: {names}. You said: {answer}.")
ASYNC_OWED = Text("Your async coffee with {names}: your answers are missing. A sentence each is plenty.")
ASYNC_WAITING = Text("Your async coffee with {names}: waiting for their answers.")
WHY_MATCH = Button("Why this match?")
WHY_NO_MATCH = Button("Why no match?")
MORE_PROGRAMS = Plural(
    "And {count} more program. Type `/coffee` in its channel to see it.",
    "And {count} more programs. Type `/coffee` in a program's channel to see it.",
)
NOTHING_TO_JOIN = Text("There's no program to join yet. Ask a workspace admin to set one up.")

# Home → My people: the private list of people whom someone doesn't want to be matched with.
DONT_MATCH = Plural(
    "*Don't match me with:* {count} person. Only you can see this.",
    "*Don't match me with:* {count} people. Only you can see this.",
)
DONT_MATCH_NO_ONE = Text("*Don't match me with:* no one. Only you can see this.")
EDIT = Button("Edit")
DONT_MATCH_TITLE = Label("Don't match me with")
PEOPLE = Label("People")
CHOOSE_PEOPLE = Label("Choose people")
DONT_MATCH_HINT = Label("I won't match you in any program. Only you can see this list.")
DONT_MATCH_SELF = Text("That's you! Choose someone else.")
DONT_MATCH_OTHERS = Text("Choose only people in this workspace. Bots and people from elsewhere can't be listed.")
DONT_MATCH_TOO_MANY = Text("You can list up to {most} people. To meet no one for a while, pause instead.")
SAVE = Button("Save")

# `/coffee why`, and the button.
NO_ROUND_YET = Text("{program} hasn't had a round yet.")
WHY = Text("You and {names} were matched in {program} because: {why}.")
WHY_ALONE = Text("Your match in {program} was made because: {why}.")
WHY_CALLED_OFF = Text("Your match with {names} in {program} was called off: someone can't make it.")
WHY_CALLED_OFF_ALONE = Text("Your match in {program} was called off: someone can't make it.")
WHY_NOT = Text("You have no match in {program} this round because {reason}.")
JOINED_AFTER = Text("You joined {program} after this round started. You're in for the next one.")

# What takes the place of a pressed button, or answers a command.
JOINED = Text("You're in {program}! Your next match comes {day}.")
ALREADY_IN = Text("You're already in {program}. Your next match comes {day}.")
WELCOME_BACK = Text("Welcome back! Your next match comes {day}.")
WELCOME_BACK_TO_ALL = Text("Welcome back! You're in {programs} again.")
KEPT_IN = Text("Great, you're in! Your next match comes {day}.")
LEFT = Text("You've left {program}. You can rejoin any time.")
REJOIN = Button("Rejoin")
PAUSED = Text("You're on a break from {programs} until {day}. Enjoy!")
BREAK_UNTIL = Text("You're on a break until {day}. Enjoy!")
COME_BACK_NOW = Button("Come back now")
SKIPS = Text("OK, you're skipping {day}. You'll be back in for the round after.")
ALREADY_SKIPS = Text("You're already skipping {day}.")
SKIPS_ANOTHER = Text("You're already skipping {day}, and you can skip one round at a time. Undo that one first.")
SKIP_IS_LATE = Text("That round has already started. Want to skip the next one instead, {day}?")
SKIP_NEXT = Button("Skip next round")
BACK_IN = Text("You're back in. Your next match comes {day}.")
SKIP_AGAIN = Button("Skip it anyway")
UNDO_IS_LATE = Text("That round has already started. Your next match comes {day}.")
NO_ROUND_THAT_DAY = Text("{program} has no round on {day}. The next ones are on {days}.")

# When a command could mean several programs.
WHICH_ONE = Text("Which one do you mean?")
ALSO_JOIN = Text("You're already in {programs}. You can also join:")
ALREADY_IN_ALL = Text("You're already in {programs}.")
JOIN_CHANNELS = Text("Join {channels} and you're in.")
LEAVE_WHICH = Text("Which one do you want to leave?")
PAUSE_WHICH = Text("Which one do you want to pause?")
SKIP_WHICH = Text("Which round do you want to skip?")
NOW_WHICH = Text("With someone from which program?")
A_PROGRAM = Text("*{program}* in {channel}")
COME_BACK = Button("Come back")
SKIP = Button("Skip")
PAUSE_ALL = Button("Pause them all")
MORE_IN_HOME = Text("There are more in Home.")
IN_NO_PROGRAM = Text("You're not in a program yet. Type `/coffee join`.")

# `/coffee help`, and `/coffee` with words that it doesn't know.
HELP_TITLE = Label("What /coffee can do")
HELP_LEAD = Text("Here's what `/coffee` can do:")
NOT_UNDERSTOOD = Text("I didn't get “{words}”. Here's what `/coffee` can do:")
HELP = (
    Text("`/coffee`: see where you stand, with buttons for everything"),
    Text("`/coffee join`: join, or end your break · `/coffee leave`: leave the program"),
    Text("`/coffee why`: see why you were matched, or why not"),
    Text("`/coffee now`: have coffee with someone who's free (`/coffee now Sales`, `/coffee now stop`)"),
    Text("`/coffee skip`: skip the next round (`/coffee skip 2027-01-31` for a later one)"),
    Text("`/coffee pause 2w`: take a break (`10d`, `2w`, `1m`, or a date like `2027-01-31`)"),
    Text("In several programs? Add a name, like `/coffee leave Lunch`, or type it in the program's channel."),
)
HOW_TO_SKIP = Text("I didn't get “{words}”. Try `/coffee skip`, or a day, like `/coffee skip 2027-01-31`.")
HOW_TO_NAME = Text("I didn't get “{words}”. Try `/coffee {word}`, or add the name of a program.")

# When the time of a break can't be read.
BREAK_NOT_UNDERSTOOD = Text("I didn't get “{words}”. Try `/coffee pause 2w`, or a day like `2027-01-31`.")
BREAK_IN_THE_PAST = Text("“{words}” isn't in the future. Try `/coffee pause 2w`, or a day like `2027-01-31`.")
BREAK_TOO_LONG = Text("A break can last up to a year. To stop for longer, leave; you can rejoin any time.")

# The form Take a break.
TAKE_A_BREAK = Label("Take a break")
UNTIL = Label("Until")
BREAK_HINT = Label("From {programs}. A year at most; you're back in automatically.")
PICK_A_DAY = Text("Pick a day from tomorrow on, within a year.")

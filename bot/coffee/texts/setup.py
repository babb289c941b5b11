"""Texts for admins who set up programs: Home → Admin, a program's window, its forms, and alerts."""

from bot.core.catalog import Button, Label, Plural, Text
from storage.kinds import Joining, ProgramState

# Alerts to a program's admins, as direct messages.
ROUND_SKIPPED = Text(
    ":warning: {program}'s round was skipped ({due}): Weft was offline for over a day. The next one starts {next}."
)
ROUND_LATE = Text(":warning: {program}'s round is late: it was due {due}. I'm still trying. Weft's log has the reason.")
NOT_ENOUGH_PEOPLE = Text(
    ":warning: Not enough people for a match in {program} this round. Invite more people to {channel}. I'll keep "
    "trying and won't write again until a round works."
)
OPEN_PROGRAM = Button("Open program")
CHOOSE_CHANNEL = Button("Choose channel")

# Alerts to a program's admins, and in its window: what's wrong with its channel.
CHANNEL_ARCHIVED = Text(
    ":warning: No one can join {program}: {channel} was archived. Members stay in and rounds go on. Unarchive the "
    "channel, or choose another one."
)
CHANNEL_DELETED = Text(
    ":warning: No one can join {program}: its channel was deleted. Members stay in and rounds go on. Choose another "
    "channel."
)
CHANNEL_LEFT = Text(
    ":warning: No one can join {program}: I was removed from {channel}. Members stay in and rounds go on. Invite me "
    "again, or choose another channel."
)
CHANNEL_UNSEEN = Text(
    ":warning: No one can join {program}: I can't see its channel. Members stay in and rounds go on. Invite me again, "
    "or choose another channel."
)
CHANNEL_RESTRICTED = Text(
    ":warning: I can't post in {channel} for {program}: only some people can. Rounds go on. Let me post there, or "
    "choose another channel."
)
CHANNEL_UNREAD = Text(
    ":warning: Slack hasn't told me for a while who's in {channel}, so no one can join {program} that way. Rounds go "
    "on and I'll keep trying. If it lasts, tell the person who runs Weft."
)
GROUP_MISSED = Text(
    ":warning: The user group {group} was deleted or is empty. {program} uses it, so no one can join or be matched "
    "that way. Members stay in. Choose another group."
)
GROUPS_MISSED = Text(
    ":warning: The user groups {groups} were deleted or are empty. {program} uses them, so no one can join or be "
    "matched that way. Members stay in. Choose other groups."
)

# Home → Admin: the list of programs.
PROGRAMS = Label("Programs")
PROGRAM = Plural(
    "*{program}* · {channel} · {rhythm} · {count} member", "*{program}* · {channel} · {rhythm} · {count} members"
)
PROGRAM_LOST = Plural(
    "*{program}* · {channel} · {rhythm} · {count} member · channel problem",
    "*{program}* · {channel} · {rhythm} · {count} members · channel problem",
)
PROGRAM_OFF = Text("*{program}* · {channel} · {rhythm} · {state}")
STATES = {ProgramState.DRAFT: Text("draft"), ProgramState.STOPPED: Text("stopped")}
OPEN = Button("Open")
MORE_PROGRAMS = Text("And {more} more. Type a name to find any of the {total}.")
FIND_PROGRAM = Label("Find a program")
SET_UP_PROGRAM = Button("Set up program")

# A program's window.
CLOSE = Label("Close")
PAIRS = Text("*{program}* · 1:1, {minutes} min")
GROUPS_OF = Text("*{program}* · groups of {size}, {minutes} min")
PLACE = Plural("{channel} · {rhythm} · {count} member", "{channel} · {rhythm} · {count} members")
NEXT_ROUND = Text("Next round: {when}")
MATCH_ACROSS = Text("Match across: {groups}")
DAYS_OFF = Text("Days off: {days}")
NAMED_DAYS = Plural("{count} day you added", "{count} days you added")
HOLIDAYS_IN = Text("public holidays in {country}")
JOIN_BY_CHANNEL = Text("How people join: channel only")
WHO_CAN_JOIN = Text("Who can join: {groups}")
GUESTS_CAN_JOIN = Text("Guests can join")
CUSTOM_MESSAGES = Text("Custom messages: {messages}")
PROGRAM_ADMINS = Text("Program admins: {names}")
DRAFT = Text("Draft. Members can't see it yet. When you start it, everyone in the channel gets a welcome.")
STOPPED = Text("Stopped. Members and history are kept.")
START = Button("Start")
START_AGAIN = Button("Start again")
PREVIEW_MATCHES = Button("Preview matches")
EDIT = Button("Edit")
SCHEDULE_ACCESS = Button("Schedule & access")
MESSAGES = Button("Messages")
STOP = Button("Stop")
STOP_TITLE = Label("Stop this program?")
STOP_QUESTION = Label("No more rounds will run. Members keep their history, and you can start it again.")
KEEP_RUNNING = Button("Keep it running")
DELETE_DRAFT = Button("Delete draft")
DELETE_TITLE = Label("Delete this draft?")
DELETE_QUESTION = Label("No one has been notified.")
DELETE = Button("Delete")
KEEP = Button("Keep it")
DRAFT_DELETED = Text("Draft deleted.")
WEFT = Label("Weft")

# The form in which a program is set up or edited.
SET_UP_TITLE = Label("Set up program")
EDIT_TITLE = Label("Edit program")
SAVE = Button("Save")
TYPE = Label("Type")
NAME = Label("Name")
CHANNEL = Label("Channel")
CHANNEL_HINT = Label("Everyone in this channel joins automatically and can opt out any time.")
PICK_CHANNEL = Label("Choose a channel")
ACROSS = Label("Match across")
USER_GROUPS = Label("User groups")
USER_GROUPS_HINT = Label(
    "People from different groups are matched. If someone is in several, the first one (A to Z) is used."
)
PICK_USER_GROUPS = Label("Choose user groups")
GROUP_SIZE = Label("Group size")
SIZE = Label("{size} people")
GROUPS = Label("Groups")
GROUPS_HINT = Label("One per line. Everyone chooses theirs when they join.")
HOW_OFTEN = Label("How often")
WEEKLY = Label("Every week")
EVERY_OTHER_WEEK = Label("Every other week")
EVERY_FEW_WEEKS = Label("Every {weeks} weeks")
MONTHLY = Label("Every month")
WHICH_WEEK = Label("Which week")
NTH = Label("The {nth}")
DAY = Label("Day")
TIME = Label("Time")
TIME_ZONE = Label("Time zone")
TYPE_A_CITY = Label("Type a city, like Berlin")
MEETING_LENGTH = Label("Meeting length")
MINUTES = Label("{minutes} minutes")
START_DATE = Label("Start date")
START_DATE_HINT = Label("Leave blank to start on the next scheduled day.")

# Below a field of that form.
CHOOSE_ONE = Text("Choose one from the list.")
UNKNOWN_CITY = Text("I can't find that city. Type one near you, like Berlin, and choose from the list.")
NO_CHANNEL = Text("Choose a channel.")
NO_NAME = Text("Add a name people will recognize.")
NO_TIME = Text("Choose a time, like 10:00.")
HOW_MANY_GROUPS = Text("Add 2 to {most} groups, one per line.")
GROUP_NAME_TOO_LONG = Text("Use up to {most} characters for a group's name: {name}…")
TWO_USER_GROUPS = Text("Choose at least two user groups.")
TOO_MANY_GROUPS = Text("You can choose up to {most} user groups.")
NOT_A_START_DATE = Text("Choose a day from the calendar, or leave it blank.")
START_DATE_PASSED = Text("That day has passed. Choose a later one, or leave it blank.")
START_DATE_TOO_FAR = Text("That's more than three years ahead. Choose an earlier day.")
CHANNEL_TAKEN = Text("This channel already has a program, {program}. Choose another channel.")
CHANNEL_TAKEN_BY_OTHERS = Text("This channel already has a program. Choose another channel.")
CHANNEL_SHARED = Text("This channel is shared with another company. Choose one of your own.")
GROUP_DELETED = Text("One of these user groups was deleted. Remove it.")

# The form Schedule & access.
DAYS = Label("Days off")
DAYS_EXAMPLE = Label("2026-12-24 to 2027-01-01")
DAYS_HINT = Label("One day or range per line. Rounds on these days move to the next working day.")
RANGE = Label("{first} to {last}")
COUNTRY = Label("Public holidays")
TYPE_A_COUNTRY = Label("Type a country, like Germany")
HOW_PEOPLE_JOIN = Label("How people join")
JOINING = {
    Joining.ANYONE: Label("Channel, /coffee join, or Home"),
    Joining.CHANNEL: Label("Channel only"),
}
AUDIENCE = Label("Who can join")
AUDIENCE_HINT = Label("Members of these user groups. Leave blank for everyone. Current members stay.")
GUESTS = Label("Guests")
GUESTS_MAY = Label("Guests can join")
ADMINS = Label("Program admins")
ADMINS_HINT = Label("They can edit this program and get its alerts. Workspace admins always can.")

# Below a field of the form Schedule & access.
UNKNOWN_COUNTRY = Text("I can't find that country. Choose one from the list.")
TOO_MANY_DAYS = Text("That's more than {most} days. For a longer break, stop the program.")
NOT_DAYS = Text("I can't read “{words}”. Use 2026-12-24, or 2026-12-24 to 2027-01-01, one per line.")
ENDS_BEFORE = Text("“{words}” ends before it starts.")
DAYS_PASSED = Text("“{words}” has passed. Only days to come make a difference.")
DAYS_TOO_FAR = Text("“{words}” is too far or too long. Use up to {most} days, at most three years ahead.")
TOO_MANY_ADMINS = Text("You can choose up to {most} people.")
ADMINS_FROM_HERE = Text("Only people in this workspace can be program admins, not bots or guests.")

# When an admin's change can't be made.
ADMINS_ONLY = Text("Only admins can set up programs. Ask one of them.")
NO_PROGRAM = Text("That program was deleted.")
CHANGED_MEANWHILE = Text(
    "Another admin changed this while you had it open, so nothing was saved. Open it again to see the latest."
)
HAS_STARTED = Text("This program has already started, so its history stays. Use *Stop* to end it.")

# The form Messages.
MESSAGES_TITLE = Label("Messages")
YOU_CAN_USE = Label("You can use {places}.")
PREVIEW = Button("Preview")
RESET = Button("Reset")
LETTERS_AT_MOST = Text("That's {length} characters, and the limit is {most}. Please shorten it.")
PROBLEM = Text("⚠ {problem}")

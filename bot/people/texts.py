"""Texts about people: their own settings, and where admins take teams and offices from."""

from bot.core.catalog import Button, Label, Plural, Text
from storage.kinds import Attribute, Source

# Home → Settings: working hours.
WORKING_HOURS = Label("Working hours")
HOURS = Text("{days}, {starts} to {ends} ({zone})")
HOURS_PAST_MIDNIGHT = Text("{days}, {starts} to {ends} the next day ({zone})")
DAY_RANGE = Label("{first} to {last}")
WEEKDAYS = tuple(Label(day) for day in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"))
HOLIDAYS = Text("Public holidays: {country}")
NO_HOLIDAYS = Text("Public holidays: none")
HOURS_HINT = Text(
    "I send reminders and suggestions, and offer coffee times, only during these hours. A match comes when its round "
    "starts. Your time zone comes from Slack."
)
CHANGE_HOURS = Button("Change my hours")
USE_9_TO_5 = Button("Use 9 to 5")

# Home → Settings: about me.
ABOUT_ME = Label("About me")
ASK_ME_ABOUT = Text("*Ask me about:* {topics}")
INTERESTS = Text("*Interests:* {topics}")
VIDEO_LINK = Text("*Video link:* {link}")
TEAM = Text("*Team:* {team}")
TEAM_FROM = Text("*Team:* {team} ({source})")
TEAM_BEFORE_OWN = Text("*Team:* {team} ({source}, which goes before “{own}”)")
OFFICE = Text("*Office:* {office}")
OFFICE_FROM = Text("*Office:* {office} ({source})")
OFFICE_BEFORE_OWN = Text("*Office:* {office} ({source}, which goes before “{own}”)")
NOT_SET = Text("not set")
SOURCES = {
    Source.CSV: Text("from your admins"),
    Source.SLACK_PROFILE: Text("from your Slack profile"),
    Source.USER_GROUP: Text("from a user group"),
}
ABOUT_HINT = Text("People you're matched with see this. Everything is optional.")
CHANGE_ABOUT = Button("Edit my details")

# The form Working hours.
SAVE = Button("Save")
DAYS = Label("Days")
FROM = Label("From")
TO = Label("To")
TO_HINT = Label("Ends before it starts? That means the next day.")
COUNTRY = Label("Country")
COUNTRY_HINT = Label("For public holidays. Leave blank to use your time zone.")
TYPE_TO_SEARCH = Label("Type to search, like {example}")

# Below a field of the form Working hours.
CHOOSE_A_DAY = Text("Choose at least one day. For a longer break, pause your programs.")
CHOOSE_A_TIME = Text("Choose a time, like 09:00.")
DAY_LENGTH = Text("A working day can be 1 to 16 hours. It may end after midnight, like 22:00 to 06:00.")
UNKNOWN_COUNTRY = Text("I can't find that country. Choose one from the list.")

# The form About me.
ASK_LABEL = Label("Ask me about")
ASK_HINT = Label("Up to three things, separated by commas.")
INTERESTS_LABEL = Label("Interests")
INTERESTS_HINT = Label("Up to ten. I use them to find people you'll enjoy meeting.")
LINK_LABEL = Label("Video link")
LINK_HINT = Label("Your own video room. I add it once you've agreed on a time.")
TEAM_LABEL = Label("Team")
OFFICE_LABEL = Label("Office")
NOT_KNOWN_HINT = Label("I don't have this from anywhere else yet.")

# Below a field of the form About me.
KEEP_SHORT = Text("Keep each one under {most} characters, separated by commas.")
TOO_MANY = Text("You can list up to {most}. Which matter most?")
LINK_TOO_LONG = Text("That link is too long for a video room. Check that it's the right one.")
WHOLE_LINK = Text("Paste the full link, starting with https://, like https://meet.example.com/ana.")
NAME_TOO_LONG = Text("Use a name of up to {most} characters.")

# To a person whom Weft hasn't read from Slack yet.
UNKNOWN_PERSON = Text("I don't know you yet. I check for new people every day, so please try again tomorrow.")

# To a person who tries to change what only admins may, or what another admin has just changed.
ADMINS_ONLY = Text("Only admins can change this. Your own settings are in Home → Settings.")
CHANGED_MEANWHILE = Text(
    "Another admin changed this while you had it open, so nothing was saved. Open it again to see the latest."
)

# Home → Admin: out of office, and its form.
OUT_OF_OFFICE = Label("Out of office")
AWAY_EMOJI = Text("People with one of these status emoji aren't matched or messaged until it ends: {emoji}")
CHANGE_EMOJI = Button("Change emoji")
EMOJI_LABEL = Label("Status emoji")
# No colons in the hint: Slack would show the emoji instead of its name.
EMOJI_HINT = Label("Names like palm_tree or airplane, your own emoji too. Leave blank for the usual ones.")
NOT_AN_EMOJI = Text("I don't know “{emoji}”. Type its name, like palm_tree.")
TOO_MANY_EMOJI = Text("You can list up to {most} emoji.")

# Home → Admin: where teams and offices come from.
TEAM_DATA = Label("Team data")
NO_FIELDS = Text("*Profile fields:* none")
FIELDS = Text("*Profile fields:* {fields}")
FIELDS_UNREAD = Plural(
    "*Profile fields:* {fields}. {count} profile still to read",
    "*Profile fields:* {fields}. {count} profiles still to read",
)
FIELD_FROM = Text("{attribute} from “{field}”")
NO_GROUPS = Text("*User groups:* none")
GROUPS = Text("*User groups:* {groups}")
GROUPS_BY = Text("{attribute} from {groups}")
MORE_GROUPS = Text("{count} more")
PRIORITY = Text("Priority: imported file, profile fields, user groups, then what people enter.")
CHOOSE_FIELDS = Button("Choose profile fields")
CHOOSE_GROUPS = Button("Choose user groups")
SEE_CONFLICTS = Plural("See {count} conflict", "See {count} conflicts")
ATTRIBUTES = {
    Attribute.TEAM: Label("team"),
    Attribute.DEPARTMENT: Label("department"),
    Attribute.TITLE: Label("title"),
    Attribute.OFFICE: Label("office"),
    Attribute.MANAGER: Label("manager"),
    Attribute.LEVEL: Label("level"),
    Attribute.STARTED_ON: Label("start date"),
    Attribute.COUNTRY: Label("country"),
}

# Home → Admin: what's wrong with a source.
FIELDS_TROUBLES = {
    "missing_scope": Text(
        "I'm not allowed to read profile fields. Ask the person who runs Weft to add `users.profile:read` to "
        "the app in Slack and reinstall it."
    ),
}
GROUPS_TROUBLES = {
    "missing_scope": Text(
        "I'm not allowed to read user groups. Ask the person who runs Weft to add `usergroups:read` to the "
        "app in Slack and reinstall it."
    ),
    "plan_upgrade_required": Text("This workspace's Slack plan has no user groups."),
}
SOURCE_AWAY = Text("Slack isn't answering right now. Please try again in a minute.")
TROUBLE = Text(":warning: {trouble}")
FIELD_GONE = Text(":warning: The profile field “{field}” was deleted. Choose another one for {attribute}.")
FIELD_UNCLEAR = Plural(
    ":warning: In {count} profile, “{field}” isn't {expected}, so I skip it there.",
    ":warning: In {count} profiles, “{field}” isn't {expected}, so I skip it there.",
)
EXPECTED = {
    Attribute.STARTED_ON: Text("a date like 2024-05-31"),
    Attribute.LEVEL: Text("a level from 0 to 20"),
    Attribute.COUNTRY: Text("a two-letter country code"),
    Attribute.MANAGER: Text("another person here"),
}
EXPECTED_NAME = Text("a name of up to 100 characters")
GROUP_GONE = Text(":warning: The user group {group} was deleted, so it's no longer used.")

# The forms in which admins choose profile fields and user groups.
FIELDS_TITLE = Label("Profile fields")
GROUPS_TITLE = Label("User groups")
NOT_USED = Label("Not used")
FIELD_HINTS = {
    Attribute.TITLE: Label("Otherwise the title in Slack's profile."),
    Attribute.MANAGER: Label("A field that names a person, or has an email address."),
    Attribute.LEVEL: Label("A number, or words with one: L5."),
    Attribute.STARTED_ON: Label("A date."),
    Attribute.COUNTRY: Label("A two-letter code like DE, for public holidays."),
}
GROUP_HINT = Label("The group's name becomes the {attribute}.")
LEVEL_GROUP_HINT = Label("Groups with a number in their name, like Level 5.")
CHOOSE_SOME_GROUPS = Label("Choose user groups")
FIELD_DELETED = Text("That field was deleted. Choose another one, or “Not used”.")
GROUP_DELETED = Text("One of these groups was deleted. Remove it.")
TOO_MANY_GROUPS = Text("You can choose up to {most} groups.")
NO_NUMBER = Text("A level is a number from 0 to 20, and there's none in “{group}”. Remove that group.")
NO_FIELDS_IN_SLACK = Text("This workspace has no custom profile fields yet. You can add some in Slack's admin pages.")
NO_GROUPS_IN_SLACK = Text("This workspace has no user groups yet.")

# The window in which admins see where sources disagree.
CONFLICTS = Label("Data conflicts")
NO_CONFLICTS = Text("No conflicts.")
CONFLICTS_SHOWN = Text("{first} to {last} of {total}")
CONFLICT = Text("*{name}*: {attribute} is {values}. Using *{used}*.")
VALUE_FROM = Text("{value} ({source})")
VALUE_SOURCES = {
    Source.CSV: Text("imported file"),
    Source.SLACK_PROFILE: Text("profile field"),
    Source.USER_GROUP: Text("user group"),
    Source.PERSON: Text("their own entry"),
}
PREVIOUS = Button("Previous")
NEXT = Button("Next")

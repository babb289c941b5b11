"""Why someone has no match in a round."""

from bot.core.catalog import Text
from storage.kinds import AbsenceReason

# To the person themselves, after "You have no match because".
ABOUT_YOU = {
    AbsenceReason.PAUSED: Text("you're on a break"),
    AbsenceReason.SKIPPED: Text("you skipped it"),
    AbsenceReason.GONE: Text("you're no longer in this workspace"),
    AbsenceReason.UNREACHABLE: Text("Slack couldn't bring you messages"),
    AbsenceReason.AWAY: Text("your status said you were away"),
    AbsenceReason.ON_HOLIDAY: Text("you have some days off"),
    AbsenceReason.NO_CHOICE: Text("you haven't chosen your group yet"),
    AbsenceReason.NO_USER_GROUP: Text("you're in none of the user groups that meet here"),
    AbsenceReason.NO_TEAM: Text("I don't know your team yet"),
    AbsenceReason.NO_DEPARTMENT: Text("I don't know your department yet"),
    AbsenceReason.NO_OFFICE: Text("I don't know your office yet"),
    AbsenceReason.NO_ONE_FREE: Text("everyone you could meet was already matched"),
    AbsenceReason.UNKNOWN: Text("of something I no longer have on record"),
}

# To a program's admins, in the preview of a round: a reason, before the people's names.
ABOUT_THEM = {
    AbsenceReason.PAUSED: Text("on a break"),
    AbsenceReason.SKIPPED: Text("skipping this round"),
    AbsenceReason.GONE: Text("no longer in this workspace"),
    AbsenceReason.UNREACHABLE: Text("can't be reached"),
    AbsenceReason.AWAY: Text("away"),
    AbsenceReason.ON_HOLIDAY: Text("on holiday"),
    AbsenceReason.NO_CHOICE: Text("haven't chosen a group yet"),
    AbsenceReason.NO_USER_GROUP: Text("in none of the user groups"),
    AbsenceReason.NO_TEAM: Text("team not known"),
    AbsenceReason.NO_DEPARTMENT: Text("department not known"),
    AbsenceReason.NO_OFFICE: Text("office not known"),
    AbsenceReason.NO_ONE_FREE: Text("no one free to meet"),
    AbsenceReason.UNKNOWN: Text("reason kept by an older version of Weft"),
}

"""Absence reasons as text. The database stores the reason itself."""

from collections.abc import Mapping

from storage.kinds import AbsenceReason

ABOUT_YOU: Mapping[AbsenceReason, str] = {
    AbsenceReason.PAUSED: "you are taking a break",
    AbsenceReason.SKIPPED: "you chose to skip it",
    AbsenceReason.GONE: "you're no longer in this workspace",
    AbsenceReason.UNREACHABLE: "Slack could not bring you messages",
    AbsenceReason.AWAY: "your status said that you were away",
    AbsenceReason.ON_HOLIDAY: "you have holidays for some days",
    AbsenceReason.NO_CHOICE: "you have not chosen your group yet",
    AbsenceReason.NO_USER_GROUP: "people of different user groups meet here, and you are in none of them",
    AbsenceReason.NO_TEAM: "people of different teams meet here, and I don't know yours yet",
    AbsenceReason.NO_DEPARTMENT: "people of different departments meet here, and I don't know yours yet",
    AbsenceReason.NO_OFFICE: "people of different offices meet here, and I don't know yours yet",
    AbsenceReason.NO_ONE_FREE: "no one was free for you",
    AbsenceReason.UNKNOWN: "an older version of Weft kept the reason in other words",
}
ABOUT_THEM: Mapping[AbsenceReason, str] = {
    AbsenceReason.PAUSED: "taking a break",
    AbsenceReason.SKIPPED: "chose to skip it",
    AbsenceReason.GONE: "no longer in this workspace",
    AbsenceReason.UNREACHABLE: "can't be reached",
    AbsenceReason.AWAY: "away",
    AbsenceReason.ON_HOLIDAY: "on holiday",
    AbsenceReason.NO_CHOICE: "have not chosen a group yet",
    AbsenceReason.NO_USER_GROUP: "in none of the user groups",
    AbsenceReason.NO_TEAM: "I don't know their team",
    AbsenceReason.NO_DEPARTMENT: "I don't know their department",
    AbsenceReason.NO_OFFICE: "I don't know their office",
    AbsenceReason.NO_ONE_FREE: "without anyone free for them",
    AbsenceReason.UNKNOWN: "an older version of Weft kept the reason in other words",
}

"""The closed lists of words that the code and the database share."""

import enum


class DeliveryState(enum.StrEnum):
    """Where a message of the outbox stands."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    GIVEN_UP = "given_up"
    CANCELLED = "cancelled"
    PAST = "past"
    """Done so long ago that its words are gone; the key stays, so that it never happens again."""


class Deed(enum.StrEnum):
    """What is done with a message of the outbox."""

    POST = "post"
    CHANGE = "change"
    """Another message, sent already, gets these words."""
    REMOVE = "remove"
    """Another message, sent already, is taken out of its conversation."""
    SHARE = "share"
    """A file is shared right after another message, sent already, with its words."""


class Importance(enum.IntEnum):
    """Who goes first when Slack's limits make messages wait: the lowest number."""

    ANSWER = 0
    PERSONAL = 3
    ROUND = 6
    LATER = 9


class Attention(enum.StrEnum):
    """What a message takes of a person's peace."""

    ASKED_FOR = "asked_for"
    """It answers what they did, tells what they wait for, or carries what a colleague asks of them: always allowed."""
    PROGRAM = "program"
    """An introduction or a check-in of a program that they joined: counts for the day."""
    AHEAD = "ahead"
    """What a program says of the round before it begins: counts for the day, and goes before what can wait."""
    NUDGE = "nudge"
    """Nobody asked for it: counts for the day and for the week."""


class NudgeOutcome(enum.StrEnum):
    """What came of a suggestion."""

    USED = "used"
    NOT_NOW = "not_now"
    LESS = "less"
    NEVER = "never"
    IGNORED = "ignored"
    PASSED = "passed"
    """Left, but another one of the same message was not."""


class Source(enum.StrEnum):
    """Who told us an attribute of a person; the first in this order that knows it is believed."""

    CSV = "csv"
    SLACK_PROFILE = "slack_profile"
    USER_GROUP = "user_group"
    PERSON = "person"


class Attribute(enum.StrEnum):
    """What is known of a person beyond what Slack tells of everyone."""

    TEAM = "team"
    DEPARTMENT = "department"
    TITLE = "title"
    OFFICE = "office"
    MANAGER = "manager"
    LEVEL = "level"
    STARTED_ON = "started_on"
    COUNTRY = "country"


class ProgramKind(enum.StrEnum):
    """The rule for who meets whom."""

    COFFEE = "coffee"
    GROUPS = "groups"
    CROSS_GROUP = "cross_group"


class GroupedBy(enum.StrEnum):
    """What makes the groups of which people of different ones meet."""

    TEAM = "team"
    DEPARTMENT = "department"
    OFFICE = "office"
    USER_GROUP = "user_group"
    """Slack's user groups, some of which the admins chose."""
    CHOICE = "choice"
    """Each person says so themselves, out of a list that the admins wrote."""


class Joining(enum.StrEnum):
    """How people come into a program."""

    ANYONE = "anyone"
    """Through its channel, with `/coffee join`, or in Home."""
    CHANNEL = "channel"
    """Through its channel only."""


class ProgramState(enum.StrEnum):
    DRAFT = "draft"
    """Its set-up is not finished: nobody but the admins knows of it."""
    RUNNING = "running"
    STOPPED = "stopped"


class RoundState(enum.StrEnum):
    RUNNING = "running"
    CLOSED = "closed"


class MatchState(enum.StrEnum):
    PLANNED = "planned"
    MET = "met"
    CALLED_OFF = "called_off"


class AbsenceReason(enum.StrEnum):
    """Why a member has no match in a round."""

    PAUSED = "paused"
    SKIPPED = "skipped"
    GONE = "gone"
    """Not in the workspace any longer."""
    UNREACHABLE = "unreachable"
    AWAY = "away"
    """Their status said so."""
    ON_HOLIDAY = "on_holiday"
    NO_CHOICE = "no_choice"
    """In a program of groups, theirs is not known: they have not chosen one."""
    NO_USER_GROUP = "no_user_group"
    NO_TEAM = "no_team"
    NO_DEPARTMENT = "no_department"
    NO_OFFICE = "no_office"
    NO_ONE_FREE = "no_one_free"
    """They would have liked a match. Whatever the cause: a reason for each would tell who is on a private list."""
    UNKNOWN = "unknown"
    """Kept by an older version, in words that this one doesn't know."""


class Answer(enum.StrEnum):
    """What a person said of a match."""

    MET = "met"
    PLANNED = "planned"
    NOT_YET = "not_yet"
    BUSY = "busy"
    NO_REPLY = "no_reply"


class CheckIn(enum.StrEnum):
    """The two moments at which a person is asked."""

    MIDWAY = "midway"
    FINAL = "final"


class CelebrationKind(enum.StrEnum):
    SHOUTOUT = "shoutout"
    """Thanks to somebody."""
    WIN = "win"
    """Something of one's own that worked."""


class Reach(enum.StrEnum):
    """Who sees a celebration."""

    CHANNEL = "channel"
    DIGEST = "digest"
    """Everybody, but with the others of the week."""
    PRIVATE = "private"
    """Those who are thanked; of a win, nobody else."""


class CelebrationState(enum.StrEnum):
    OPEN = "open"
    WITHDRAWN = "withdrawn"
    """Its author took it back. Its words are gone; its number is never used again."""
    LOST = "lost"
    """Slack did not take the message; its author can try again."""


class Part(enum.StrEnum):
    """What somebody has to do with a celebration that they did not write themselves."""

    RECEIVER = "receiver"
    HELPER = "helper"


class ContactKind(enum.StrEnum):
    """What two people had to do with each other, besides meetings. Each is a column of counts."""

    INTRODUCTION = "introduction"
    SHOUTOUT = "shoutout"
    CONGRATULATION = "congratulation"
    HELLO = "hello"
    """In their own words, which Weft carried."""
    REPLY = "reply"
    MENTION = "mention"
    REACTION = "reaction"


class RequestState(enum.StrEnum):
    """Where a request to be introduced stands."""

    CONNECTOR_ASKED = "connector_asked"
    TARGET_ASKED = "target_asked"
    INTRODUCED = "introduced"
    DECLINED = "declined"
    """Somebody said no; the one who asked does not learn of it before it would have lapsed, and then not who."""
    ENDED = "ended"


class MetThrough(enum.StrEnum):
    """What brought a meeting about."""

    PROGRAM = "program"
    NOW = "now"


class NowState(enum.StrEnum):
    """How far the search for a coffee now has come."""

    LOOKING = "looking"
    FOUND = "found"
    NOBODY = "nobody"
    CANCELLED = "cancelled"

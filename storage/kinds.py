"""Enums shared by the code and the database."""

import enum


class DeliveryState(enum.StrEnum):
    """State of an outbox message."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    GIVEN_UP = "given_up"
    CANCELLED = "cancelled"
    PAST = "past"
    """Sent long ago and emptied. The key stays for deduplication."""


class Deed(enum.StrEnum):
    """Operation of an outbox message."""

    POST = "post"
    CHANGE = "change"
    """Replace the text of another message, already sent."""
    REMOVE = "remove"
    """Delete another message, already sent."""
    SHARE = "share"
    """Share a file after another message, already sent, in its conversation."""


class Importance(enum.IntEnum):
    """Priority when rate limits delay messages; lowest first."""

    ANSWER = 0
    PERSONAL = 3
    ROUND = 6
    LATER = 9


class Attention(enum.StrEnum):
    """The quota of its recipient that a message counts against."""

    ASKED_FOR = "asked_for"
    """No quota: it answers them, was awaited, or carries a colleague's request."""
    PROGRAM = "program"
    """The daily quota: an introduction or check-in of a program that they joined."""
    AHEAD = "ahead"
    """The daily quota, before messages that can wait: what programs say of their next rounds."""
    NUDGE = "nudge"
    """The daily and the weekly quota: it is unsolicited."""


class NudgeOutcome(enum.StrEnum):
    """Outcome of a nudge."""

    USED = "used"
    NOT_NOW = "not_now"
    LESS = "less"
    NEVER = "never"
    IGNORED = "ignored"
    PASSED = "passed"
    """Left unanswered, but another one in the same message was answered."""


class Source(enum.StrEnum):
    """Source of an attribute, in order of precedence."""

    CSV = "csv"
    SLACK_PROFILE = "slack_profile"
    USER_GROUP = "user_group"
    PERSON = "person"


class Attribute(enum.StrEnum):
    """Attributes of a person beyond those of every Slack profile."""

    TEAM = "team"
    DEPARTMENT = "department"
    TITLE = "title"
    OFFICE = "office"
    MANAGER = "manager"
    LEVEL = "level"
    STARTED_ON = "started_on"
    COUNTRY = "country"


class ProgramKind(enum.StrEnum):
    """Rule for which people meet."""

    COFFEE = "coffee"
    GROUPS = "groups"
    CROSS_GROUP = "cross_group"


class GroupedBy(enum.StrEnum):
    """How a program forms its groups; people of different groups meet."""

    TEAM = "team"
    DEPARTMENT = "department"
    OFFICE = "office"
    USER_GROUP = "user_group"
    """Slack user groups chosen by the admins."""
    CHOICE = "choice"
    """Each person picks a group from the admins' list."""


class Joining(enum.StrEnum):
    """Ways into a program."""

    ANYONE = "anyone"
    """Through its channel, `/coffee join` or Home."""
    CHANNEL = "channel"
    """Through its channel only."""


class ProgramState(enum.StrEnum):
    DRAFT = "draft"
    """Its setup is unfinished: only admins see it."""
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
    """No longer in the workspace."""
    UNREACHABLE = "unreachable"
    AWAY = "away"
    """Their status says so."""
    ON_HOLIDAY = "on_holiday"
    NO_CHOICE = "no_choice"
    """No group picked yet."""
    NO_USER_GROUP = "no_user_group"
    NO_TEAM = "no_team"
    NO_DEPARTMENT = "no_department"
    NO_OFFICE = "no_office"
    NO_ONE_FREE = "no_one_free"
    """No match was found. One value for all causes, as the cause could reveal a private list."""
    UNKNOWN = "unknown"
    """Saved by an older version, with a value this one doesn't know."""


class Answer(enum.StrEnum):
    """A person's answer about a match."""

    MET = "met"
    PLANNED = "planned"
    NOT_YET = "not_yet"
    BUSY = "busy"
    NO_REPLY = "no_reply"


class CheckIn(enum.StrEnum):
    """The two check-ins of a round."""

    MIDWAY = "midway"
    FINAL = "final"


class CelebrationKind(enum.StrEnum):
    SHOUTOUT = "shoutout"
    """Thanks to someone."""
    WIN = "win"
    """An achievement of the author's own."""


class Reach(enum.StrEnum):
    """Visibility of a celebration."""

    CHANNEL = "channel"
    DIGEST = "digest"
    """Everyone, in the week's digest."""
    PRIVATE = "private"
    """The people thanked; for a win, only its author."""


class CelebrationState(enum.StrEnum):
    OPEN = "open"
    WITHDRAWN = "withdrawn"
    """Deleted by its author. The row stays without text, so that its id is not reused."""
    LOST = "lost"
    """Slack refused the message; the author can try again."""


class Part(enum.StrEnum):
    """Role of someone in a celebration by another person."""

    RECEIVER = "receiver"
    HELPER = "helper"


class ContactKind(enum.StrEnum):
    """Type of contact besides meetings. Each is a column of counts."""

    INTRODUCTION = "introduction"
    SHOUTOUT = "shoutout"
    CONGRATULATION = "congratulation"
    HELLO = "hello"
    """A message in their own words, sent through Weft."""
    REPLY = "reply"
    MENTION = "mention"
    REACTION = "reaction"


class RequestState(enum.StrEnum):
    """State of a request for an introduction."""

    CONNECTOR_ASKED = "connector_asked"
    TARGET_ASKED = "target_asked"
    INTRODUCED = "introduced"
    DECLINED = "declined"
    """Connector or target said no. The asker is told at `ends_at` that it failed, without who said no."""
    ENDED = "ended"


class MetThrough(enum.StrEnum):
    """How a meeting came about."""

    PROGRAM = "program"
    NOW = "now"


class MessageKind(enum.StrEnum):
    """What a message is about, where it is asked for later, or someone acts on what became of it."""

    OTHER = "other"
    AHEAD = "ahead"
    HEADS_UP = "heads_up"
    STAY_QUESTION = "stay_question"
    BREAK = "break"
    WELCOME = "welcome"
    INTRODUCTION = "introduction"
    NEW_TIMES = "new_times"
    TIME_AGREED = "time_agreed"
    TIME_CANCELED = "time_canceled"
    WRITTEN = "written"
    PARTNER_GONE = "partner_gone"
    COFFEE_NOW = "coffee_now"
    LEARNED_LINE = "learned_line"
    CELEBRATION = "celebration"
    CELEBRATION_PRIVATE = "celebration_private"
    CONGRATULATION = "congratulation"
    DIGEST = "digest"
    DAYS = "days"
    NETWORK = "network"
    COUNTING_BEGINS = "counting_begins"


class NowState(enum.StrEnum):
    """State of a search for a coffee now."""

    LOOKING = "looking"
    FOUND = "found"
    NO_ONE = "nobody"
    CANCELLED = "cancelled"

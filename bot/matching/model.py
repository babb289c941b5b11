"""What goes into a matching and what comes out: plain values, no Slack, no database, no clock of our own."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from time import monotonic

from bot.matching.history import History

WEIGHTS_VERSION = 2
"""Goes up whenever the same request may be weighed differently: a stored round names the version it was made with."""
LARGEST = 8
"""People in one group."""


class InvalidRequest(ValueError):
    """The request contradicts itself; `field` names the place, the sentence says what is wrong there."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(f"{field}: {sentence}")
        self.field = field


class Kind(StrEnum):
    PAIRS = "pairs"
    """Two by two; one group of three when the number is odd."""
    GROUPS = "groups"
    """Groups of `size` (3 to 8), sizes differing by one at most."""
    CROSS_GROUP = "cross-group"
    """As pairs or groups (by `size`), and nobody meets a person of the same chosen `group`."""
    ROLES = "roles"
    """One to one between hosts (mentors) and guests (mentees); a host is in up to `capacity` matches."""
    HOST = "host"
    """One host (a leader) and up to `capacity` guests together in one match."""


class Role(StrEnum):
    MENTOR = "mentor"
    MENTEE = "mentee"
    LEADER = "leader"
    HOST = "host"
    GUEST = "guest"

    @property
    def hosts(self) -> bool:
        return self in {Role.MENTOR, Role.LEADER, Role.HOST}


class Why(StrEnum):
    """Why somebody has nobody to meet this time. Never says who blocked whom."""

    NOBODY_ELSE = "nobody_else"
    """No one else takes part."""
    NOBODY_ALLOWED = "nobody_allowed"
    """The rules leave no one whom they could meet."""
    ALL_TAKEN = "all_taken"
    NO_SEAT = "no_seat"
    """All hosts are full."""
    NO_GUEST = "no_guest"
    """A host for whom no guest is left."""


@dataclass(frozen=True, slots=True)
class Participant:
    """A person in a round. Whatever is unknown stays `None` or empty and neither counts for nor against."""

    person_id: str
    team: str | None = None
    department: str | None = None
    office: str | None = None
    level: int | None = None
    """1 is the most junior."""
    working_hours: tuple[tuple[int, int], ...] | None = None
    """One working day as half-open intervals in UTC minutes, each 0 <= start < 1440 and start < end <= start + 1440;
    an end beyond 1440 wraps past midnight. `None`: unknown."""
    topics: Collection[str] = ()
    wanted_teams: Collection[str] = ()
    """Teams of which this person wishes to meet somebody. That they do is no reason that is told."""
    channels: Collection[str] = ()
    """Informative channels only: the caller leaves out the huge and the default ones."""
    trios: int = 0
    """Groups of three this person has already sat in while others sat in pairs."""
    left_out: int = 0
    """Rounds in a row without a match: comes first."""
    seats_had: int = 0
    """Seats already had with a host of this program: fewer come first where seats are short."""
    met_senior: bool = False
    """Has met somebody senior outside of the history given."""
    group: str | None = None
    """The chosen group in a cross-group program."""
    role: Role | None = None
    capacity: int = 1
    """Seats a host offers."""


def hosts(person: Participant) -> bool:
    return person.role is not None and person.role.hosts


@dataclass(frozen=True, slots=True)
class Wishes:
    """Points for each soft wish (tier 5). They add up to 2,000 at most, so that a team is never bought with them."""

    hours: int = 260
    """Working hours in common, saturating at 3 hours."""
    short_hours: int = 500
    """Taken off in full without any common hour, fading to nothing at 2 hours."""
    channels: int = 140
    contacts: int = 140
    in_touch: int = 100
    """Taken off if the two are in touch anyway."""
    department: int = 160
    office: int = 90
    level: int = 80
    senior: int = 60
    topics: int = 70
    wanted_team: int = 400
    """One of the two wishes to meet somebody of the other's team: more than all but few hours in common."""
    junior_to: int = 2
    senior_from: int = 5

    @property
    def most(self) -> int:
        """Points of a pair all of whose wishes are met, but for a team that somebody asked for: few do."""
        return (
            self.hours + self.channels + self.contacts + self.department + self.office
            + self.level + self.senior + self.topics
        )  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Request:
    """Everything a matching depends on. The same request gives the same result, whatever the order of its people."""

    people: tuple[Participant, ...]
    kind: Kind = Kind.PAIRS
    size: int = 2
    """People in a group; 2 for pairs, 3 to 8 for groups, 2 to 8 for cross-group."""
    blocks: Collection[tuple[str, str]] = ()
    """Pairs who must not meet, in either direction."""
    history: History = field(default_factory=History)
    absent: Collection[str] = ()
    """People whom history and blocks may name although they don't take part."""
    wishes: Wishes = field(default_factory=Wishes)
    seed: int = 0
    passes: int | None = None
    """How often large companies are improved; `None`: as often as it pays."""
    time_limit: float | None = None
    """Seconds; looked at between blocks only. Where it strikes, the result is still complete, but not replayable."""
    certify: bool = False
    """Prove a bound for more than 3,000 people too, however long it takes."""
    timer: Callable[[], float] = monotonic


class TermKind(StrEnum):
    NOT_MET = "not_met"
    MET_BEFORE = "met_before"
    TEAMS = "teams"
    SAME_TEAM = "same_team"
    DEPARTMENTS = "departments"
    OFFICES = "offices"
    HOURS = "hours"
    CHANNELS = "channels"
    CONTACTS = "contacts"
    LEVELS = "levels"
    SENIOR = "senior"
    TOPICS = "topics"


@dataclass(frozen=True, slots=True)
class Term:
    """One reason for a match. `points` is what it added to (or took from) the value, summed over the pairs in it."""

    kind: TermKind
    points: int
    names: tuple[str, ...] = ()
    """Teams, departments, offices or topics."""
    count: int = 0
    """Meetings, channels, contacts, levels, or minutes of common working time."""
    people: int = 2


@dataclass(frozen=True, slots=True)
class Group:
    """People who are to meet: in the order of their ids, a host first."""

    members: tuple[str, ...]
    value: int
    terms: tuple[Term, ...] = ()
    host: str | None = None


@dataclass(frozen=True, slots=True)
class Alone:
    person_id: str
    reason: Why


@dataclass(frozen=True)
class Result:
    groups: tuple[Group, ...]
    alone: tuple[Alone, ...]
    value: int
    """Sum of the values of all groups."""
    bound: int
    """No other arrangement that leaves as few people alone is worth more than this: proven, not estimated."""
    wishes_met: float
    """Share of the soft points that would be there if every pair met every wish, 0 to 1."""
    same_team_groups: int
    repeats: int
    """Groups in which two people have met before."""
    seed: int
    weights_version: int
    passes: int
    seconds: float = field(default=0.0, compare=False)

    @property
    def gap_ppm(self) -> float:
        """How far the value may be from the best, in millionths of it; 0 is proven optimal."""
        return (self.bound - self.value) * 1e6 / abs(self.bound) if self.bound != self.value else 0.0

    @property
    def proven_optimal(self) -> bool:
        return self.bound == self.value

    @cached_property
    def match_of(self) -> dict[str, tuple[Group, ...]]:
        found: dict[str, tuple[Group, ...]] = {}
        for group in self.groups:
            for person_id in group.members:
                found[person_id] = (*found.get(person_id, ()), group)
        return found

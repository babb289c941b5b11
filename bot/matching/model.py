"""What goes into a matching and what comes out: plain values, no Slack, no database, no clock of our own."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.matching.history import History

WEIGHTS_VERSION = 4
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
    """Pairs or groups (by `size`), in which no two people are of the same chosen `group`."""
    ROLES = "roles"
    """One to one between people who offer `seats` (mentors) and people who offer none: each seat is a match."""


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
    """Teams this person wishes to meet a member of. It is never shown as a reason."""
    trios: int = 0
    """Groups of three this person has already sat in while others sat in pairs."""
    left_out: int = 0
    """Rounds in a row without a match: comes first."""
    group: str | None = None
    """The chosen group in a cross-group program."""
    seats: int = 0
    """Number of people they would meet one by one, where some offer and others look for it."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """Points for each soft wish (tier 5). They add up to 2,000 at most, so that a team is never bought with them."""

    hours: int = 260
    """Working hours in common, saturating at 3 hours."""
    short_hours: int = 500
    """Taken off in full without any common hour, fading to nothing at 2 hours."""
    contacts: int = 140
    in_touch: int = 100
    """Taken off if the two are in touch anyway."""
    department: int = 160
    office: int = 90
    level: int = 80
    senior: int = 60
    topics: int = 70
    bridge: int = 400
    """The two teams are not in touch yet."""
    reach: int = 200
    """For each of the two who knows no one on the other's team."""
    far: int = 250
    """No ways of three steps join the two."""
    wanted_team: int = 700
    """One of the two wishes to meet a member of the other's team: more than all but few hours in common."""
    junior_to: int = 2
    senior_from: int = 5

    @property
    def most(self) -> int:
        """Points of a pair whose wishes are all met, except for a requested team: few people request one."""
        return (
            self.hours + self.contacts + self.department + self.office
            + self.level + self.senior + self.topics + self.bridge + 2 * self.reach + self.far
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
    absent: Mapping[str, str | None] = field(default_factory=dict)
    """People that history and blocks may name although they don't take part, and their teams."""
    is_history_whole: bool = True
    """Whether it is everyone's. Otherwise no coffee is called the first between two teams."""
    wishes: Wishes = field(default_factory=Wishes)
    seed: int = 0


class TermKind(StrEnum):
    FIRST_COFFEE = "first_coffee"
    """No one on the one team has had a coffee with anyone on the other."""
    NOT_MET = "not_met"
    MET_BEFORE = "met_before"
    TEAMS = "teams"
    SAME_TEAM = "same_team"
    DEPARTMENTS = "departments"
    OFFICES = "offices"
    HOURS = "hours"
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
    """Meetings, contacts, levels, or minutes of common working time."""
    people: int = 2


@dataclass(frozen=True, slots=True)
class Group:
    """People who are to meet, in the order of their ids."""

    members: tuple[str, ...]
    value: int
    terms: tuple[Term, ...] = ()


@dataclass(frozen=True)
class Result:
    groups: tuple[Group, ...]
    alone: tuple[str, ...]
    """Ids of people without a match."""
    value: int
    """Sum of the values of all groups."""
    bound: int
    """No other arrangement that leaves as few people alone is worth more than this: proven, not estimated."""
    wishes_met: float
    """Share of the soft points that would be there if every pair met every wish, 0 to 1."""
    connected: float | None = None
    """Share of pairs of teams that had a coffee before, 0 to 1: of teams of five and more, if there are enough."""
    seconds: float = field(default=0.0, compare=False)

    @property
    def gap_ppm(self) -> float:
        """How far the value may be from the best, in millionths of it; 0 is proven optimal."""
        return (self.bound - self.value) * 1e6 / abs(self.bound) if self.bound != self.value else 0.0

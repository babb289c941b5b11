"""Which suggestions are worth somebody's attention, and how a kind wins or loses it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import isfinite
from zlib import crc32

from bot.core.calendar import is_working_day

MOST_IN_MESSAGE = 3
STOPS_AFTER = 3
"""A kind that was ignored so often in a row stops by itself."""
IGNORED_AFTER = timedelta(days=3)
"""Whoever has not answered by then will not."""
LONGEST_REST = timedelta(days=120)
HALF_A_DAY = timedelta(hours=12)
"""Rests are counted in days: whoever got the last one at ten may get the next one at nine."""

LEAST = 0.2
WORTH_A_MESSAGE = (0.2, 0.5, 0.75)
"""What the best suggestion must be worth after none, one or two nudges in seven days: what is left gets dearer."""

SETTLING_IN = 5
"""Working days: what somebody reads of Weft first is what they came for, not what Weft would like them to do."""
SHARE, FEW = 4, 5
"""Of those who are thought about together every fourth may get something that can wait, or at least so many people."""
CANT_WAIT = timedelta(days=3)
"""What ends this soon would be lost over a weekend."""

EACH_IGNORED, EACH_USED, MOST_USED, EACH_SAID = 0.75, 0.05, 1.25, 0.15


@dataclass(frozen=True, slots=True)
class Taste:
    """What a person makes of one kind."""

    is_on: bool = True
    ignored: int = 0
    used: int = 0
    less: int = 0
    last_at: datetime | None = None

    @property
    def has_stopped(self) -> bool:
        return self.ignored >= STOPS_AFTER

    @property
    def is_wanted(self) -> bool:
        return self.is_on and not self.has_stopped

    @property
    def is_last_chance(self) -> bool:
        return self.ignored == STOPS_AFTER - 1


@dataclass(frozen=True, slots=True)
class Candidate:
    """A suggestion as the choice sees it: its kind, what it is worth to this person, and where it stands in a list."""

    kind: str
    worth: float
    index: int
    people: frozenset[str] = frozenset()
    """Whom it is about."""

    def goes_with(self, other: "Candidate") -> bool:
        """Of a kind one is enough, and so it is about a person: two could contradict each other."""
        return self.kind != other.kind and not self.people & other.people


def is_rested(taste: Taste, rest: timedelta, now: datetime) -> bool:
    """Each one ignored, and each *Less of this*, doubles how long a kind rests."""
    if taste.last_at is None:
        return True
    longer: timedelta = rest * 2 ** min(taste.ignored + taste.less, 10)
    return now - taste.last_at >= min(longer, max(LONGEST_REST, rest)) - HALF_A_DAY


def worth(value: float, taste: Taste, times_said: int) -> float:
    """Used kinds are worth a little more, ignored ones less; a kind that has spoken lately lets others speak."""
    value = min(max(value, 0.0), 1.0) if isfinite(value) else 0.0
    liked = min(1 + EACH_USED * taste.used, MOST_USED)
    return float(value * EACH_IGNORED**taste.ignored * liked / (1 + EACH_SAID * times_said))


def choose(candidates: Sequence[Candidate], nudges_this_week: int) -> list[Candidate]:
    """What is worth a message now, with what can go into the same one: of each kind and about each person the best."""
    if nudges_this_week >= len(WORTH_A_MESSAGE):
        return []
    chosen: list[Candidate] = []
    for one in sorted(candidates, key=lambda one: (-one.worth, one.kind, one.index, sorted(one.people))):
        if len(chosen) < MOST_IN_MESSAGE and one.worth >= LEAST and all(map(one.goes_with, chosen)):
            chosen.append(one)
    return chosen if chosen and chosen[0].worth >= WORTH_A_MESSAGE[nudges_this_week] else []


def is_wanted_now(local: datetime, days: str, from_hour: int | None, until_hour: int | None) -> bool:
    """By the days and hours that the person chose."""
    hour = local.hour
    return str(local.weekday()) in days and (from_hour or 0) <= hour < (until_hour or 24)


def has_settled_in(known_on: date | None, today: date) -> bool:
    """A working week after Weft first heard of them; nobody knows since when: long ago."""
    if known_on is None or (today - known_on).days > 2 * SETTLING_IN:
        return True
    days = (known_on + timedelta(days=number) for number in range((today - known_on).days))
    return sum(map(is_working_day, days)) >= SETTLING_IN


def whose_turn(worth: Mapping[str, float], asked: int, day: date) -> set[str]:
    """Of those for whom something can wait: who hears of it today. The others come on the next days, so that no day
    on which much begins (the first ones, a new kind, teams that become known) is a day of nudges for everybody.
    """
    ordered = sorted(worth, key=lambda one: (-worth[one], crc32(f"{one}:{day}".encode())))
    return set(ordered[: max(FEW, asked // SHARE)])

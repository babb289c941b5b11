"""Rules for choosing nudges: their worth, how reactions change it, cooldowns and limits. Pure functions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import isfinite
from zlib import crc32

from bot.core.calendar import is_working_day

MOST_IN_MESSAGE = 3
STOPS_AFTER = 3
"""A type ignored this many times in a row stops."""
IGNORED_AFTER = timedelta(days=3)
"""After this long without an answer, a nudge counts as ignored."""
LONGEST_REST = timedelta(days=120)
HALF_A_DAY = timedelta(hours=12)
"""Tolerance, because cooldowns are counted in days: after one at ten, the next may come at nine."""

LEAST = 0.2
WORTH_A_MESSAGE = (0.2, 0.5, 0.75)
"""Minimum worth of the best suggestion after 0, 1 and 2 nudges in seven days: the threshold rises as quota runs out."""

SETTLING_IN = 5
"""In working days. A person's first messages from Weft are what they signed up for, not suggestions."""
SHARE, FEW = 4, 5
"""One in SHARE people of a batch, or FEW if more, may get nudges that can wait."""
CANT_WAIT = timedelta(days=3)
"""Suggestions that expire this soon can't wait: a weekend could be in between."""

EACH_IGNORED, EACH_USED, MOST_USED, EACH_SAID = 0.75, 0.05, 1.25, 0.15


@dataclass(frozen=True, slots=True)
class Preference:
    """A person's preference for one type of nudge, and how they reacted to it."""

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
    """A suggestion to choose from: its type, its worth to this person, and its index in the list."""

    kind: str
    worth: float
    index: int
    people: frozenset[str] = frozenset()
    """Ids of the people it is about."""

    def goes_with(self, other: "Candidate") -> bool:
        """Return whether both fit into one message: different types, different people, as two could contradict."""
        return self.kind != other.kind and not self.people & other.people


def is_rested(taste: Preference, rest: timedelta, now: datetime) -> bool:
    """Return whether the cooldown has passed. Each one ignored and each *Less of this* doubles it."""
    if taste.last_at is None:
        return True
    longer: timedelta = rest * 2 ** min(taste.ignored + taste.less, 10)
    return now - taste.last_at >= min(longer, max(LONGEST_REST, rest)) - HALF_A_DAY


def worth(value: float, taste: Preference, times_said: int) -> float:
    """Return a suggestion's worth: higher for types used, lower for types ignored or sent often lately."""
    value = min(max(value, 0.0), 1.0) if isfinite(value) else 0.0
    liked = min(1 + EACH_USED * taste.used, MOST_USED)
    return float(value * EACH_IGNORED**taste.ignored * liked / (1 + EACH_SAID * times_said))


def choose(candidates: Sequence[Candidate], nudges_this_week: int) -> list[Candidate]:
    """Return the suggestions for one message, best first, none of the same type or person. Empty if not worth it."""
    if nudges_this_week >= len(WORTH_A_MESSAGE):
        return []
    chosen: list[Candidate] = []
    for one in sorted(candidates, key=lambda one: (-one.worth, one.kind, one.index, sorted(one.people))):
        if len(chosen) < MOST_IN_MESSAGE and one.worth >= LEAST and all(map(one.goes_with, chosen)):
            chosen.append(one)
    return chosen if chosen and chosen[0].worth >= WORTH_A_MESSAGE[nudges_this_week] else []


def is_wanted_now(local: datetime, days: str, from_hour: int | None, until_hour: int | None) -> bool:
    """Return whether the local time is within the days and hours that the person chose."""
    hour = local.hour
    return str(local.weekday()) in days and (from_hour or 0) <= hour < (until_hour or 24)


def has_settled_in(known_on: date | None, today: date) -> bool:
    """Return whether a working week has passed since Weft first saw them. None means long ago."""
    if known_on is None or (today - known_on).days > 2 * SETTLING_IN:
        return True
    days = (known_on + timedelta(days=number) for number in range((today - known_on).days))
    return sum(map(is_working_day, days)) >= SETTLING_IN


def whose_turn(worth: Mapping[str, float], asked: int, day: date) -> set[str]:
    """Return who gets a nudge today of those whose nudges can wait, best first. The others come on the next days, so
    that a launch, a new type or newly known teams don't make one day a day of nudges for the whole company.
    """
    ordered = sorted(worth, key=lambda one: (-worth[one], crc32(f"{one}:{day}".encode())))
    return set(ordered[: max(FEW, asked // SHARE)])

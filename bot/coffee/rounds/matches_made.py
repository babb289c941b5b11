"""Results of a matching, in the bot's terms."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from itertools import combinations

from storage.kinds import AbsenceReason

LEAST_COUNTED = 5
"""Minimum for totals: smaller ones would reveal individuals."""


@dataclass(frozen=True, slots=True)
class Group:
    people: tuple[str, ...]
    why: str
    unmet: tuple[str, ...] = ()
    """Types of unmet preferences, in the matching's terms."""
    why_for_admins: str = ""
    """Reasons without those that only the people themselves may know."""
    is_first_coffee: bool = False
    """Whether it is the first between two teams."""


@dataclass(frozen=True, slots=True)
class Quality:
    """Value of a matching and the upper bound for any, as of the people first matched."""

    value: int = 0
    bound: int = 0
    wishes_met: float = 0.0
    gap_ppm: float = 0.0
    seconds: float = 0.0
    weights_version: int = 0
    connected: float | None = None
    """Share of pairs of teams that had a coffee before; None where too few would be counted."""


@dataclass(frozen=True, slots=True)
class Matching:
    groups: tuple[Group, ...]
    seed: int
    alone: Mapping[str, AbsenceReason] = field(default_factory=dict)
    """Why people have no match, by id."""
    quality: Quality = field(default_factory=Quality)

    @property
    def tellable_first_coffees(self) -> int | None:
        """Number of first coffees between two teams, or None if it would tell too much of single matches."""
        first = sum(group.is_first_coffee for group in self.groups)
        return first if min(first, len(self.groups) - first) >= LEAST_COUNTED else None

    def with_more(self, more: "Matching") -> "Matching":
        """Merge with matches of people who were alone in this one."""
        seated = {person_id for group in more.groups for person_id in group.people}
        alone = {one: why for one, why in {**self.alone, **more.alone}.items() if one not in seated}
        return replace(self, groups=self.groups + more.groups, alone=alone)

    def without(self, gone: Collection[str]) -> "Matching":
        """Return it without these people. A person left alone gets priority next time."""
        if not gone:
            return self
        smaller = [replace(group, people=tuple(p for p in group.people if p not in gone)) for group in self.groups]
        left = {group.people[0]: AbsenceReason.NO_ONE_FREE for group in smaller if len(group.people) == 1}
        alone = {person_id: why for person_id, why in {**self.alone, **left}.items() if person_id not in gone}
        return replace(self, groups=tuple(group for group in smaller if len(group.people) > 1), alone=alone)

    def parted(self, apart: Collection[tuple[str, str]]) -> "Matching":
        """Return it without matches that contain a blocked pair."""
        wishes = {frozenset(pair) for pair in apart}
        broken = [
            group for group in self.groups if not wishes.isdisjoint(map(frozenset, combinations(group.people, 2)))
        ]
        left = {person_id: AbsenceReason.NO_ONE_FREE for group in broken for person_id in group.people}
        kept = tuple(group for group in self.groups if group not in broken)
        return replace(self, groups=kept, alone={**self.alone, **left}) if broken else self


def empty_matching() -> Matching:
    return Matching((), 0)

"""What a matching answers, in our words."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from itertools import combinations

from storage.kinds import AbsenceReason


@dataclass(frozen=True, slots=True)
class Group:
    people: tuple[str, ...]
    why: str
    unmet: tuple[str, ...] = ()
    """The kinds of wishes that could not be met in it, as the matching names them."""
    why_for_admins: str = ""
    """Without what only the people themselves know of each other."""


@dataclass(frozen=True, slots=True)
class Quality:
    """How good a matching is, and how good any could have been, of those it was made for at first."""

    value: int = 0
    bound: int = 0
    wishes_met: float = 0.0
    gap_ppm: float = 0.0
    seconds: float = 0.0
    weights_version: int = 0


@dataclass(frozen=True, slots=True)
class Matched:
    groups: tuple[Group, ...]
    seed: int
    alone: Mapping[str, AbsenceReason] = field(default_factory=dict)
    """Who has nobody to meet, and why."""
    quality: Quality = field(default_factory=Quality)

    def with_more(self, more: "Matched") -> "Matched":
        """Both, where the others had nobody to meet in this one."""
        seated = {person_id for group in more.groups for person_id in group.people}
        alone = {one: why for one, why in {**self.alone, **more.alone}.items() if one not in seated}
        return replace(self, groups=self.groups + more.groups, alone=alone)

    def without(self, gone: Collection[str]) -> "Matched":
        """Whoever has nobody left to meet is alone, and comes first next time."""
        if not gone:
            return self
        smaller = [replace(group, people=tuple(p for p in group.people if p not in gone)) for group in self.groups]
        left = {group.people[0]: AbsenceReason.NO_ONE_FREE for group in smaller if len(group.people) == 1}
        alone = {person_id: why for person_id, why in {**self.alone, **left}.items() if person_id not in gone}
        return replace(self, groups=tuple(group for group in smaller if len(group.people) > 1), alone=alone)

    def parted(self, apart: Collection[tuple[str, str]]) -> "Matched":
        """Without the groups in which two would sit together who are to be kept apart."""
        wishes = {frozenset(pair) for pair in apart}
        broken = [
            group for group in self.groups if not wishes.isdisjoint(map(frozenset, combinations(group.people, 2)))
        ]
        left = {person_id: AbsenceReason.NO_ONE_FREE for group in broken for person_id in group.people}
        kept = tuple(group for group in self.groups if group not in broken)
        return replace(self, groups=kept, alone={**self.alone, **left}) if broken else self


def nobody() -> Matched:
    return Matched((), 0)

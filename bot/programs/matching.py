"""Who meets whom in a round: the people as the matching sees them, and its answer in our words."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.core.work import Work
from storage import connections
from storage.people import Person
from storage.programs import Program


@dataclass(frozen=True, slots=True)
class Group:
    people: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Matched:
    groups: tuple[Group, ...]
    seed: int
    alone: Mapping[str, str] = field(default_factory=dict)
    """Who has nobody to meet, and why, as it will be told to them."""


def nobody(seed: int) -> Matched:
    return Matched((), seed)


def match_up(work: Work, program: Program, present: Mapping[str, Person], seed: int) -> Matched:
    met: dict[frozenset[str], int] = {}
    for a, b, _ in connections.pairs_met(work.session, workspace_id=work.workspace_id):
        met[frozenset((a, b))] = met.get(frozenset((a, b)), 0) + 1
    waiting = sorted(present)
    random.Random(seed).shuffle(waiting)  # noqa: S311
    groups: list[tuple[str, ...]] = []
    while len(waiting) > 1:
        first = waiting.pop()
        partner = min(
            waiting,
            key=lambda other: (met.get(frozenset((first, other)), 0), present[first].team == present[other].team),
        )
        waiting.remove(partner)
        groups.append((first, partner))
    alone = {}
    if waiting and groups:
        groups[-1] += (waiting.pop(),)
    elif waiting:
        alone[waiting[0]] = "nobody else takes part this time"
    return Matched(tuple(Group(g, "you have not met yet") for g in groups), seed, alone)

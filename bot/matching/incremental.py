"""One late joiner, or one person who can't come after all: one match changes, all others stay as announced."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from bot.matching.checks import check
from bot.matching.engine import result
from bot.matching.found import Found, Members
from bot.matching.model import LARGEST, Kind, Participant, Request, Result, hosts
from bot.matching.table import Table, tabulate
from bot.matching.weights import FORBIDDEN, pair_weights


def add_late_joiner(before: Result, request: Request, joiner: Participant) -> Result | None:
    """The result with the joiner in it: with somebody who is alone, else in the match where it costs least.

    `request` is the one that led to `before`. `None` if no match is open to them: they wait for the next round.
    """
    after = replace(request, people=(*request.people, joiner))
    check(after)
    t = tabulate(after)
    groups, alone, me = places(t, before), alone_places(t, before), place_of(t)[joiner.person_id]
    changed = placed(t, request, groups, alone, me)
    return changed and result(after, t, Found(*changed, None, before.passes), 0.0)


def replace_person(before: Result, request: Request, gone: str) -> Result:
    """The result without `gone`. Whoever would be left with nobody meets somebody alone, or joins the match where it
    costs least; where neither is possible, they are alone with the reason."""
    after = replace(
        request,
        people=tuple(p for p in request.people if p.person_id != gone),
        absent=(*request.absent, gone),
    )
    check(after)
    t = tabulate(after)
    number = place_of(t)
    remaining = [tuple(number[m] for m in g.members if m != gone) for g in before.groups]
    groups = [members for members in remaining if len(members) > 1]
    alone = [number[a.person_id] for a in before.alone if a.person_id != gone]
    taken = {person for members in groups for person in members}
    for person in sorted({m[0] for m in remaining if len(m) == 1} - taken):
        changed = placed(t, request, groups, alone, person)
        groups, alone = changed or (groups, [*alone, person])
    return result(after, t, Found(groups, alone, None, before.passes), 0.0)


def placed(
    t: Table, request: Request, groups: list[Members], alone: list[int], me: int
) -> tuple[list[Members], list[int]] | None:
    """With the best of those alone, else in the best open match; smaller ones first, and by turns."""
    partner = best_of(t, [(other,) for other in alone], me, request)
    if partner is not None:
        return [*groups, (alone[partner], me)], [other for k, other in enumerate(alone) if k != partner]
    if request.kind is Kind.ROLES:
        return free_host(t, groups, alone, me, request)
    chosen = best_of(t, groups, me, request)
    if chosen is None:
        return None
    return [(*g, me) if k == chosen else g for k, g in enumerate(groups)], alone


def free_host(
    t: Table, groups: list[Members], alone: list[int], me: int, request: Request
) -> tuple[list[Members], list[int]] | None:
    """A guest gets a free seat of a host who has others already."""
    used = [person for members in groups for person in members if hosts(t.people[person])]
    free = sorted({host for host in used if used.count(host) < t.people[host].capacity})
    host = best_of(t, [(h,) for h in free], me, request)
    return None if host is None else ([*groups, (free[host], me)], alone)


def best_of(t: Table, groups: Sequence[Members], me: int, request: Request) -> int | None:
    """The group that the person may join and that costs least; `None` if there is none."""
    open_groups = [k for k, members in enumerate(groups) if is_open(t, members, me, request)]
    if not open_groups:
        return None
    pairs = [(k, member) for k in open_groups for member in groups[k]]
    others = np.array([member for _, member in pairs], np.intp)
    worth: dict[int, list[int]] = {}
    for (k, _), w in zip(pairs, pair_weights(t, others, np.full(len(others), me)), strict=True):
        worth.setdefault(k, []).append(int(w))
    allowed = [k for k in open_groups if min(worth[k]) > FORBIDDEN]
    return max(
        allowed,
        key=lambda k: (-len(groups[k]), -int(t.trios[list(groups[k])].sum()), sum(worth[k]) // len(worth[k])),
        default=None,
    )


def is_open(t: Table, members: Members, me: int, request: Request) -> bool:
    if request.kind not in {Kind.ROLES, Kind.HOST}:
        return len(members) < (3 if request.size == 2 else LARGEST)
    host = [i for i in (*members, me) if hosts(t.people[i])]
    guests = len(members) + 1 - len(host)
    return len(host) == 1 and guests <= (1 if request.kind is Kind.ROLES else t.people[host[0]].capacity)


def place_of(t: Table) -> dict[str, int]:
    return {person.person_id: i for i, person in enumerate(t.people)}


def places(t: Table, before: Result) -> list[Members]:
    number = place_of(t)
    return [tuple(number[m] for m in g.members) for g in before.groups]


def alone_places(t: Table, before: Result) -> list[int]:
    number = place_of(t)
    return [number[a.person_id] for a in before.alone]

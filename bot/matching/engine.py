"""From a request to a result: checks, the arrays, the method that fits its kind and size, and the reasons."""

from collections.abc import Callable

import numpy as np

from bot.matching import reasons
from bot.matching.checks import check
from bot.matching.dice import JITTER_BITS
from bot.matching.found import Found, Members
from bot.matching.model import (
    WEIGHTS_VERSION,
    Alone,
    Group,
    InvalidRequest,
    Kind,
    Request,
    Result,
    Term,
    Why,
    hosts,
)
from bot.matching.table import Table, tabulate
from bot.matching.weights import TEAM_STEP, pair_weights


def match(request: Request) -> Result:
    """The best groups for everybody in the request. Raises `InvalidRequest` where it contradicts itself."""
    from bot.matching.methods import method  # Takes long to load: see there.

    check(request)
    started = request.timer()
    t = tabulate(request)
    found = method(request)(request, t, stop_watch(request, started))
    return result(request, t, found, request.timer() - started)


def explain(request: Request, *person_ids: str) -> tuple[Term, ...]:
    """Why these people would meet, or met, in such a round: the terms they score on, strongest first.

    Raises `InvalidRequest` for people who don't take part, or fewer than two.
    """
    check(request)
    t = tabulate(request)
    number = {person.person_id: i for i, person in enumerate(t.people)}
    strangers = sorted(set(person_ids) - set(number))
    if strangers or len(set(person_ids)) < 2:
        raise InvalidRequest(
            "person_ids", f"{strangers[0]} does not take part" if strangers else "fewer than two people"
        )
    members = tuple(sorted(number[person_id] for person_id in set(person_ids)))
    return reasons.terms_of(reasons.Seen(t, [members]))[0]


def stop_watch(request: Request, started: float) -> Callable[[], bool]:
    limit = request.time_limit
    return lambda: limit is not None and request.timer() - started >= limit


def result(request: Request, t: Table, found: Found, seconds: float) -> Result:
    alone = sorted(found.alone)
    together = sorted(in_order(t, members) for members in found.groups)
    seen = reasons.Seen(t, together)
    values = seen.per_group(pair_weights(t, seen.a, seen.b))
    ids = [person.person_id for person in t.people]
    made = tuple(
        Group(tuple(ids[i] for i in members), int(value), terms, host_of(t, members))
        for members, value, terms in zip(together, values, reasons.terms_of(seen), strict=True)
    )
    value = int(values.sum())
    return Result(
        groups=made,
        alone=tuple(Alone(ids[i], why) for i, why in zip(alone, reasons_alone(t, alone, request.kind), strict=True)),
        value=value,
        bound=max(value, highest(t, together) if found.bound is None else found.bound),
        wishes_met=seen.wishes_met(),
        same_team_groups=seen.same_team_groups(),
        repeats=seen.repeats(),
        seed=request.seed,
        weights_version=WEIGHTS_VERSION,
        passes=found.passes,
        seconds=seconds,
    )


def in_order(t: Table, members: Members) -> Members:
    return tuple(sorted(members, key=lambda i: (not hosts(t.people[i]), i)))


def host_of(t: Table, members: Members) -> str | None:
    first = t.people[members[0]]
    return first.person_id if hosts(first) else None


def highest(t: Table, together: list[Members]) -> int:
    """What so many people in such groups can't exceed, whoever meets whom."""
    best_pair = TEAM_STEP + t.wishes.most + t.wishes.wanted_team + (1 << JITTER_BITS) - 1
    people = sum(map(len, together))
    return best_pair * people * (max(map(len, together), default=1) - 1) // 2


def reasons_alone(t: Table, alone: list[int], kind: Kind) -> list[Why]:
    """Whom could each have met, if nobody else were there?"""
    hosting = np.array([hosts(person) for person in t.people], bool)
    by_side = kind in {Kind.ROLES, Kind.HOST}
    found = []
    for me in alone:
        others = hosting != hosting[me] if by_side else np.arange(len(t)) != me
        allowed = others & ((t.group != t.group[me]) | (t.group[me] < 0))
        allowed[t.blocked.indices[t.blocked.indptr[me] : t.blocked.indptr[me + 1]]] = False
        why = Why.ALL_TAKEN if not by_side else Why.NO_GUEST if hosting[me] else Why.NO_SEAT
        found.append(Why.NOBODY_ELSE if not others.any() else why if allowed.any() else Why.NOBODY_ALLOWED)
    return found

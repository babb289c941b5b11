"""From a request to a result: checks, the arrays, the method that fits its kind and size, and the reasons."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from bot.matching import exact, groups, pools, reasons, roles, tight
from bot.matching.checks import check
from bot.matching.dice import JITTER_BITS, shuffled
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
)
from bot.matching.pairs import ALONE, alone_costs
from bot.matching.pools import Struck
from bot.matching.table import Ints, Table, tabulate
from bot.matching.trio import improved_trio, in_turn, third_seats
from bot.matching.weights import FORBIDDEN, TEAM_STEP, block, pair_weights

Members = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """Groups and those alone, as places in the table; what no other arrangement exceeds, or None."""

    groups: list[Members]
    alone: list[int]
    bound: int | None
    passes: int


def match(request: Request) -> Result:
    """The best groups for everybody in the request. Raises `InvalidRequest` where it contradicts itself."""
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


def method(request: Request) -> Callable[[Request, Table, Struck], Found]:
    if request.kind in {Kind.ROLES, Kind.HOST}:
        return one_to_one if request.kind is Kind.ROLES else at_tables
    return pairs if request.size == 2 else in_groups


def stop_watch(request: Request, started: float) -> Struck:
    limit = request.time_limit
    return lambda: limit is not None and request.timer() - started >= limit


def pairs(request: Request, t: Table, struck: Struck) -> Found:
    """Two by two, and the fair trio."""
    if len(t) <= exact.MOST:
        return few(t)
    aside = third_person(t, request.seed) if len(t) % 2 else []
    found = without(request, t, aside, struck)
    if aside and (found.mates == ALONE).sum() > 1:
        # somebody is alone in any case: then nobody need be set aside
        aside, found = [], without(request, t, [], struck)
    everybody = np.arange(len(t))
    made: list[Members] = [(int(i), int(found.mates[i])) for i in everybody if found.mates[i] > i]
    alone = [int(i) for i in everybody if found.mates[i] == ALONE]
    seated, still = third_seats(t, made, alone)
    seated = improved_trio(t, seated) if aside else seated
    known = len(still) == len(alone) or len(alone) == len(aside)
    return Found(seated, still, proven_bound(t, found, aside, still) if known else None, found.passes)


def without(request: Request, t: Table, aside: list[int], struck: Struck) -> pools.Paired:
    rest = np.setdiff1d(np.arange(len(t)), aside)
    return pools.paired(t, rest, request.seed, request.passes, request.certify, struck)


def third_person(t: Table, seed: int) -> list[int]:
    """Somebody who must, else may sit in the trio."""
    eligible, forced = in_turn(t)
    some = forced if len(forced) else eligible
    return [int(some[shuffled(t.keys[some], seed)[0]])]


def proven_bound(t: Table, found: pools.Paired, aside: list[int], alone: list[int]) -> int | None:
    """The sum of prices that pay for every pair; a trio of people with the highest adds no more than these again."""
    if found.prices is None:
        return None
    prices = found.prices.copy()
    for person in aside:
        row = block(t, np.array([person]), np.arange(len(t)))[0].astype(np.int64)
        prices[person] = (2 * row - prices)[row > FORBIDDEN].max(initial=-2 * int(found.alone.max()))
    bound = int(prices.sum()) + (int(np.sort(prices)[-3:].sum()) if aside else 0)
    return bound // 2 + int(found.alone[alone].sum())


def few(t: Table) -> Found:
    everybody = np.arange(len(t))
    weights, costs = block(t, everybody), alone_costs(t, everybody)
    found = exact.optimal_with_trio(t, weights, costs) if len(t) % 2 else None
    proven = found is not None
    found = found or exact.optimal(weights, costs)
    if not proven and (found.mates == ALONE).any() and len(t) <= tight.MOST:
        whole = tight.tightest(t, weights)
        if whole is not None:
            return Found(*whole, value_of(weights, whole[0]), 1)
    trio = list(found.trio or ())
    made: list[Members] = [(int(i), int(found.mates[i])) for i in everybody if found.mates[i] > i]
    alone = [int(i) for i in everybody if found.mates[i] == ALONE and i not in trio]
    seated, still = third_seats(t, made, alone)
    bound = found.doubled_bound // 2 + int(costs[alone].sum())
    if trio:
        seated.append(tuple(trio))
    return Found(seated, still, bound if proven or len(still) == len(alone) else None, 1)


def in_groups(request: Request, t: Table, struck: Struck) -> Found:
    together, alone, bound = groups.grouped(t, request.size, request.seed, struck)
    as_planned = not alone and sorted(map(len, together)) == sorted(groups.sizes_for(len(t), request.size))
    return Found(together, alone, bound if as_planned else None, 1)


def one_to_one(request: Request, t: Table, struck: Struck) -> Found:
    seats = roles.seated(t, request.seed)
    alone = set(range(len(t))).difference(*seats)
    return Found([*seats], sorted(alone), None, 1)


def at_tables(request: Request, t: Table, struck: Struck) -> Found:
    tables = roles.tables(t, roles.seated(t, request.seed), request.seed, struck)
    tables = roles.without_forbidden(t, roles.with_waiting(t, tables))
    alone = set(range(len(t))).difference(*tables)
    return Found(tables, sorted(alone), None, 1)


def value_of(weights: Ints, together: list[Members]) -> int:
    return sum(int(weights[i, j]) for members in together for i, j in combinations(members, 2))


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
    return tuple(sorted(members, key=lambda i: (not roles.hosts(t.people[i]), i)))


def host_of(t: Table, members: Members) -> str | None:
    first = t.people[members[0]]
    return first.person_id if roles.hosts(first) else None


def highest(t: Table, together: list[Members]) -> int:
    """What so many people in such groups can't exceed, whoever meets whom."""
    best_pair = TEAM_STEP + t.wishes.most + t.wishes.wanted_team + (1 << JITTER_BITS) - 1
    people = sum(map(len, together))
    return best_pair * people * (max(map(len, together), default=1) - 1) // 2


def reasons_alone(t: Table, alone: list[int], kind: Kind) -> list[Why]:
    """Whom could each have met, if nobody else were there?"""
    hosting = np.array([roles.hosts(person) for person in t.people], bool)
    by_side = kind in {Kind.ROLES, Kind.HOST}
    found = []
    for me in alone:
        others = hosting != hosting[me] if by_side else np.arange(len(t)) != me
        allowed = others & ((t.group != t.group[me]) | (t.group[me] < 0))
        allowed[t.blocked.indices[t.blocked.indptr[me] : t.blocked.indptr[me + 1]]] = False
        why = Why.ALL_TAKEN if not by_side else Why.NO_GUEST if hosting[me] else Why.NO_SEAT
        found.append(Why.NOBODY_ELSE if not others.any() else why if allowed.any() else Why.NOBODY_ALLOWED)
    return found

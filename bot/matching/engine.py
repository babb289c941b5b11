"""From a request to a result: checks, the arrays, the method that fits its kind and size, and the reasons."""

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from bot.matching import exact, explain, pools, tight
from bot.matching.checks import check
from bot.matching.dice import JITTER_BITS, shuffled
from bot.matching.model import WEIGHTS_VERSION, Alone, Group, Kind, Request, Result, Why
from bot.matching.pairs import ALONE, alone_costs
from bot.matching.pools import Struck
from bot.matching.table import Ints, Table, tabulate
from bot.matching.trio import improved_trio, in_turn, third_seats
from bot.matching.weights import FORBIDDEN, TEAM_STEP, Longs, block, pair_weights

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
    found = {Kind.PAIRS: pairs}[request.kind](request, t, stop_watch(request, started))
    return result(request, t, found, request.timer() - started)


def stop_watch(request: Request, started: float) -> Struck:
    limit = request.time_limit
    return lambda: limit is not None and request.timer() - started >= limit


def pairs(request: Request, t: Table, struck: Struck) -> Found:
    """Two by two, and the fair trio."""
    if len(t) <= exact.MOST:
        return few(t)
    everybody = np.arange(len(t))
    aside = third_person(t, request.seed) if len(t) % 2 else []
    rest = np.setdiff1d(everybody, aside)
    found = pools.paired(t, rest, request.seed, request.passes, request.certify, struck)
    groups = [(int(i), int(found.mates[i])) for i in rest if found.mates[i] > i]
    alone = aside + [int(i) for i in rest if found.mates[i] == ALONE]
    seated, still = third_seats(t, groups, alone)
    if len(t) % 2:
        seated = improved_trio(t, seated)
    return Found(seated, still, proven_bound(t, found.prices, aside, still), found.passes)


def third_person(t: Table, seed: int) -> list[int]:
    """Somebody who must, else may sit in the trio."""
    eligible, forced = in_turn(t)
    some = forced if len(forced) else eligible
    return [int(some[shuffled(t.keys[some], seed)[0]])]


def proven_bound(t: Table, prices: Longs | None, aside: list[int], alone: list[int]) -> int | None:
    """The sum of prices that pay for every pair; a trio of people with the highest adds no more than these again."""
    if prices is None:
        return None
    prices = prices.copy()
    for person in aside:
        row = block(t, np.array([person]), np.arange(len(t)))[0].astype(np.int64)
        prices[person] = (2 * row - prices)[row > FORBIDDEN].max(initial=-2 * int(alone_costs(t, np.array([person]))[0]))
    bound = int(prices.sum()) + (int(np.sort(prices)[-3:].sum()) if aside else 0)
    return bound // 2 + int(alone_costs(t, np.array(alone, np.intp)).sum())


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
    groups: list[Members] = [(int(i), int(found.mates[i])) for i in everybody if found.mates[i] > i]
    alone = [int(i) for i in everybody if found.mates[i] == ALONE and i not in trio]
    seated, still = third_seats(t, groups, alone)
    bound = found.doubled_bound // 2 + int(costs[alone].sum())
    if trio:
        seated.append(tuple(trio))
    return Found(seated, still, bound if proven or len(still) == len(alone) else None, 1)


def value_of(weights: Ints, groups: list[Members]) -> int:
    return sum(int(weights[i, j]) for members in groups for i, j in combinations(members, 2))


def result(request: Request, t: Table, found: Found, seconds: float) -> Result:
    groups = sorted(tuple(sorted(members)) for members in found.groups)
    seen = explain.Seen(t, groups)
    values = seen.per_group(pair_weights(t, seen.a, seen.b))
    ids = [person.person_id for person in t.people]
    made = tuple(
        Group(tuple(ids[i] for i in members), int(value), terms)
        for members, value, terms in zip(groups, values, explain.terms_of(seen), strict=True)
    )
    value = int(values.sum())
    return Result(
        groups=made,
        alone=tuple(Alone(ids[i], why_alone(t, i)) for i in sorted(found.alone)),
        value=value,
        bound=max(value, highest(t, groups) if found.bound is None else found.bound),
        wishes_met=seen.wishes_met(),
        same_team_groups=seen.same_team_groups(),
        repeats=seen.repeats(),
        seed=request.seed,
        weights_version=WEIGHTS_VERSION,
        passes=found.passes,
        seconds=seconds,
    )


def highest(t: Table, groups: list[Members]) -> int:
    """What so many people in such groups can't exceed, whoever meets whom."""
    best_pair = TEAM_STEP + t.wishes.most + (1 << JITTER_BITS) - 1
    people = sum(map(len, groups))
    return best_pair * people * (max(map(len, groups), default=1) - 1) // 2


def why_alone(t: Table, person: int) -> Why:
    if len(t) == 1:
        return Why.NOBODY_ELSE
    everybody = np.arange(len(t))
    allowed = pair_weights(t, np.full(len(t), person), everybody) != FORBIDDEN
    return Why.ALL_TAKEN if allowed.any() else Why.NOBODY_ALLOWED

"""The method that fits a request's kind and size.

Imported where a whole round is matched: what the solvers stand on takes 26 MB, which a late joiner does not need.
"""

from itertools import combinations

import numpy as np

from bot.matching import exact, groups, pools, roles, tight
from bot.matching.dice import shuffled
from bot.matching.found import Found, Members
from bot.matching.model import Kind, Request
from bot.matching.pairs import ALONE, alone_costs
from bot.matching.table import Ints, Table
from bot.matching.trio import improved_trio, in_turn, third_seats
from bot.matching.weights import FORBIDDEN, block


def solve(request: Request, t: Table) -> Found:
    if request.kind is Kind.ROLES:
        return one_to_one(t)
    return pairs(t, request.seed) if request.size == 2 else in_groups(request, t)


def pairs(t: Table, seed: int) -> Found:
    """Two by two, and the fair trio."""
    if len(t) <= exact.MOST:
        return few(t)
    aside = third_person(t, seed) if len(t) % 2 else []
    found = without(t, aside, seed)
    if aside and (found.mates == ALONE).sum() > 1:
        # someone is alone in any case: then no one need be set aside
        aside, found = [], without(t, [], seed)
    everyone = np.arange(len(t))
    made: list[Members] = [(int(i), int(found.mates[i])) for i in everyone if found.mates[i] > i]
    alone = [int(i) for i in everyone if found.mates[i] == ALONE]
    seated, still = third_seats(t, made, alone)
    seated = improved_trio(t, seated) if aside else seated
    known = len(still) == len(alone) or len(alone) == len(aside)
    return Found(seated, still, proven_bound(t, found, aside, still) if known else None)


def without(t: Table, aside: list[int], seed: int) -> pools.Paired:
    return pools.paired(t, np.setdiff1d(np.arange(len(t)), aside), seed)


def third_person(t: Table, seed: int) -> list[int]:
    """A person who must, else may sit in the trio."""
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
    everyone = np.arange(len(t))
    weights, costs = block(t, everyone), alone_costs(t, everyone)
    found = exact.optimal_with_trio(t, weights, costs) if len(t) % 2 else None
    proven = found is not None
    found = found or exact.optimal(weights, costs)
    if not proven and (found.mates == ALONE).any() and len(t) <= tight.MOST:
        whole = tight.tightest(t, weights)
        if whole is not None:
            return Found(*whole, value_of(weights, whole[0]))
    trio = list(found.trio or ())
    made: list[Members] = [(int(i), int(found.mates[i])) for i in everyone if found.mates[i] > i]
    alone = [int(i) for i in everyone if found.mates[i] == ALONE and i not in trio]
    seated, still = third_seats(t, made, alone)
    bound = found.doubled_bound // 2 + int(costs[alone].sum())
    if trio:
        seated.append(tuple(trio))
    return Found(seated, still, bound if proven or len(still) == len(alone) else None)


def in_groups(request: Request, t: Table) -> Found:
    together, alone, bound = groups.grouped(t, request.size, request.seed)
    as_planned = not alone and sorted(map(len, together)) == sorted(groups.sizes_for(len(t), request.size))
    return Found(together, alone, bound if as_planned else None)


def one_to_one(t: Table) -> Found:
    seats = roles.seated(t)
    return Found([*seats], sorted(set(range(len(t))).difference(*seats)), None)


def value_of(weights: Ints, together: list[Members]) -> int:
    return sum(int(weights[i, j]) for members in together for i, j in combinations(members, 2))

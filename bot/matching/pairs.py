"""Pairs from one matrix: assignment relaxation, its cycles, repair, and swaps until nothing improves.

The relaxation is Kuhn's and Munkres' assignment problem, solved by scipy after Jonker and Volgenant 1987 (Crouse 2016).
Each person may also be "assigned" to themselves, which means alone: so forbidden pairs are never taken, as few people
as possible stay alone, and those left out before come first.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from bot.matching.table import Ints, Places, Table
from bot.matching.weights import FORBIDDEN, Longs

ALONE_STEP = 1 << 34
"""More than all that the pairs of a block of 3,000 can differ by (1,500 * 2**20); sums stay far below 2**53, so that
scipy's float64 holds every integer exactly."""
LEFT_OUT_STEP = 1 << 31
ALONE = -1
MOST = 3000
"""People in one matrix."""
MOST_SWAPS = 200
Mates = NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Solved:
    """`mates[i]` is the place of i's partner, or ALONE; `chosen` the assignment they came from. The bound counts the
    costs of those alone, and is doubled to stay an integer."""

    mates: Mates
    chosen: Places
    doubled_bound: int


def alone_costs(t: Table, people: Places) -> Longs:
    return ALONE_STEP + LEFT_OUT_STEP * t.left_out[people].astype(np.int64)


def relaxed(weights: Ints, alone: Longs) -> tuple[Places, int]:
    """Return the best assignment of each person to another, and its value: at least twice that of the best matching."""
    cost = -weights.astype(np.float64)
    cost[weights == FORBIDDEN] = float(8 * ALONE_STEP * 8)
    places = np.arange(len(weights))
    cost[places, places] = 2 * alone
    chosen = linear_sum_assignment(cost)[1]
    return chosen, -int(cost[places, chosen].astype(np.int64).sum())


def matched(weights: Ints, alone: Longs) -> Solved:
    """A very good matching of the people of a symmetric matrix, and a bound that no matching exceeds."""
    if not len(weights):
        return Solved(np.empty(0, np.intp), np.empty(0, np.intp), 0)
    chosen, doubled_bound = relaxed(weights, alone)
    mates = halved(chosen, weights[np.arange(len(chosen)), chosen])
    repair(weights, mates, alone)
    improve(weights, mates)
    return Solved(mates, chosen, doubled_bound)


def halved(chosen: Places, worth: Ints | Longs) -> Mates:
    """Pairs out of the cycles of an assignment: of an even cycle the better half, of an odd one all but one person.

    `worth[i]` is the weight of i with `chosen[i]`.
    """
    itself = np.arange(len(chosen))
    mates = np.full(len(chosen), ALONE)
    mutual = (chosen[chosen] == itself) & (chosen != itself)
    mates[mutual] = chosen[mutual]
    done = mutual | (chosen == itself)
    for start in np.flatnonzero(~done):
        if not done[start]:
            cycle = round_trip(chosen, int(start))
            done[cycle] = True
            for i, j in best_half(cycle, worth[cycle].astype(np.int64)):
                mates[i], mates[j] = j, i
    return mates


def round_trip(chosen: Places, start: int) -> list[int]:
    cycle = [start]
    while (following := int(chosen[cycle[-1]])) != start:
        cycle.append(following)
    return cycle


def best_half(cycle: list[int], steps: Longs) -> list[tuple[int, int]]:
    """An even cycle has two halves; an odd one as many as people: one for each who is left."""
    n = len(cycle)
    values = [steps[(np.arange(n // 2) * 2 + start) % n].sum() for start in range(2 if n % 2 == 0 else n)]
    start = int(np.argmax(values))
    return [(cycle[(start + 2 * k) % n], cycle[(start + 2 * k + 1) % n]) for k in range(n // 2)]


def repair(weights: Ints, mates: Mates, alone: Longs) -> None:
    """Matches the few left: by the best assignment among them, else by opening one pair for two of them."""
    left = np.flatnonzero(mates == ALONE)
    order = left[np.argsort(-alone[left], kind="stable")]
    for person in order:
        if mates[person] != ALONE:
            continue
        free = np.flatnonzero(mates == ALONE)
        best, worth = -1, FORBIDDEN
        for other in free:
            if weights[person, other] > worth:
                best, worth = int(other), int(weights[person, other])
        if best >= 0:
            mates[person], mates[best] = best, person
    open_pairs(weights, mates)


def open_pairs(weights: Ints, mates: Mates) -> None:
    """x and y alone, a and b a pair: x with a and y with b, where that is allowed; the best such way."""
    free = [int(i) for i in np.flatnonzero(mates == ALONE)]
    a = np.flatnonzero(mates != ALONE)
    while len(free) > 1 and len(a):
        ways = [(opening(weights, mates, a, x, y), x, y) for k, x in enumerate(free) for y in free[k + 1 :]]
        (worth, person), x, y = max(ways)
        if worth <= FORBIDDEN // 2:
            return
        partner = int(mates[person])
        mates[x], mates[person], mates[y], mates[partner] = person, x, partner, y
        free = [i for i in free if i not in (x, y)]


def opening(weights: Ints, mates: Mates, a: Places, x: int, y: int) -> tuple[int, int]:
    b = mates[a]
    gain = weights[x, a].astype(np.int64) + weights[y, b] - weights[a, b]
    best = int(np.argmax(gain))
    return int(gain[best]), int(a[best])


def improve(weights: Ints, mates: Mates) -> None:
    """2-opt: as long as two pairs are worth more with partners swapped, the best such swaps are made."""
    for _ in range(MOST_SWAPS):
        a = np.flatnonzero(mates > np.arange(len(mates)))
        b = mates[a]
        if not swap_best(weights, mates, a, b):
            return


def swap_best(weights: Ints, mates: Mates, a: Places, b: Places) -> bool:
    """Makes the best swap of each pair that has one, as long as both pairs are untouched. True if there was any."""
    if len(a) < 2:
        return False
    now = weights[a, b].astype(np.int32)
    together = now[:, None] + now
    straight = weights[np.ix_(a, a)] + weights[np.ix_(b, b)] - together
    crossed = weights[np.ix_(a, b)] + weights[np.ix_(b, a)] - together
    np.fill_diagonal(straight, 0)
    np.fill_diagonal(crossed, 0)
    gain = np.maximum(straight, crossed)
    best = gain.argmax(axis=1)
    worth = gain[np.arange(len(a)), best]
    touched = np.zeros(len(a), bool)
    for i in np.argsort(-worth, kind="stable"):
        j = best[i]
        if worth[i] <= 0:
            break
        if touched[i] or touched[j]:
            continue
        touched[i] = touched[j] = True
        swap(mates, (int(a[i]), int(b[i])), (int(a[j]), int(b[j])), bool(straight[i, j] >= crossed[i, j]))
    return bool(touched.any())


def swap(mates: Mates, one: tuple[int, int], other: tuple[int, int], straight: bool) -> None:
    (a, b), (c, d) = one, other
    if straight:
        mates[a], mates[c], mates[b], mates[d] = c, a, d, b
    else:
        mates[a], mates[d], mates[b], mates[c] = d, a, c, b

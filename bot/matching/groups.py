"""Groups of three to eight: one member of each is taken out and all are given back at best, then people change places.

The first is an assignment problem (scipy), the second a search over all exchanges of two people at once (numpy); both
only ever improve. Forbidden pairs cost so much that they vanish where that is possible; where it is not, people are
taken out of their group rather than kept in it.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from bot.matching.dice import mixed, shuffled
from bot.matching.model import LARGEST
from bot.matching.pairs import relaxed
from bot.matching.prices import dense_prices
from bot.matching.table import Ints, Places, Table
from bot.matching.weights import FORBIDDEN, Longs, block

Members = tuple[int, ...]
BLOCK = 600
"""People whose weights are held at once."""
PASSES = 3
STARTS = 12
"""Fresh starts where few people make them cheap."""
DRY = 2
"""Rounds of taking out every seat without a gain before it counts as dry."""
Of = NDArray[np.intp]


def sizes_for(n: int, size: int) -> list[int]:
    """Sizes that differ by one at most and stay as near to `size` as n allows: rather above it than below."""
    if n < 2:
        return [n] if n else []
    counts = [g for g in {max(1, n // size), -(-n // size)} if -(-n // g) <= LARGEST and n // g >= 2] or [1]
    best = min(counts, key=lambda g: (max(abs(-(-n // g) - size), abs(n // g - size)), g))
    return [n // best + (g < n % best) for g in range(best)]


def grouped(t: Table, size: int, seed: int) -> tuple[list[Members], list[int], int | None]:
    """Groups, those alone, and a bound where all fit into one block."""
    people = np.arange(len(t))
    if len(t) <= BLOCK:
        weights = block(t, people)
        starts = STARTS if len(t) <= 120 else 1
        found = max((solve(t, weights, size, seed + k) for k in range(starts)), key=lambda f: worth(weights, f))
        return *apart(weights, found), bound(weights, size)
    of = many(t, size, seed)
    groups, alone = [], []
    for members in split(of):
        kept, left = apart(block(t, np.array(members)), np.zeros(len(members), np.intp))
        groups += [tuple(members[i] for i in g) for g in kept]
        alone += [members[i] for i in left]
    return groups, alone, None


def solve(t: Table, weights: Ints, size: int, seed: int) -> Of:
    sizes = sizes_for(len(weights), size)
    of = np.empty(len(weights), np.intp)
    of[shuffled(t.keys, seed)] = np.repeat(np.arange(len(sizes)), sizes)
    return improved(weights, of, t.keys, seed)


def many(t: Table, size: int, seed: int) -> Of:
    """Blocks of whole groups, shuffled anew in each pass."""
    sizes = sizes_for(len(t), size)
    of = np.empty(len(t), np.intp)
    of[shuffled(t.keys, seed)] = np.repeat(np.arange(len(sizes)), sizes)
    for done in range(PASSES):
        order = shuffled(mixed(np.arange(len(sizes)).astype(np.uint64), seed), done)
        for chosen in np.array_split(order, -(-len(t) // BLOCK)):
            members = np.flatnonzero(np.isin(of, chosen))
            names, mine = np.unique(of[members], return_inverse=True)
            of[members] = names[improved(block(t, members), mine.reshape(-1), t.keys[members], seed + done)]
    return of


def improved(weights: Ints, of: Of, keys: NDArray[np.uint64], seed: int) -> Of:
    """`of[i]` is the group of person i. Never worse than it came in."""
    full = weights.astype(np.int64)
    np.fill_diagonal(full, 0)
    of, dry, turn = of.copy(), 0, 0
    most = max((len(members) for members in split(of)), default=0)
    while dry < DRY * most:
        gained = give_back(full, of, one_of_each(of, keys, seed + turn))
        dry, turn = 0 if gained else dry + 1, turn + 1
    while exchange(full, of):
        pass
    return of


def split(of: Of) -> list[list[int]]:
    order = np.argsort(of, kind="stable")
    cuts = np.flatnonzero(np.diff(of[order])) + 1
    return [part.tolist() for part in np.split(order, cuts)] if len(of) else []


def to_groups(weights: Longs, of: Of) -> Longs:
    """What each person is worth to the members of each group: n x groups."""
    member = np.zeros((len(of), int(of.max()) + 1), np.float64)
    member[np.arange(len(of)), of] = 1
    return np.rint(weights.astype(np.float64) @ member).astype(np.int64)


def one_of_each(of: Of, keys: NDArray[np.uint64], salt: int) -> Places:
    """One person of each group, as the dice fall."""
    order = shuffled(keys, salt)
    return order[np.unique(of[order], return_index=True)[1]]


def give_back(weights: Longs, of: Of, out: Places) -> bool:
    """Gives those taken out back to the groups at best. True if that was worth anything."""
    places = of[out]
    worth = to_groups(weights, of)[np.ix_(out, places)] - weights[np.ix_(out, out)]
    rows, columns = linear_sum_assignment(-worth.astype(np.float64))
    if worth[rows, columns].sum() <= np.trace(worth):
        return False
    of[out[rows]] = places[columns]
    return True


def exchange(weights: Longs, of: Of) -> bool:
    """Makes the best exchanges of two people, each group in one at most. True if there was any."""
    if not len(of):
        return False
    there = to_groups(weights, of)[:, of]
    here = np.diagonal(there)
    gain = there + there.T - here[:, None] - here - 2 * weights
    gain[of[:, None] == of] = 0
    best = gain.argmax(axis=1)
    worth = gain[np.arange(len(of)), best]
    touched: set[int] = set()
    for i in np.argsort(-worth, kind="stable"):
        j = best[i]
        if worth[i] <= 0:
            break
        if not touched & {int(of[i]), int(of[j])}:
            touched |= {int(of[i]), int(of[j])}
            of[i], of[j] = of[j], of[i]
    return bool(touched)


def worth(weights: Ints, of: Of) -> int:
    full = weights.astype(np.int64)
    np.fill_diagonal(full, 0)
    return int(full[of[:, None] == of].sum()) // 2


def apart(weights: Ints, of: Of) -> tuple[list[Members], list[int]]:
    """Groups without a forbidden pair, and the people who fit into none."""
    allowed = weights > FORBIDDEN
    np.fill_diagonal(allowed, True)
    groups, out = [], []
    for members in split(of):
        kept = list(members)
        while len(kept) > 1 and not allowed[np.ix_(kept, kept)].all():
            worst = int(np.argmin(allowed[np.ix_(kept, kept)].sum(axis=1)))
            out.append(kept.pop(worst))
        groups.append(kept)
    out += [g[0] for g in groups if len(g) == 1]
    groups = [g for g in groups if len(g) > 1]
    alone = [person for person in sorted(out) if not seated(weights, groups, out, person)]
    return [tuple(sorted(g)) for g in groups], [p for p in alone if not any(p in g for g in groups)]


def seated(weights: Ints, groups: list[list[int]], out: list[int], person: int) -> bool:
    """Put them into the smallest group where nothing forbids it, or with another person who is left."""
    if any(person in g for g in groups):
        return True
    open_groups = [g for g in groups if len(g) < LARGEST and (weights[person, g] > FORBIDDEN).all()]
    if open_groups:
        min(open_groups, key=lambda g: (len(g), -int(weights[person, g].sum()))).append(person)
        return True
    others = [o for o in out if o != person and not any(o in g for g in groups) and weights[person, o] > FORBIDDEN]
    if others:
        groups.append([person, max(others, key=lambda o: int(weights[person, o]))])
    return bool(others)


def bound(weights: Ints, size: int) -> int:
    """No groups of these sizes are worth more: every person brings at most half of their best partners' weights, and
    no pair more than its prices."""
    sizes = sizes_for(len(weights), size)
    if len(weights) < 2:
        return 0
    low, high, larger = min(sizes), max(sizes), sum(s for s in sizes if s == max(sizes))
    best = -np.sort(-np.maximum(weights, -(1 << 21)).astype(np.int64), axis=1)
    top_low, top_high = best[:, : low - 1].sum(axis=1), best[:, : high - 1].sum(axis=1)
    by_partners = int(np.sort(np.maximum(top_low, top_high)).sum()) if low < high else int(top_low.sum())
    by_prices = priced(weights, low, high, larger)
    return min(by_partners, by_prices) // 2


def priced(weights: Ints, low: int, high: int, larger: int) -> int:
    """Doubled: each member of a group of k pays k - 1 times their price."""
    alone = np.full(len(weights), 1 << 34, np.int64)
    prices = dense_prices(weights, alone, relaxed(weights, alone)[0])
    extra = np.sort(prices)[::-1][:larger].sum() if high > low else 0
    return int(prices.sum()) * (low - 1) + int(extra)

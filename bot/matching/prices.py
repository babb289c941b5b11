"""The assignment relaxation over few edges, and its dual prices: what each person is worth to the one who meets them.

Weak duality: with prices y such that y[i] + y[j] >= weight[i, j] for every allowed pair and y[i] >= -alone[i], no
matching is worth more than sum(y). Prices are kept doubled, so that they stay integers.
"""

from itertools import pairwise

import numpy as np
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from bot.matching.dice import shuffled
from bot.matching.pairs import ALONE, Mates, halved, relaxed
from bot.matching.sweep import Edges
from bot.matching.table import Ints, Places, Table
from bot.matching.weights import FORBIDDEN, Longs, block

ROUNDS = 2000
BLOCK = 500


def assigned(edges: Edges, alone: Longs) -> Places:
    """Return the best assignment of each person to another over these edges (LAPJVsp, Jonker and Volgenant 1987)."""
    n = len(alone)
    itself = np.arange(n, dtype=np.int32)
    rows = np.concatenate((edges.a, edges.b, itself))
    columns = np.concatenate((edges.b, edges.a, itself))
    lift = int(edges.weight.max(initial=0)) + 1
    # scipy takes a cost of 0 for no edge: all are lifted above
    costs = np.concatenate((lift - edges.weight, lift - edges.weight, lift + 2 * alone)).astype(np.float64)
    graph = csr_array(coo_array((costs, (rows, columns)), shape=(n, n)))
    return np.asarray(min_weight_full_bipartite_matching(graph)[1], np.intp)


def prices_of(edges: Edges, alone: Longs, chosen: Places) -> Longs:
    """Doubled prices that pay for every edge, and together for no more than the assignment: by Bellman's and Ford's
    shortest paths from it."""
    n = len(alone)
    a, b = np.concatenate((edges.a, edges.b)), np.concatenate((edges.b, edges.a))
    weight = np.concatenate((edges.weight, edges.weight)).astype(np.int64)
    order = np.argsort(b, kind="stable")
    a, b, weight = a[order], b[order], weight[order]
    has = np.unique(b)
    starts = np.searchsorted(b, has)
    worth = worth_of(edges, alone, chosen)
    v = np.zeros(n, np.int64)
    for _ in range(ROUNDS):
        u = worth - v[chosen]
        needed = np.maximum(v, -2 * alone - u)
        needed[has] = np.maximum(needed[has], np.maximum.reduceat(weight - u[a], starts)) if len(has) else needed[has]
        if (needed == v).all():
            break
        v = needed
    return u + v


def raised(prices: Longs, unpaid: Edges) -> Longs:
    """Doubled prices that pay for the unpaid pairs too, raised by as little as possible altogether."""
    if not len(unpaid.a):
        return prices
    involved, place = np.unique(np.concatenate((unpaid.a, unpaid.b)), return_inverse=True)
    a, b = place[: len(unpaid.a)].astype(np.int32), place[len(unpaid.a) :].astype(np.int32)
    excess = 2 * unpaid.weight.astype(np.int64) - prices[unpaid.a] - prices[unpaid.b]
    gaps, nothing = Edges(a, b, excess), np.zeros(len(involved), np.int64)
    more = prices_of(gaps, nothing, assigned(gaps, nothing))
    enough = prices.copy()
    enough[involved] += (more + 1) // 2
    return enough


def worth_of(edges: Edges, alone: Longs, chosen: Places) -> Longs:
    """The weight that each person is assigned with; -2 alone for those assigned to themselves."""
    n = len(alone)
    keys = edges.a.astype(np.int64) * n + edges.b
    order = np.argsort(keys, kind="stable")
    itself = np.arange(n)
    wanted = np.minimum(itself, chosen) * n + np.maximum(itself, chosen)
    place = np.minimum(np.searchsorted(keys[order], wanted), max(len(keys) - 1, 0))
    alike = chosen == itself
    return np.where(alike, -2 * alone, edges.weight[order][place] if len(keys) else 0)


def block_prices(t: Table, alone: Longs, seed: int) -> tuple[Longs, Mates]:
    """First doubled prices, and a first matching, from random blocks of about BLOCK people."""
    prices, mates = np.zeros(len(t), np.int64), np.full(len(t), ALONE)
    order = shuffled(t.keys, seed)
    limits = np.linspace(0, len(t), max(2, len(t) // BLOCK + 1)).astype(int) // 2 * 2
    limits[-1] = len(t)
    for start, end in pairwise(limits):
        members = np.sort(order[start:end])
        weights = block(t, members)
        chosen, _ = relaxed(weights, alone[members])
        prices[members] = dense_prices(weights, alone[members], chosen)
        found = halved(chosen, weights[np.arange(len(members)), chosen])
        has = found != ALONE
        mates[members[has]] = members[found[has]]
    return prices, mates


def dense_prices(weights: Ints, alone: Longs, chosen: Places) -> Longs:
    """Doubled prices for all pairs of a matrix, from its best assignment: as `prices_of`."""
    places = np.arange(len(weights))
    full = weights.astype(np.int64)
    full[weights == FORBIDDEN] = -(1 << 50)
    full[places, places] = -2 * alone
    worth, v = full[places, chosen], np.zeros(len(weights), np.int64)
    for _ in range(ROUNDS):
        u = worth - v[chosen]
        needed = np.maximum(v, (full - u[:, None]).max(axis=0))
        if (needed == v).all():
            break
        v = needed
    return u + v

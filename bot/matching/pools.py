"""Large companies: prices from small blocks, the pairs those prices make worth trying, and the best matching of these.

10,000 people end within a few millionths of the proven bound, far closer than blocks solved one by one: prices learnt
in blocks of 500 point out some 15 to 30 promising partners for each person among all, the assignment over these few
edges takes a fraction of a second, and a second look at all pairs finds what the prices did not yet pay for.
"""

from dataclasses import dataclass

import numpy as np

from bot.matching.pairs import ALONE, Mates, alone_costs, halved
from bot.matching.prices import assigned, block_prices, prices_of, raised, worth_of
from bot.matching.repair import mended
from bot.matching.sweep import Edges, Pool, candidates, merged, violations
from bot.matching.table import Places, Table
from bot.matching.weights import Longs, pair_weights

SIGHTS = 3
"""Sweeps over a pool."""
ENOUGH = 20_000
"""Above so many people the first sweep, within some 15 millionths of the best, has to do."""
ALONE_AT_LEAST, SWAPS = 1 << 15, 64
"""Being alone costs as much as so many pairs can differ by, and more than any team. Steps as large as in one matrix
would be right as well, but where many must stay alone (two unequal groups), LAPJVsp bids up to them bit by bit."""


@dataclass(frozen=True, slots=True, eq=False)
class Paired:
    """Places of partners or ALONE; doubled prices that pay for every pair (0 for others), if known, together with what
    being alone costs in them."""

    mates: Mates
    prices: Longs | None
    alone: Longs


def paired(t: Table, people: Places, seed: int, sights: int | None = None) -> Paired:
    """Pairs for `people`; the other places stay ALONE. More `sights` bring a lower bound, and take longer."""
    pool = Pool(t, people)
    found = solved(pool, seed, sights or (SIGHTS if len(people) <= ENOUGH else 1))
    mates = np.full(len(t), ALONE)
    has = found.mates != ALONE
    mates[pool.people[has]] = pool.people[found.mates[has]]
    prices, alone = np.zeros(len(t), np.int64), np.zeros(len(t), np.int64)
    prices[pool.people] = 0 if found.prices is None else found.prices
    alone[pool.people] = found.alone
    return Paired(mates, None if found.prices is None else prices, alone)


def worth(t: Table, members: Places, mates: Mates) -> int:
    """Value of the members' pairs less what those alone cost."""
    mine = mates[members]
    heads = members[mine > members]
    return int(pair_weights(t, heads, mates[heads]).sum()) - int(alone_costs(t, members[mine == ALONE]).sum())


def solved(pool: Pool, seed: int, most: int) -> Paired:
    """Mates within the pool, and the lowest prices found that pay for every pair."""
    prices, mates = block_prices(pool.table, gentle(pool.table, ALONE_AT_LEAST), seed)
    edges, sights = merged([each(candidates(pool, prices)), each(known(pool, mates))], len(pool)), 1
    span = int(np.ptp(edges.weight)) if len(edges.weight) else 0
    alone = gentle(pool.table, max(ALONE_AT_LEAST, SWAPS * span))
    best: Longs | None = None
    while True:
        chosen = assigned(edges, alone)
        prices = prices_of(edges, alone, chosen)
        found = mended(pool.table, halved(chosen, worth_of(edges, alone, chosen)), chosen)
        everyone = np.arange(len(pool))
        if worth(pool.table, everyone, found) >= worth(pool.table, everyone, mates):
            mates = found
        if sights >= most:
            return Paired(mates, best, alone)
        unpaid = violations(pool, prices)
        sights += 1
        enough = raised(prices, unpaid)
        best = enough if best is None or enough.sum() < best.sum() else best
        hardly_pays = sights > SIGHTS and int((enough - prices).sum()) * 1_000_000 <= abs(int(prices.sum()))
        if not len(unpaid.a) or hardly_pays:
            return Paired(mates, best, alone)
        edges = merged([each(edges), each(unpaid)], len(pool))


def gentle(t: Table, step: int) -> Longs:
    """What it costs to be alone, those left out before more."""
    return step // 8 * (8 + t.left_out.astype(np.int64))


def known(pool: Pool, mates: Mates) -> Edges:
    """Pairs of a matching: with these among the edges no one is left out who need not be."""
    a = np.flatnonzero(mates > np.arange(len(mates)))
    return Edges(a.astype(np.int32), mates[a].astype(np.int32), pair_weights(pool.table, a, mates[a]).astype(np.int32))


def each(edges: Edges) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return edges.a, edges.b, edges.weight

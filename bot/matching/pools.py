"""Large companies: prices from small blocks, the pairs those prices make worth trying, and the best matching of these.

10,000 people end within a few millionths of the proven bound, far closer than blocks solved one by one: prices learnt
in blocks of 500 point out some 15 to 30 promising partners for each person among all, the assignment over these few
edges takes a fraction of a second, and a second look at all pairs finds what the prices did not yet pay for. Of
more people than fit one pool, pools are solved, and the pairs are shuffled into new pools if that is asked for: so
memory and time per person stay the same.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from bot.matching.dice import shuffled
from bot.matching.pairs import ALONE, Mates, alone_costs, halved
from bot.matching.prices import assigned, block_prices, prices_of, raised, worth_of
from bot.matching.repair import mended
from bot.matching.sweep import Edges, Pool, candidates, merged, violations
from bot.matching.table import Places, Table
from bot.matching.weights import Longs, pair_weights

MOST = 60_000
"""People in a pool: whoever is in another can't be met, and time goes with the square."""
SIGHTS, PROOFS = 3, 12
"""Sweeps over a pool; and when a proof is asked for."""
ENOUGH = 20_000
"""Above so many people the first sweep, within some 15 millionths of the best, has to do."""
ALONE_AT_LEAST, SWAPS = 1 << 15, 64
"""Being alone costs as much as so many pairs can differ by, and more than any team. Steps as large as in one matrix
would be right as well, but where many must stay alone (two unequal groups), LAPJVsp bids up to them bit by bit."""
Struck = Callable[[], bool]


@dataclass(frozen=True, slots=True, eq=False)
class Paired:
    """Places of partners or ALONE; doubled prices that pay for every pair (0 for others), if known, together with what
    being alone costs in them; passes made."""

    mates: Mates
    prices: Longs | None
    alone: Longs
    passes: int


def paired(t: Table, people: Places, seed: int, passes: int | None, certify: bool, struck: Struck) -> Paired:
    """Pairs for `people`; the other places stay ALONE. Each pass keeps what it can't improve."""
    size = len(people) if certify else MOST
    sights = PROOFS if certify else passes or (SIGHTS if len(people) <= ENOUGH else 1)
    if len(people) <= size:
        return one_pool(t, people, seed, sights, struck)
    mates = np.full(len(t), ALONE)
    passes = passes or 1
    for done in range(passes):
        for members in cut(t, people, mates, seed + done, size):
            better(t, mates, members, one_pool(t, members, seed + done, SIGHTS, struck).mates)
            if done and struck():
                return Paired(mates, None, np.zeros(len(t), np.int64), done)
    return Paired(mates, None, np.zeros(len(t), np.int64), passes)


def cut(t: Table, people: Places, mates: Mates, salt: int, size: int) -> Iterator[Places]:
    """Pools of about `size` people, pairs kept together: in an order that only the salt and the ids decide."""
    heads = people[(mates[people] == ALONE) | (mates[people] > people)]
    heads = heads[shuffled(t.keys[heads], salt)]
    together = np.stack([heads, mates[heads]], axis=1).reshape(-1)
    together = together[together != ALONE]
    limits = np.linspace(0, len(together), max(2, -(-len(together) // size) + 1)).astype(int) // 2 * 2
    limits[-1] = len(together)
    for start, end in pairwise(limits):
        members = together[start:end]
        yield np.union1d(members, mates[members][mates[members] != ALONE])


def better(t: Table, mates: Mates, members: Places, found: Mates) -> None:
    """Takes over what was found for the members, if it is worth more than what they had."""
    if worth(t, members, found) > worth(t, members, mates):
        mates[members] = found[members]


def worth(t: Table, members: Places, mates: Mates) -> int:
    """Value of the members' pairs less what those alone cost."""
    mine = mates[members]
    heads = members[mine > members]
    return int(pair_weights(t, heads, mates[heads]).sum()) - int(alone_costs(t, members[mine == ALONE]).sum())


def one_pool(t: Table, people: Places, seed: int, most: int, struck: Struck) -> Paired:
    pool = Pool(t, people)
    found = solved(pool, seed, most, struck)
    mates = np.full(len(t), ALONE)
    has = found.mates != ALONE
    mates[pool.people[has]] = pool.people[found.mates[has]]
    prices, alone = np.zeros(len(t), np.int64), np.zeros(len(t), np.int64)
    prices[pool.people] = 0 if found.prices is None else found.prices
    alone[pool.people] = found.alone
    return Paired(mates, None if found.prices is None else prices, alone, found.passes)


def solved(pool: Pool, seed: int, most: int, struck: Struck) -> Paired:
    """Mates within the pool, the lowest prices found that pay for every pair, and the sweeps made."""
    prices, mates = block_prices(pool.table, gentle(pool.table, ALONE_AT_LEAST), seed)
    edges, sights = merged([each(candidates(pool, prices)), each(known(pool, mates))], len(pool)), 1
    span = int(np.ptp(edges.weight)) if len(edges.weight) else 0
    alone = gentle(pool.table, max(ALONE_AT_LEAST, SWAPS * span))
    best: Longs | None = None
    while True:
        chosen = assigned(edges, alone)
        prices = prices_of(edges, alone, chosen)
        found = mended(pool.table, halved(chosen, worth_of(edges, alone, chosen)), chosen)
        everybody = np.arange(len(pool))
        if worth(pool.table, everybody, found) >= worth(pool.table, everybody, mates):
            mates = found
        if sights >= most or struck():
            return Paired(mates, best, alone, sights)
        unpaid = violations(pool, prices)
        sights += 1
        enough = raised(prices, unpaid)
        best = enough if best is None or enough.sum() < best.sum() else best
        if not len(unpaid.a) or (most == PROOFS and int((enough - prices).sum()) * 1_000_000 <= abs(int(prices.sum()))):
            return Paired(mates, best, alone, sights)
        edges = merged([each(edges), each(unpaid)], len(pool))


def gentle(t: Table, step: int) -> Longs:
    """What it costs to be alone, those left out before more."""
    return step // 8 * (8 + t.left_out.astype(np.int64))


def known(pool: Pool, mates: Mates) -> Edges:
    """The pairs of a matching: with these among the edges nobody is left out who need not be."""
    a = np.flatnonzero(mates > np.arange(len(mates)))
    return Edges(a.astype(np.int32), mates[a].astype(np.int32), pair_weights(pool.table, a, mates[a]).astype(np.int32))


def each(edges: Edges) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return edges.a, edges.b, edges.weight

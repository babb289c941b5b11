"""Up to 1,000 people: the optimum itself, proven.

Prices from the assignment say how far every edge is from paying; whatever beats the matching at hand can only use edges
that lose less than the gap. Those few go to Edmonds' blossom algorithm (rustworkx) for pairs. With an odd number the
group of three is chosen together with all pairs: a linear program whose columns are edges and trios priced in as
needed, finished by branch and bound (HiGHS, through scipy) over the columns that lose less than the gap.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_array

from bot.matching.pairs import ALONE, Mates, matched
from bot.matching.prices import dense_prices
from bot.matching.table import Ints, Places, Table
from bot.matching.trio import in_turn, trios_worth
from bot.matching.weights import FORBIDDEN, Longs

MOST = 1000
"""People finished exactly."""
SCALE = 1 << 12
"""Parts of a point in the prices of the linear program: rounded up, they prove the bound in integers."""
LP_ROUNDS = 12
MOST_TRIOS, MOST_COLUMNS, MOST_BRANCHED, MOST_NODES = 200_000, 100_000, 30_000, 200
"""Where more trios, edges, columns of the whole number program, or branches of it are as good as equal, the optimum is
not proven, only bounded."""


@dataclass(frozen=True, slots=True, eq=False)
class Exact:
    """`mates` (ALONE for the trio), the trio or None, and a bound: doubled, counting the costs of those alone."""

    mates: Mates
    trio: tuple[int, int, int] | None
    doubled_bound: int


def optimal(weights: Ints, alone: Longs) -> Exact:
    """Return the best pairs, any number of people left alone; the bound is the value itself."""
    first = matched(weights, alone)
    value = doubled_value(weights, alone, first.mates)
    if first.doubled_bound - value < 2:
        return Exact(first.mates, None, value)
    mates = blossom(weights, alone, dense_prices(weights, alone, first.chosen), first.doubled_bound - value)
    if doubled_value(weights, alone, mates) < value:
        mates = first.mates
    return Exact(mates, None, doubled_value(weights, alone, mates))


def doubled_value(weights: Ints, alone: Longs, mates: Mates) -> int:
    has = mates != ALONE
    return int(weights[np.flatnonzero(has), mates[has]].astype(np.int64).sum()) - 2 * int(alone[~has].sum())


def blossom(weights: Ints, alone: Longs, prices: Longs, gap: int) -> Mates:
    """Maximum weight matching over the edges that lose no more than the (doubled) gap against the prices."""
    from rustworkx import PyGraph, max_weight_matching

    a, b = edges_within(weights, prices, gap)
    worth = weights[a, b] + alone[a] + alone[b]
    graph: PyGraph[int, int] = PyGraph(multigraph=False)
    graph.add_nodes_from(range(len(weights)))
    graph.add_edges_from([(int(i), int(j), int(w)) for i, j, w in zip(a, b, worth, strict=True)])
    mates = np.full(len(weights), ALONE)
    for i, j in max_weight_matching(graph, max_cardinality=False, weight_fn=int):
        mates[i], mates[j] = j, i
    return mates


def edges_within(weights: Ints, prices: Longs, gap: int) -> tuple[Places, Places]:
    loss = prices[:, None] + prices - 2 * weights.astype(np.int64)
    a, b = np.nonzero(np.triu((loss <= gap) & (weights > FORBIDDEN), 1))
    return a, b


def optimal_with_trio(t: Table, weights: Ints, alone: Longs) -> Exact | None:
    """Return the best pairs and one trio of an odd number. `None` where that takes more than one trio or leaves someone
    alone: then there is nothing to prove here."""
    if len(weights) < 3:
        return None
    search = TrioSearch(t, weights, alone)
    if search.value is None:
        return None
    search.settle()
    return search.finish()


class TrioSearch:
    """Prices y and a bonus for the trio that pay for every pair and every trio, and the best partition so far."""

    def __init__(self, t: Table, weights: Ints, alone: Longs) -> None:
        self.weights, self.alone = weights, alone
        self.eligible, self.forced = in_turn(t)
        self.full = weights.astype(np.int64)
        first = matched(weights, alone)
        self.y = dense_prices(weights, alone, first.chosen) * (SCALE // 2)
        self.bonus = 0
        self.value: int | None = None
        self.trios = np.empty((0, 3), np.intp)
        self.reach = 1
        self.too_many = False
        if len(self.eligible) >= 3:
            self.start()

    def start(self) -> None:
        """A first trio, and the best pairs for all others."""
        found = np.empty((0, 3), np.intp)
        while not len(found):
            found = self.priced(np.iinfo(np.int64).min)
            if len(found) or self.reach > 1 << 21:
                break
            self.reach *= 4
        scores = self.scores(found)
        for done, k in enumerate(np.argsort(-scores, kind="stable")[:30]):
            if done < 1 or self.value is None:
                self.propose(found[k])
        self.trios = found[np.argsort(-scores, kind="stable")[:2000]]

    def propose(self, trio: Places) -> None:
        rest = np.setdiff1d(np.arange(len(self.weights)), trio)
        found = optimal(self.weights[np.ix_(rest, rest)], self.alone[rest])
        if (found.mates == ALONE).any():
            return
        value = found.doubled_bound // 2 + int(trios_worth(self.full, trio[None])[0])
        if self.value is None or value > self.value:
            mates = np.full(len(self.weights), ALONE)
            mates[rest] = rest[found.mates]
            self.value, self.mates, self.trio = value, mates, trio

    def take(self, a: Places, b: Places, trio: Places) -> None:
        """These pairs and this trio, if they are worth more."""
        value = int(self.full[a, b].sum()) + int(trios_worth(self.full, trio[None])[0])
        if self.value is None or value > self.value:
            mates = np.full(len(self.weights), ALONE)
            mates[a], mates[b] = b, a
            self.value, self.mates, self.trio = value, mates, trio

    def scores(self, trios: Places) -> Longs:
        """What each trio is worth above the prices of its people."""
        above: Longs = trios_worth(self.full, trios) * SCALE - self.y[trios].sum(axis=1)
        return above

    def priced(self, least: int) -> Places:
        """All trios in turn whose score is `least` or more, among those whose edges lose `reach` points or less."""
        mine = self.eligible
        loss = self.y[mine][:, None] + self.y[mine] - self.full[np.ix_(mine, mine)] * SCALE
        near = (loss <= self.reach * SCALE) & (self.weights[np.ix_(mine, mine)] > FORBIDDEN)
        near = np.triu(near, 1)
        a, b = np.nonzero(near)
        degree = near.sum(axis=1)
        firsts = degree.cumsum() - degree
        found, many = [np.empty((0, 3), np.intp)], 0
        for start in range(0, len(a), 4000):
            if many > MOST_TRIOS:
                self.too_many = True
                break
            i, j = a[start : start + 4000], b[start : start + 4000]
            k = np.repeat(np.arange(len(j)), degree[j])
            nth = np.arange(len(k)) - np.repeat(degree[j].cumsum() - degree[j], degree[j])
            c = b[firsts[j[k]] + nth]
            closed = near[i[k], c]
            trios = mine[np.stack([i[k], j[k], c], axis=1)[closed]]
            found.append(with_all(trios[self.scores(trios) >= least], self.forced))
            many += len(found[-1])
        return np.concatenate(found)

    def settle(self) -> None:
        """Prices at which no pair and no trio is worth more than is paid for: the optimum of the linear program."""
        a, b = self.promising()
        for _ in range(LP_ROUNDS):
            self.solve(a, b)
            loss = self.y[:, None] + self.y - self.full * SCALE
            more_a, more_b = np.nonzero(np.triu((loss < 0) & (self.weights > FORBIDDEN), 1))
            trios = self.all_above(self.bonus)
            if not len(more_a) and not len(trios):
                return
            a, b = np.concatenate((a, more_a)), np.concatenate((b, more_b))
            self.trios = np.unique(np.concatenate((self.trios, trios[:4000])), axis=0)

    def promising(self) -> tuple[Places, Places]:
        """Those in the best partition so far, and about twelve edges a person that lose least."""
        loss = self.y[:, None] + self.y - self.full * SCALE
        places = np.arange(len(self.y))
        few = min(12 * len(loss), loss.size - 1)
        enough = loss <= np.partition(loss, few, axis=None)[few]
        paired = self.mates != ALONE
        enough[places[paired], self.mates[paired]] = True
        a, b = np.nonzero(np.triu(enough & (self.weights > FORBIDDEN), 1))
        return a[:MOST_COLUMNS], b[:MOST_COLUMNS]

    def all_above(self, least: int) -> Places:
        """All trios with a score above `least`: their edges can't lose more than their people's prices are above it."""
        top = np.sort(self.y[self.eligible])[-3:].sum()
        self.reach = max(0, int(top - least) // SCALE + 1)
        return self.priced(least + 1)

    def solve(self, a: Places, b: Places) -> None:
        """New prices from the linear program over these edges and the trios known."""
        n = len(self.weights)
        worth = np.concatenate((self.full[a, b], trios_worth(self.full, self.trios)))
        base = float(np.median(worth[: len(a)])) / 2 if len(a) else 0.0
        sizes = np.concatenate((np.full(len(a), 2), np.full(len(self.trios), 3)))
        rows: Any = self.columns(a, b)  # linprog takes sparse rows, its stubs don't say so
        found = linprog(base * sizes - worth, A_eq=rows, b_eq=np.ones(n + 1), method="highs")
        if not found.success:
            return
        self.y = np.ceil((base - found.eqlin.marginals[:n]) * SCALE).astype(np.int64)
        scores = self.scores(self.trios)
        self.bonus = int(scores.max())

    def columns(self, a: Places, b: Places) -> csr_array:
        """One row for each person, and one that counts trios."""
        m, k, n = len(a), len(self.trios), len(self.weights)
        rows = np.concatenate((a, b, self.trios.reshape(-1), np.full(k, n)))
        places = np.concatenate((np.arange(m), np.arange(m), np.repeat(np.arange(m, m + k), 3), np.arange(m, m + k)))
        return csr_array((np.ones(len(rows)), (rows, places)), shape=(n + 1, m + k))

    def bound(self) -> int:
        """Prices made to pay for every pair by raising, and a bonus that pays for every trio: nothing is worth more."""
        loss = self.y[:, None] + self.y - self.full * SCALE
        loss[self.weights == FORBIDDEN] = 0
        self.y += np.maximum(0, -(loss.min(axis=1) // 2))
        above = self.all_above(self.bonus)
        self.bonus = max(self.bonus, int(self.scores(above).max())) if len(above) else self.bonus
        if self.too_many:
            self.bonus = int(np.sort(self.y[self.eligible])[-3:].sum())
        return (int(self.y.sum()) + self.bonus) // SCALE

    def finish(self) -> Exact:
        """Branch and bound over the pairs and trios that lose less than the gap."""
        assert self.value is not None  # noqa: S101
        best = self.bound()
        if best > self.value:
            self.branch(best - self.value + 1)
        proven = self.value if best == self.value or self.branched else best
        return Exact(self.mates, tuple(int(i) for i in self.trio), 2 * proven)  # type: ignore[arg-type]

    branched = False

    def branch(self, gap: int) -> None:
        loss = self.y[:, None] + self.y - self.full * SCALE
        a, b = np.nonzero(np.triu((loss <= gap * SCALE) & (self.weights > FORBIDDEN), 1))
        self.trios = self.all_above(self.bonus - gap * SCALE)
        if self.too_many or len(a) + len(self.trios) > MOST_BRANCHED:
            return
        cost = np.concatenate((loss[a, b], self.bonus - self.scores(self.trios))) / SCALE
        rows = LinearConstraint(self.columns(a, b), 1, 1)
        found = milp(
            cost,
            integrality=np.ones(len(cost), np.int64),
            bounds=Bounds(0, 1),
            constraints=rows,
            options={"mip_rel_gap": 0.0, "node_limit": MOST_NODES},
        )
        if found.x is None:
            return
        taken = np.flatnonzero(found.x > 0.5)
        trio = taken[taken >= len(a)]
        if len(trio) == 1:
            self.take(a[taken[taken < len(a)]], b[taken[taken < len(a)]], self.trios[trio[0] - len(a)])
        self.branched = bool(found.status == 0)


def with_all(trios: Places, forced: Places) -> Places:
    """Those trios in which all of `forced` sit."""
    for person in forced:
        trios = trios[(trios == person).any(axis=1)]
    return trios

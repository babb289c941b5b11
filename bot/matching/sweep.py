"""Looks at every pair of a large company without ever holding them all: which are worth trying, and which a set of
prices does not yet pay for.

People are taken in the order of their kinds: what depends on kinds only is known for many at once, and kinds that
can't reach the prices are never looked at.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.matching import dice
from bot.matching.table import Ints, Places, Table
from bot.matching.weights import (
    FORBIDDEN,
    Longs,
    add_topics,
    differ,
    kinds,
    kinds_block,
    most_by_contacts,
    same_step,
    sparse_rows,
    take_near,
    take_tied,
    take_unwanted,
)

ROWS, TILE = 64, 4096
MOST_KINDS = 2000
"""Kinds whose points with each other are kept; of more they are worked out for each few rows."""
STRIDE = 7
"""Of every so many people one is looked at to tell how good is good enough."""
MANY = 500
"""Number of people each person is at least compared with."""
LOWEST = -(1 << 30)


@dataclass(frozen=True, slots=True, eq=False)
class Edges:
    """Pairs (a[i], b[i]) of places within a pool, a < b, each once, and what they are worth."""

    a: Ints
    b: Ints
    weight: Ints | Longs


class Pool:
    """Some people of a table in the order of their kinds. Places are those in `people`."""

    def __init__(self, t: Table, people: Places) -> None:
        self.people = people[np.argsort(t.kind[people], kind="stable")]
        self.table = t.take(self.people)
        self.first, self.kind = kinds(self.table, np.arange(len(people)))
        few = len(self.first) <= MOST_KINDS
        self.points = kinds_block(self.table, self.first, self.first) if few else None
        self.starts = np.searchsorted(self.kind, np.arange(len(self.first) + 1))
        w = t.wishes
        self.extra = w.department + w.topics + most_by_contacts(w) + (1 << dice.JITTER_BITS)
        """What a pair may be worth more than its kinds say: they say nothing in common."""

    def __len__(self) -> int:
        return len(self.people)

    def lowest(self, prices: Longs) -> Longs:
        """The lowest price in each kind: what it takes at least to be worth a look."""
        return np.minimum.reduceat(prices, self.starts[:-1]) if len(self) else prices

    def usual(self, prices: Longs) -> Longs:
        """A price in each kind that a quarter of its people stay under."""
        spans = zip(self.starts[:-1], self.starts[1:], strict=True)
        return np.array([np.sort(prices[start:end])[(end - start) // 4] for start, end in spans], np.int64)

    def rows(self, needed: Longs, at_least: int = 0) -> Iterator[tuple[slice, Places, Ints]]:
        """Rows, columns, and the exact weights between them: at least once every two people whose kinds allow a weight
        of half the sum of the (doubled) prices needed; and `at_least` people for each in any case."""
        for start in range(0, len(self), ROWS):
            rows = slice(start, min(start + ROWS, len(self)))
            mine, spread = np.unique(self.kind[rows], return_inverse=True)
            points = self.points_of(mine)
            over = (2 * (points.astype(np.int64) + self.extra) - needed[mine][:, None] - needed).max(axis=0)
            columns = self.ahead(start, self.opened(over, at_least))
            if len(columns):
                yield rows, columns, self.weights(points[spread.reshape(-1)], rows, columns)

    def points_of(self, mine: Places) -> Ints:
        """Points of some kinds with all kinds."""
        return self.points[mine] if self.points is not None else kinds_block(self.table, self.first[mine], self.first)

    def opened(self, over: Longs, at_least: int) -> NDArray[np.bool_]:
        """Kinds that can reach what is needed; the nearest others too, until there are people enough."""
        order = np.argsort(-over, kind="stable")
        people = np.diff(self.starts)[order].cumsum()
        open_kinds: NDArray[np.bool_] = over >= 0
        open_kinds[order[: int(np.searchsorted(people, at_least)) + 1]] = True
        return open_kinds if at_least else over >= 0

    def ahead(self, start: int, open_kinds: NDArray[np.bool_]) -> Places:
        """All people of these kinds in the half circle that begins at `start`, so that any two are compared once."""
        half = np.arange(start, start + min(ROWS + len(self) // 2, len(self))) % len(self)
        return half[open_kinds[self.kind[half]]]

    def weights(self, points: Ints, rows: slice, columns: Places) -> Ints:
        worth = np.empty((rows.stop - rows.start, len(columns)), np.int32)
        for start in range(0, len(columns), TILE):
            tile = columns[start : start + TILE]
            worth[:, start : start + TILE] = self.dense(rows, tile) + points[:, self.kind[tile]]
        sparse_rows(self.table, rows, columns, worth)
        return worth

    def dense(self, rows: slice, columns: Places) -> Ints:
        t = self.table
        worth = dice.jitter(t.dice[rows][:, None], t.dice[columns])
        worth += differ(t.wishes.department, t.department[rows][:, None], t.department[columns])
        worth -= same_step(t.team[rows][:, None], t.team[columns])
        add_topics(t, rows, columns, worth)
        take_unwanted(t, rows, columns, worth)
        take_tied(t, rows, columns, worth)
        take_near(t, rows, columns, worth)
        return worth


def candidates(pool: Pool, prices: Longs) -> Edges:
    """For each person some thirty pairs that leave most over the partner's (doubled) price."""
    low = np.clip(prices, LOWEST, -LOWEST - 1).astype(np.int32)
    found = []
    for rows, columns, weight in pool.rows(pool.usual(prices), MANY):
        left = 2 * weight - low[columns]
        sample = left[:, ::STRIDE]
        rank = min(2, sample.shape[1])
        enough = np.partition(sample, -rank, axis=1)[:, -rank][:, None] if left.shape[1] > STRIDE * 4 else LOWEST
        found.append(chosen(rows, columns, weight, left >= enough))
    return merged(found, len(pool))


def violations(pool: Pool, prices: Longs) -> Edges:
    """All pairs worth more than their (doubled) prices together."""
    low = np.clip(prices, LOWEST, -LOWEST - 1).astype(np.int32)
    found = []
    for rows, columns, weight in pool.rows(pool.lowest(prices)):
        too_much = 2 * weight - low[columns] > low[rows][:, None]
        if too_much.any():
            found.append(chosen(rows, columns, weight, too_much))
    return merged(found, len(pool))


def chosen(rows: slice, columns: Places, weight: Ints, which: NDArray[np.bool_]) -> tuple[Ints, Ints, Ints]:
    i, j = np.nonzero(which & (weight > FORBIDDEN))
    a, b = (i + rows.start).astype(np.int32), columns[j].astype(np.int32)
    return np.minimum(a, b), np.maximum(a, b), weight[i, j]


def merged(found: list[tuple[Ints, Ints, Ints]], n: int) -> Edges:
    if not found:
        return Edges(*(np.empty(0, np.int32) for _ in range(3)))
    a, b, weight = (np.concatenate(column) for column in zip(*found, strict=True))
    _, first = np.unique(a.astype(np.int64) * n + b, return_index=True)
    return Edges(a[first], b[first], weight[first])

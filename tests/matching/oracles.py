"""What the engine is measured against: every arrangement tried, by the plain words of the objective."""

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import combinations

import numpy as np

from bot.matching.model import Request
from bot.matching.table import Table, tabulate
from bot.matching.trio import in_turn
from bot.matching.weights import FORBIDDEN, pair_weights

Score = tuple[int, ...]


def all_weights(t: Table) -> np.ndarray:
    """n x n weights, one by one."""
    n = len(t)
    a, b = np.divmod(np.arange(n * n), max(n, 1))
    return pair_weights(t, a, b).reshape(n, n)


def best_pairs(request: Request) -> Score:
    """(- people alone, - rounds they were left out, - trios, - turns had, value) of the best arrangement."""
    t = tabulate(request)
    weights = all_weights(t)
    left_out, trios = t.left_out.tolist(), t.trios.tolist()
    odd = len(t) % 2

    @cache
    def best(people: frozenset[int]) -> Score:
        if not people:
            return (0, 0, 0, 0, 0)
        first, rest = min(people), people - {min(people)}
        ways = [plus(best(rest), (-1, -left_out[first], 0, 0, 0))]
        for other in rest:
            if weights[first, other] > FORBIDDEN:
                ways.append(plus(best(rest - {other}), (0, 0, 0, 0, int(weights[first, other]))))
        for two in combinations(rest, 2):
            trio = (first, *two)
            worth = [int(weights[i, j]) for i, j in combinations(trio, 2)]
            if min(worth) > FORBIDDEN:
                ways.append(plus(best(rest - set(two)), (0, 0, -1, -sum(trios[i] for i in trio), sum(worth))))
        return max(ways)

    assert odd in (0, 1)
    return best(frozenset(range(len(t))))


def plus(one: Score, other: Score) -> Score:
    return tuple(a + b for a, b in zip(one, other, strict=True))


def partitions(people: tuple[int, ...], sizes: tuple[int, ...]) -> Iterator[tuple[tuple[int, ...], ...]]:
    """All ways to cut people into groups of these sizes."""
    if not sizes:
        yield ()
        return
    first, rest = people[0], people[1:]
    for size in sorted(set(sizes)):
        left = list(sizes)
        left.remove(size)
        for others in combinations(rest, size - 1):
            remaining = tuple(p for p in rest if p not in others)
            for more in partitions(remaining, tuple(left)):
                yield ((first, *others), *more)


def turns_of(t: Table) -> Mapping[int, int]:
    eligible, _ = in_turn(t)
    return {int(i): int(t.trios[i]) for i in eligible}

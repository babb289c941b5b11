"""What the whole would hide: parts whose mistakes later steps mend or only large companies show."""

from itertools import combinations

import networkx
import numpy as np
import pytest

from bot.matching import Request, match
from bot.matching.exact import optimal
from bot.matching.groups import improved, worth
from bot.matching.pairs import ALONE, ALONE_STEP, halved
from bot.matching.prices import raised
from bot.matching.sweep import Pool, violations
from bot.matching.table import tabulate
from bot.matching.weights import FORBIDDEN, block
from tests.matching.people import at_random, some, someone


def test_of_an_even_cycle_the_better_half_is_taken_and_of_an_odd_one_the_best_but_one() -> None:
    square = halved(np.array([1, 2, 3, 0]), np.array([1, 9, 1, 9]))
    assert square.tolist() == [3, 2, 1, 0]
    triangle = halved(np.array([1, 2, 0]), np.array([1, 9, 1]))
    assert triangle.tolist() == [ALONE, 2, 1]


@pytest.mark.parametrize("seed", range(40))
def test_odd_cycles_do_not_keep_the_optimum_from_being_found(seed: int) -> None:
    """Triangles of good pairs with poor ones between them: the relaxation is half a triangle too high."""
    dice = np.random.default_rng(seed)
    n = 2 * int(dice.integers(3, 8))
    upper = np.triu(dice.choice([0, 1, 40, 1000], (n, n), p=[0.4, 0.2, 0.2, 0.2]), 1)
    weights = (upper + upper.T).astype(np.int32)
    np.fill_diagonal(weights, FORBIDDEN)
    graph = networkx.Graph()
    graph.add_weighted_edges_from((i, j, int(weights[i, j])) for i, j in combinations(range(n), 2))
    best = sum(int(weights[i, j]) for i, j in networkx.max_weight_matching(graph, maxcardinality=True))
    found = optimal(weights, np.full(n, ALONE_STEP))
    assert found.doubled_bound == 2 * best
    assert int(weights[np.arange(n), found.mates].sum()) == 2 * best


@pytest.mark.parametrize(("n", "price"), [(30, 4400), (90, 4500), (90, 0)])
def test_prices_that_pay_too_little_are_raised_until_they_pay_for_every_pair(n: int, price: int) -> None:
    t = tabulate(at_random(n, n))
    pool = Pool(t, np.arange(n))
    prices = np.full(n, 2 * price)
    unpaid = violations(pool, prices)
    assert len(unpaid.a)
    weights = block(pool.table, np.arange(n)).astype(np.int64)
    too_much = np.triu(2 * weights > prices[:, None] + prices, 1)
    assert sorted(zip(unpaid.a.tolist(), unpaid.b.tolist(), strict=True)) == list(
        zip(*np.nonzero(too_much), strict=True)
    )
    enough = raised(prices, unpaid)
    assert (enough[:, None] + enough >= 2 * weights).all()


def test_people_change_places_until_no_exchange_pays() -> None:
    t = tabulate(at_random(9, 40))
    weights = block(t, np.arange(40))
    of = improved(weights, np.arange(40) // 4, t.keys, 1)
    before = worth(weights, of)
    for i, j in combinations(range(40), 2):
        other = of.copy()
        other[i], other[j] = of[j], of[i]
        assert worth(weights, other) <= before


def test_who_was_left_out_comes_first_among_many() -> None:
    hub, *leaves = (someone(i, left_out=2 if i == 37 else 0) for i in range(60))
    apart = tuple((a.person_id, b.person_id) for a, b in combinations(leaves, 2))
    (group,) = match(Request((hub, *leaves), blocks=apart)).groups
    assert group.members == ("U000", "U037")


def test_an_odd_number_of_many_takes_the_best_trio_too() -> None:
    result = match(Request(some(301), seed=2))
    assert [len(group.members) for group in result.groups].count(3) == 1
    assert result.value == result.bound

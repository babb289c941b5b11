"""Pairs are the best there are, in every tier, and say so."""

from dataclasses import replace
from itertools import combinations

import networkx
import numpy as np
import pytest
from hypothesis import given, settings

from bot.matching import History, Past, Request, Result, TermKind, match, pools, sweep
from bot.matching.exact import optimal
from bot.matching.pairs import alone_costs
from bot.matching.table import COUNTED, MEETING_STEP, tabulate
from bot.matching.weights import FORBIDDEN, RANGE, TEAM_STEP, block, pair_weights
from tests.matching.oracles import all_weights, best_pairs
from tests.matching.people import at_random, requests, some, someone


def score(request: Request, result: Result) -> tuple[int, ...]:
    people = {person.person_id: person for person in request.people}
    trios = [group for group in result.groups if len(group.members) == 3]
    return (
        -len(result.alone),
        -sum(people[one].left_out for one in result.alone),
        -len(trios),
        -sum(people[member].trios for trio in trios for member in trio.members),
        result.value,
    )


@pytest.mark.slow
@given(requests())
@settings(max_examples=250)
def test_no_arrangement_of_up_to_nine_people_is_better_in_any_tier(request_: Request) -> None:
    assert score(request_, match(request_)) == best_pairs(request_)


@pytest.mark.parametrize("seed", range(3))
def test_no_arrangement_of_ten_people_is_better(seed: int) -> None:
    request = at_random(seed, 10, blocked=0.3)
    assert score(request, match(request)) == best_pairs(request)


@pytest.mark.parametrize(("n", "blocked"), [(20, 0), (30, 0.5), (44, 0.1), (60, 0), (60, 0.3)])
def test_networkx_finds_nothing_better(n: int, blocked: float) -> None:
    request = at_random(n, n, blocked)
    weights = all_weights(tabulate(request))
    graph = networkx.Graph()
    graph.add_nodes_from(range(n))
    allowed = [(i, j) for i, j in combinations(range(n), 2) if weights[i, j] > FORBIDDEN]
    graph.add_weighted_edges_from((i, j, int(weights[i, j])) for i, j in allowed)
    best = networkx.max_weight_matching(graph, maxcardinality=True)
    result = match(request)
    assert len(best) * 2 == n, "the case was meant to have somebody for everybody"
    assert result.value == sum(int(weights[i, j]) for i, j in best)
    assert result.value == result.bound


@given(requests(25))
@settings(max_examples=80)
def test_everybody_is_there_exactly_once_and_no_forbidden_pair_ever(request_: Request) -> None:
    result = match(request_)
    seated = [member for group in result.groups for member in group.members]
    seated += result.alone
    assert sorted(seated) == sorted(person.person_id for person in request_.people)
    together = {frozenset(pair) for group in result.groups for pair in combinations(group.members, 2)}
    assert not together & {frozenset(pair) for pair in request_.blocks}
    assert result.value <= result.bound
    assert result.value == sum(group.value for group in result.groups)


@pytest.mark.slow
@given(requests(25))
@settings(max_examples=60)
def test_the_order_of_people_blocks_and_history_changes_nothing(request_: Request) -> None:
    past = request_.history
    turned = replace(
        request_,
        people=request_.people[::-1],
        blocks=tuple((b, a) for a, b in request_.blocks[::-1]),
        history=History.columns(past.ids, past.b[::-1], past.a[::-1], past.past[::-1], past.age_days[::-1]),
    )
    assert match(turned) == match(request_)


@pytest.mark.slow
@given(requests(25))
@settings(max_examples=60)
def test_other_names_change_nothing_but_ties(request_: Request) -> None:
    def other(person_id: str) -> str:
        return f"W{999 - int(person_id[1:])}"

    past = request_.history
    renamed = replace(
        request_,
        people=tuple(replace(person, person_id=other(person.person_id)) for person in request_.people),
        blocks=tuple((other(a), other(b)) for a, b in request_.blocks),
        history=replace(past, ids=tuple(other(i) for i in past.ids)),
    )
    one, two = match(request_), match(renamed)
    assert len(one.alone) == len(two.alone)
    pairs = sum(len(group.members) * (len(group.members) - 1) // 2 for group in one.groups)
    assert abs(one.value - two.value) <= 15 * pairs


@given(requests(12))
@settings(max_examples=20)
def test_the_same_request_is_the_same_result_and_another_seed_may_differ(request_: Request) -> None:
    assert match(request_) == match(request_)
    assert match(replace(request_, seed=request_.seed + 1)).wishes_met >= 0


def test_another_seed_brings_other_equals_together() -> None:
    results = {match(Request(some(12), seed=seed)).groups for seed in range(6)}
    assert len(results) > 3


def test_a_known_request_is_matched_the_same_on_any_machine() -> None:
    result = match(at_random(4, 11, 0.2, wishing=False))
    assert [group.members for group in result.groups] == KNOWN


KNOWN = [("U000", "U008"), ("U001", "U002", "U009"), ("U003", "U006"), ("U004", "U007"), ("U005", "U010")]


# Tiers


def test_each_step_is_larger_than_all_below_it() -> None:
    below_team = 2000 + 15
    assert below_team < TEAM_STEP
    faintest = MEETING_STEP // 4 // 4
    assert faintest > TEAM_STEP + below_team
    worst = COUNTED * (MEETING_STEP + MEETING_STEP // 4)
    assert worst + TEAM_STEP + 2 * below_team < RANGE


def test_somebody_new_in_the_own_team_comes_before_somebody_met_in_another() -> None:
    a, b, c, d = (someone(i, team="red" if i < 2 else "blue") for i in range(4))
    met = [(x.person_id, y.person_id, Past.INTRODUCED, 800) for x in (a, b) for y in (c, d)]
    result = match(Request((a, b, c, d), history=History.of(met)))
    assert [group.members for group in result.groups] == [("U000", "U001"), ("U002", "U003")]


def test_another_team_comes_before_all_wishes_together() -> None:
    ideal = {"working_hours": ((0, 480),), "topics": ("go", "tea")}
    a, b = (someone(i, team="red", level=i + 1, department=f"{i}", office=f"{i}", **ideal) for i in range(2))
    c, d = (someone(i, team="blue", level=9, department="x", office="x", working_hours=((720, 900),)) for i in (2, 3))
    result = match(Request((a, b, c, d)))
    assert TermKind.SAME_TEAM not in {term.kind for group in result.groups for term in group.terms}


def test_a_meeting_costs_more_than_an_introduction_and_fades() -> None:
    def weight(past: Past, days: float, times: int = 1) -> int:
        rows = [("U000", "U001", past, days)] * times
        t = tabulate(Request(some(2), history=History.of(rows)))
        return int(pair_weights(t, np.array([0]), np.array([1]))[0])

    fresh = match(Request(some(2))).value
    assert weight(Past.MET, 0) < weight(Past.MET, 300) < weight(Past.MET, 3000) < weight(Past.INTRODUCED, 0) + 15
    assert weight(Past.INTRODUCED, 0) < weight(Past.INTRODUCED, 3000) < fresh
    assert weight(Past.MET, 9, 1) > weight(Past.MET, 9, 2) > weight(Past.MET, 9, 3) == weight(Past.MET, 9, 30)


@given(requests(20))
@settings(max_examples=60)
def test_a_block_of_the_matrix_is_its_pairs_one_by_one(request_: Request) -> None:
    t = tabulate(request_)
    everyone = np.arange(len(t))
    assert (block(t, everyone) == all_weights(t)).all()
    assert (block(t, everyone[::2], everyone[1::3]) == all_weights(t)[::2, 1::3]).all()


# Wishes for a team


def test_a_wish_for_a_team_weighs_more_than_what_else_is_nice_and_less_than_what_must_be() -> None:
    t = tabulate(
        Request(
            (
                someone(0, team="red", office="Oslo", level=1, topics=("go",), wanted_teams=("blue",)),
                someone(1, team="blue", office="Oslo", level=1),
                someone(2, team="green", office="Lima", department="Data", level=2, topics=("go",)),
                someone(3, team="red", office="Lima", level=2),
                someone(4, team="blue", office="Oslo", level=1),
            ),
            history=History.of([("U000", "U004", Past.INTRODUCED, 3000)]),
        )
    )
    wished, nice, same_team, repeat = pair_weights(t, np.zeros(4, np.intp), np.array([1, 2, 3, 4])).tolist()
    assert wished > nice > same_team > repeat


def test_who_is_wished_for_need_not_wish_and_one_wish_is_as_good_as_two() -> None:
    def worth(**wishes: tuple[str, ...]) -> int:
        people = tuple(
            someone(i, team=team, wanted_teams=wishes.get(team, ())) for i, team in enumerate(("red", "blue"))
        )
        return match(Request(people)).value

    assert worth(red=("blue",)) == worth(blue=("red",)) == worth(red=("blue",), blue=("red",)) > worth()
    assert worth(red=("red", "gone")) == worth()


# Turns


def test_nobody_sits_in_a_trio_again_before_all_others_did() -> None:
    sat = dict.fromkeys((f"U{i:03d}" for i in range(9)), 0)
    for seed in range(9):
        people = tuple(someone(i, trios=sat[f"U{i:03d}"], team=f"{i % 4}") for i in range(9))
        result = match(Request(people, seed=seed))
        (trio,) = (group for group in result.groups if len(group.members) == 3)
        for member in trio.members:
            sat[member] += 1
        assert max(sat.values()) - min(sat.values()) <= 1


def test_who_was_left_out_comes_first() -> None:
    hub, *leaves = (someone(i, left_out=3 if i == 4 else 0) for i in range(6))
    apart = tuple((a.person_id, b.person_id) for a, b in combinations(leaves, 2))
    result = match(Request((hub, *leaves), blocks=apart))
    assert [group.members for group in result.groups] == [("U000", "U004")]


# Large companies, by the means that are used for them


@pytest.mark.parametrize(("n", "seed"), [(2, 1), (40, 2), (300, 3), (500, 4)])
def test_pools_come_within_a_few_millionths_of_the_optimum(n: int, seed: int) -> None:
    t = tabulate(at_random(seed, n))
    everyone = np.arange(n)
    weights, alone = block(t, everyone), alone_costs(t, everyone)
    best = optimal(weights, alone).doubled_bound
    found = pools.paired(t, everyone, seed)
    assert found.prices is not None
    assert (found.mates[found.mates] == everyone).all()
    value = 2 * pools.worth(t, everyone, found.mates)
    assert value <= best <= found.prices.sum()
    assert found.prices.sum() - value <= max(40, abs(best) * 100e-6)
    paid = found.prices[:, None] + found.prices >= 2 * weights.astype(np.int64)
    assert paid.all(), "prices that don't pay for a pair prove nothing"


def test_people_of_as_many_kinds_as_people_are_matched_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    t = tabulate(at_random(7, 300))
    everyone = np.arange(300)
    kept = pools.paired(t, everyone, 1).mates
    monkeypatch.setattr(sweep, "MOST_KINDS", 3)
    assert (pools.paired(t, everyone, 1).mates == kept).all()


@pytest.mark.slow
def test_a_longer_look_brings_a_lower_bound_and_never_a_worse_match() -> None:
    t = tabulate(at_random(6, 1100))
    everyone = np.arange(1100)
    found = [pools.paired(t, everyone, 6, sights) for sights in (2, 4, 12)]
    bounds = [int(one.prices.sum()) for one in found if one.prices is not None]
    assert bounds == sorted(bounds, reverse=True)
    worths = [2 * pools.worth(t, everyone, one.mates) for one in found]
    assert worths == sorted(worths)
    assert bounds[-1] - worths[-1] <= bounds[-1] * 20e-6

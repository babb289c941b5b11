"""Groups, groups across groups, mentors and mentees."""

from collections import Counter
from dataclasses import replace
from itertools import combinations, permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ortools.sat.python import cp_model

from bot.matching import Kind, Request, match
from bot.matching.groups import sizes_for
from bot.matching.table import tabulate
from bot.matching.weights import FORBIDDEN
from tests.matching.oracles import all_weights, partitions
from tests.matching.people import at_random, some, someone


def worth(weights: np.ndarray, groups: tuple[tuple[int, ...], ...]) -> int:
    return sum(int(weights[i, j]) for group in groups for i, j in combinations(group, 2))


@given(st.integers(0, 10**6), st.integers(6, 9), st.integers(3, 5))
@settings(max_examples=40)
def test_no_groups_of_up_to_nine_people_are_better(seed: int, n: int, size: int) -> None:
    request = at_random(seed, n, kind=Kind.GROUPS, size=size)
    weights = all_weights(tabulate(request))
    best = max(worth(weights, groups) for groups in partitions(tuple(range(n)), tuple(sizes_for(n, size))))
    result = match(request)
    assert result.value <= best <= result.bound
    assert result.value >= best - 200, "a search may miss some soft points, never a team or a meeting"


def test_constraint_programming_finds_hardly_anything_better_for_twelve() -> None:
    request = at_random(3, 12, kind=Kind.GROUPS, size=3)
    weights = all_weights(tabulate(request))
    model = cp_model.CpModel()
    trios = {trio: model.new_bool_var(str(trio)) for trio in combinations(range(12), 3)}
    for person in range(12):
        model.add_exactly_one(var for trio, var in trios.items() if person in trio)
    model.maximize(sum(worth(weights, (trio,)) * var for trio, var in trios.items()))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    assert solver.solve(model) == cp_model.OPTIMAL
    result = match(request)
    assert solver.objective_value - 200 <= result.value <= solver.objective_value <= result.bound


@pytest.mark.slow
@given(st.integers(0, 10**6), st.integers(0, 40), st.integers(3, 8), st.sampled_from([0.0, 0.1, 0.4]))
@settings(max_examples=60)
def test_everybody_is_in_one_group_and_nobody_with_whom_they_must_not(
    seed: int, n: int, size: int, dense: float
) -> None:
    request = at_random(seed, n, dense, kind=Kind.GROUPS, size=size)
    result = match(request)
    seated = [m for group in result.groups for m in group.members] + list(result.alone)
    assert sorted(seated) == [person.person_id for person in request.people]
    together = {frozenset(pair) for group in result.groups for pair in combinations(group.members, 2)}
    assert not together & {frozenset(pair) for pair in request.blocks}
    assert all(2 <= len(group.members) <= 8 for group in result.groups)
    assert result.value <= result.bound
    assert match(request) == result


@pytest.mark.parametrize("size", range(3, 9))
@pytest.mark.parametrize("n", range(2, 70))
def test_sizes_differ_by_one_at_most(n: int, size: int) -> None:
    sizes = sizes_for(n, size)
    assert sum(sizes) == n
    assert max(sizes) - min(sizes) <= 1
    assert {min(sizes), max(sizes)} <= set(range(2, 9))
    if n >= size * size:
        assert {size - 1, size, size + 1} >= set(sizes)


@pytest.mark.slow
def test_more_people_than_fit_a_block_are_grouped_as_well() -> None:
    result = match(at_random(8, 604, kind=Kind.GROUPS, size=4))
    assert len(result.groups) == 151
    assert not result.alone


@pytest.mark.slow
@given(st.integers(0, 10**6), st.integers(2, 30), st.sampled_from([2, 3, 4]))
@settings(max_examples=60)
def test_across_groups_nobody_meets_their_own(seed: int, n: int, size: int) -> None:
    request = at_random(seed, n, kind=Kind.CROSS_GROUP, size=size)
    people = tuple(replace(person, group=person.office) for person in request.people)
    group_of = {person.person_id: person.group for person in people}
    result = match(replace(request, people=people))
    for group in result.groups:
        assert len({group_of[member] for member in group.members}) == len(group.members)


def test_across_two_groups_all_of_the_smaller_one_meet_somebody() -> None:
    people = tuple(someone(i, group="north" if i < 7 else "south", left_out=1 if i == 19 else 0) for i in range(20))
    result = match(Request(people, Kind.CROSS_GROUP))
    assert len(result.groups) == 7
    assert "U019" not in result.alone


@pytest.mark.parametrize("n", [1200, 1201])
def test_across_two_groups_of_many_as_well(n: int) -> None:
    people = tuple(someone(i, group="north" if i % 4 == 0 else "south", left_out=i % 3 // 2) for i in range(n))
    result = match(Request(people, Kind.CROSS_GROUP))
    left_out = {person.person_id: person.left_out for person in people}
    assert len(result.groups) == sum(person.group == "north" for person in people)
    assert result.gap_ppm < 20
    waited = {member for group in result.groups for member in group.members if left_out[member]}
    assert len(waited) == sum(left_out.values()), "all who were left out before have somebody now"


def mentoring(seed: int, mentors: int = 5, mentees: int = 9, blocked: float = 0.1) -> Request:
    request = at_random(seed, mentors + mentees, blocked, kind=Kind.ROLES)
    people = tuple(replace(p, seats=1 + i % 3) if i < mentors else p for i, p in enumerate(request.people))
    return replace(request, people=people)


@given(st.integers(0, 10**6), st.integers(1, 6), st.integers(0, 14))
@settings(max_examples=80)
def test_each_mentor_has_as_many_as_they_offer_seats_and_each_mentee_one_mentor(
    seed: int, mentors: int, mentees: int
) -> None:
    request = mentoring(seed, mentors, mentees)
    result = match(request)
    seats = {p.person_id: p.seats for p in request.people}
    taken = Counter(member for group in result.groups for member in group.members)
    assert all(sorted(seats[member] > 0 for member in group.members) == [False, True] for group in result.groups)
    assert all(times <= (seats[member] or 1) for member, times in taken.items())
    assert not {frozenset(group.members) for group in result.groups} & {frozenset(pair) for pair in request.blocks}
    assert sorted([*taken, *result.alone]) == sorted(seats)


def test_mentors_and_mentees_are_the_best_pairs() -> None:
    request = mentoring(5, 4, 4, blocked=0)
    request = replace(request, people=tuple(replace(p, seats=min(p.seats, 1), left_out=0) for p in request.people))
    weights = all_weights(tabulate(request))[:4, 4:]
    best = max(sum(int(weights[i, j]) for i, j in enumerate(order)) for order in permutations(range(4)))
    assert (weights > FORBIDDEN).all()
    assert match(request).value == best


def test_all_equal_groups() -> None:
    assert len(match(Request(some(30), Kind.GROUPS, 5)).groups) == 6

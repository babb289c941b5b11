"""Coffees build bridges: between teams not in touch, to teams a person does not reach, across distance."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching import History, Past, Request, TermKind, match
from bot.matching.model import Wishes
from bot.matching.sweep import Pool
from bot.matching.table import tabulate
from bot.matching.ties import FADED_DAYS, FULL_DAYS
from bot.matching.weights import block, pair_weights
from tests.matching.people import at_random, requests, some, someone

W = Wishes()


def weight(request: Request, a: int, b: int) -> int:
    """Without what chance adds."""
    weights = pair_weights(tabulate(request), np.array([a]), np.array([b]))
    return int(weights[0]) // 16 * 16


def two_teams(*rows: tuple[str, str, Past, float], **more: object) -> Request:
    """People 0 to 2 are of Sales, 3 to 5 of Data, 6 and 7 of Design."""
    teams = ["Sales"] * 3 + ["Data"] * 3 + ["Design"] * 2
    people = tuple(someone(i, team=team) for i, team in enumerate(teams))
    return Request(people, history=History.of(rows), wishes=Wishes(contacts=0, far=0), **more)  # type: ignore[arg-type]


def lost(*rows: tuple[str, str, Past, float], pair: tuple[int, int] = (1, 4)) -> int:
    """What a meeting of these two is worth less because of these rows."""
    return round((weight(two_teams(), *pair) - weight(two_teams(*rows), *pair)) / 16) * 16


def test_a_first_meeting_ties_two_teams_for_all_their_people() -> None:
    assert abs(lost(("U000", "U003", Past.MET, 7)) - W.bridge) <= 16
    assert abs(lost(("U000", "U003", Past.IN_TOUCH, 7)) - W.bridge) <= 16
    assert lost(("U000", "U003", Past.INTRODUCED, 7)) == 0
    assert lost(("U000", "U006", Past.MET, 7)) == 0


def test_whoever_knows_someone_there_reaches_the_team() -> None:
    assert abs(lost(("U000", "U003", Past.MET, 7), pair=(0, 4)) - W.bridge - W.reach) <= 16


def test_a_tie_fades_after_a_year_and_never_counts_twice() -> None:
    fresh, old, ancient = (lost(("U000", "U003", Past.MET, days)) for days in (FULL_DAYS, FULL_DAYS + 180, FADED_DAYS))
    assert fresh > old > ancient > 0
    assert lost(*[("U000", "U003", Past.MET, 7), ("U001", "U005", Past.MET, 7)], pair=(2, 4)) == fresh


def test_someone_away_ties_their_team_all_the_same() -> None:
    rows = [("U000", "U099", Past.MET, 7.0)]
    known = two_teams(*rows, absent={"U099": "Data"})
    unknown = two_teams(*rows, absent={"U099": None})
    assert weight(known, 1, 4) < weight(unknown, 1, 4)


@given(requests(most=12), st.integers(0, 2))
def test_every_way_of_weighing_says_the_same(request: Request, wish: int) -> None:
    request = replace(request, wishes=[W, Wishes(bridge=0, reach=0), Wishes(far=0)][wish])
    t = tabulate(request)
    n = len(t)
    a, b = np.divmod(np.arange(n * n), max(n, 1))
    one_by_one = pair_weights(t, a, b).reshape(n, n)
    assert (block(t, np.arange(n)) == one_by_one).all()
    assert (one_by_one == one_by_one.T).all()
    pool = Pool(t, np.arange(n))
    for rows, columns, weights in pool.rows(np.full(len(pool.first), -(1 << 30))):
        assert (weights == one_by_one[np.ix_(pool.people[rows], pool.people[columns])]).all()


@given(requests(), st.integers(0, 600), st.integers(0, 150))
def test_more_weight_on_bridges_breaks_no_higher_tier(request: Request, bridge: int, reach: int) -> None:
    usual, other = match(request), match(replace(request, wishes=Wishes(bridge=bridge, reach=reach)))
    assert len(usual.alone) == len(other.alone)
    assert costs(request, usual.groups) == costs(request, other.groups)


def costs(request: Request, groups: object) -> tuple[int, int]:
    """What repeats cost (without jitter there is one optimum), and pairs of one team."""
    t = tabulate(request)
    number = {person.person_id: i for i, person in enumerate(t.people)}
    pairs = [(number[x], number[y]) for group in groups for x, y in combinations(group.members, 2)]  # type: ignore[attr-defined]
    return (
        sum(int(t.past_cost[i, j]) for i, j in pairs) >> 13,
        sum(t.team[i] == t.team[j] >= 0 for i, j in pairs),
    )


@given(st.integers(0, 10**6), st.integers(2, 9))
def test_without_any_team_the_matching_is_as_good_as_without_bridges(seed: int, n: int) -> None:
    request = at_random(seed, n, wishing=False)
    request = replace(request, people=tuple(replace(person, team=None) for person in request.people))
    plain = replace(request, wishes=Wishes(bridge=0, reach=0))
    assert [group.members for group in match(request).groups] == [group.members for group in match(plain).groups]


@given(st.integers(0, 10**6), st.integers(2, 9))
def test_renaming_teams_changes_nothing(seed: int, n: int) -> None:
    request = at_random(seed, n, wishing=False)
    other = {"red": "zinc", "green": "amber", "blue": "mauve", None: None}
    renamed = replace(request, people=tuple(replace(person, team=other[person.team]) for person in request.people))
    assert match(request).value == match(renamed).value


def test_a_person_alone_in_a_team_has_one_coffee_a_round_like_everyone() -> None:
    people = (someone(0, team="Legal"), *(someone(i, team=f"team {i % 4}") for i in range(1, 20)))
    groups = match(Request(people)).groups
    assert [sum("U000" in group.members for group in groups), {len(group.members) for group in groups}] == [1, {2}]


@pytest.mark.parametrize(
    "people",
    [
        some(9, team="one"),
        tuple(someone(i, team=f"team {i}") for i in range(9)),
        pytest.param(tuple(someone(i, team=f"team {i}") for i in range(1000)), marks=pytest.mark.slow),
    ],
    ids=["one team", "a team for each", "1,000 teams of one"],
)
def test_any_teams_at_all_are_matched(people: tuple) -> None:
    met = [(a.person_id, b.person_id, Past.MET, 7.0) for a, b in combinations(people[:9], 2)]
    for history in (History(), History.of(met)):
        found = match(Request(people, history=history))
        assert not found.alone
        assert found.value <= found.bound


def test_two_who_are_joined_in_many_ways_of_three_steps_lose_the_points_for_distance() -> None:
    """Person 0 knows 2 and 3, person 1 knows 4 and 5, and these know each other: four ways from 0 to 1."""
    near = [(0, 2), (0, 3), (1, 4), (1, 5), (2, 4), (2, 5), (3, 4), (3, 5)]
    rows = [(f"U{i:03d}", f"U{j:03d}", Past.MET, 7.0) for i, j in near]
    request = Request(some(12), history=History.of(rows), wishes=Wishes(contacts=0))
    assert abs(weight(request, 6, 7) - weight(request, 0, 1) - W.far) <= 16


def first(*rows: tuple[str, str, Past, float], sizes: tuple[int, int] = (5, 5), **more: object) -> bool:
    """Whether the reasons of a match call it the first coffee of the two teams."""
    absent = {f"S{i}": "Sales" for i in range(sizes[0] - 1)} | {f"D{i}": "Data" for i in range(sizes[1] - 1)}
    people = (someone(1, team="Sales"), someone(2, team="Data"))
    [group] = match(Request(people, history=History.of(rows), absent=absent, **more)).groups  # type: ignore[arg-type]
    kinds = [term.kind for term in group.terms]
    assert (TermKind.TEAMS in kinds) != (TermKind.FIRST_COFFEE in kinds)
    return kinds[0] is TermKind.FIRST_COFFEE


def test_a_first_coffee_between_two_teams_is_the_first_reason_where_that_is_true() -> None:
    assert first()
    assert first(("S0", "D0", Past.INTRODUCED, 7))
    assert not first(("S0", "D0", Past.MET, 7))
    assert not first(("S0", "D0", Past.MET, 3000))


def test_nothing_is_told_of_teams_under_five_or_from_a_part_of_what_happened() -> None:
    assert not first(sizes=(4, 9))
    assert not first(sizes=(9, 4))
    assert not first(is_history_whole=False)

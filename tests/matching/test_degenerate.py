"""What is odd about a company must not break its round."""

from itertools import combinations

import pytest

from bot.matching import Kind, Participant, Past, Request, Result, TermKind, match
from bot.matching.history import History
from tests.matching.people import all_met, some, someone


def members(result_of: Request) -> list[tuple[str, ...]]:
    return [group.members for group in match(result_of).groups]


def test_nobody() -> None:
    result = match(Request(()))
    assert (result.groups, result.alone, result.value, result.bound, result.gap_ppm) == ((), (), 0, 0, 0)


def test_one_person() -> None:
    assert match(Request(some(1))).alone == ("U000",)


def test_two_people() -> None:
    assert members(Request(some(2))) == [("U000", "U001")]


def test_three_people() -> None:
    assert members(Request(some(3))) == [("U000", "U001", "U002")]


@pytest.mark.parametrize("n", [2, 3, 8, 31, 200, 1100])
def test_all_in_one_team(n: int) -> None:
    result = match(Request(some(n, team="red")))
    assert not result.alone
    assert groups_with(result, TermKind.SAME_TEAM) == len(result.groups) == n // 2


@pytest.mark.parametrize(("n", "majority"), [(10, 7), (42, 30), (1200, 900)])
def test_one_team_with_the_majority(n: int, majority: int) -> None:
    people = tuple(someone(i, team="red" if i < majority else f"team {i}") for i in range(n))
    result = match(Request(people))
    assert not result.alone
    across = len(result.groups) - groups_with(result, TermKind.SAME_TEAM)
    assert across == min(n // 2, n - majority)


@pytest.mark.parametrize("n", [2, 3, 5, 12, 1101])
def test_blocked_so_that_somebody_has_nobody(n: int) -> None:
    people = some(n)
    blocks = tuple(("U000", person.person_id) for person in people[1:])
    result = match(Request(people, blocks=blocks))
    assert "U000" in result.alone
    assert len(result.alone) == (2 if n == 2 else 1)


@pytest.mark.sampled(2)
@pytest.mark.parametrize("n", [4, 9, 40, 1050])
def test_a_star_of_blocks_leaves_one_pair(n: int) -> None:
    """All leaves are blocked among each other; only the hub may meet them."""
    hub, *leaves = some(n)
    blocks = tuple((a.person_id, b.person_id) for a, b in combinations(leaves, 2))
    result = match(Request((hub, *leaves), blocks=blocks))
    assert len(result.groups) == 1
    assert "U000" in result.groups[0].members
    assert len(result.alone) == n - 2


def test_a_blocked_hub_is_the_only_one_left() -> None:
    people = some(31)
    result = match(Request(people, blocks=tuple((people[7].person_id, p.person_id) for p in people if p != people[7])))
    assert result.alone == ("U007",)
    assert len(result.groups) == 15


@pytest.mark.parametrize("n", [2, 3, 10, 61])
def test_everybody_has_met_everybody(n: int) -> None:
    people = some(n)
    result = match(Request(people, history=all_met(people)))
    assert not result.alone
    assert groups_with(result, TermKind.MET_BEFORE) == len(result.groups) == n // 2


def test_of_all_who_have_met_those_meet_whose_meeting_is_longest_ago() -> None:
    people = some(4)
    rows = [(a.person_id, b.person_id, Past.MET, 10) for a, b in combinations(people, 2)]
    rows = [(a, b, what, 700 if {a, b} in ({"U000", "U003"}, {"U001", "U002"}) else days) for a, b, what, days in rows]
    assert members(Request(people, history=History.of(rows))) == [("U000", "U003"), ("U001", "U002")]


@pytest.mark.parametrize("n", [10, 75, 300, 1500])
def test_all_weights_equal(n: int) -> None:
    result = match(Request(some(n), seed=n))
    assert not result.alone
    assert result.gap_ppm < 100


def test_eight_hour_offices_without_overlap() -> None:
    people = tuple(someone(i, office="AB"[i % 2], working_hours=((i % 2 * 720, i % 2 * 720 + 480),)) for i in range(8))
    result = match(Request(people))
    assert not result.alone
    offices = {person.person_id: person.office for person in people}
    assert all(offices[a] == offices[b] for a, b in (group.members for group in result.groups))


def test_an_office_of_one_without_overlap_still_meets_somebody() -> None:
    people = tuple(someone(i, working_hours=((0, 480),) if i else ((720, 1200),)) for i in range(6))
    assert not match(Request(people)).alone


def test_mentors_fewer_than_mentees() -> None:
    mentors = tuple(Participant(f"M{i}", seats=2) for i in range(3))
    mentees = tuple(Participant(f"N{i}", left_out=1 if i > 7 else 0) for i in range(10))
    result = match(Request((*mentors, *mentees), Kind.ROLES))
    assert len(result.groups) == 6
    assert len(result.alone) == 4
    assert not {"N8", "N9"} & set(result.alone)


def test_mentors_without_mentees_and_mentees_without_mentors() -> None:
    mentor, mentee = Participant("M", seats=1), Participant("N")
    for one in (mentor, mentee):
        assert match(Request((one,), Kind.ROLES)).alone == (one.person_id,)
    assert len(match(Request((mentor, Participant("M1", seats=1), mentee), Kind.ROLES)).alone) == 1


def groups_with(result: Result, kind: TermKind) -> int:
    return sum(kind in {term.kind for term in group.terms} for group in result.groups)

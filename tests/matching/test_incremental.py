"""One person more or less changes one match."""

from dataclasses import replace

from bot.matching import Kind, Participant, Request, Role, Why, add_late_joiner, match, replace_person
from tests.matching.people import at_random, some, someone


def test_a_late_joiner_meets_the_one_who_is_alone() -> None:
    request = Request(some(3), blocks=(("U000", "U001"), ("U000", "U002")))
    before = match(request)
    after = add_late_joiner(before, request, someone(9))
    assert after is not None
    assert [group.members for group in after.groups] == [("U000", "U009"), ("U001", "U002")]
    assert not after.alone


def test_a_late_joiner_sits_down_with_a_pair_and_all_others_stay() -> None:
    request = at_random(1, 40)
    before = match(request)
    after = add_late_joiner(before, request, someone(99, team="red"))
    assert after is not None
    gone, new = set(before.groups) - set(after.groups), set(after.groups) - set(before.groups)
    assert len(gone) == len(new) == 1
    assert set(next(iter(new)).members) == {*next(iter(gone)).members, "U099"}


def test_a_late_joiner_whom_nobody_may_meet_waits() -> None:
    request = replace(at_random(1, 6), blocks=tuple((f"U{i:03d}", "U099") for i in range(6)), absent=("U099",))
    before = match(request)
    assert add_late_joiner(before, replace(request, absent=()), someone(99)) is None


def test_a_second_late_joiner_spares_the_trio() -> None:
    request = Request(some(4))
    one = add_late_joiner(match(request), request, someone(5))
    assert one is not None
    two = add_late_joiner(one, replace(request, people=(*request.people, someone(5))), someone(6))
    assert two is not None
    assert [len(group.members) for group in two.groups] == [3, 3]


def test_nobody_joins_a_trio() -> None:
    request = Request(some(3))
    assert add_late_joiner(match(request), request, someone(5)) is None


def test_a_late_mentee_gets_a_free_seat() -> None:
    people = (Participant("M", role=Role.MENTOR, capacity=2), Participant("N", role=Role.MENTEE))
    request = Request(people, Kind.ROLES)
    first = add_late_joiner(match(request), request, Participant("P", role=Role.MENTEE))
    assert first is not None
    assert [group.members for group in first.groups] == [("M", "N"), ("M", "P")]
    full = replace(request, people=(*people, Participant("P", role=Role.MENTEE)))
    assert add_late_joiner(first, full, Participant("Q", role=Role.MENTEE)) is None


def test_who_loses_their_partner_joins_a_pair_and_all_others_stay() -> None:
    request = at_random(2, 30)
    before = match(request)
    gone, left = before.groups[0].members
    after = replace_person(before, request, gone)
    assert not after.alone
    assert len(set(before.groups) - set(after.groups)) == 2
    (new,) = set(after.groups) - set(before.groups)
    assert left in new.members
    assert gone not in after.match_of


def test_a_trio_of_which_one_goes_is_a_pair() -> None:
    request = Request(some(3))
    after = replace_person(match(request), request, "U001")
    assert [group.members for group in after.groups] == [("U000", "U002")]


def test_who_is_left_with_nobody_is_told() -> None:
    request = Request(some(2))
    (alone,) = replace_person(match(request), request, "U001").alone
    assert (alone.person_id, alone.reason) == ("U000", Why.NOBODY_ELSE)


def test_a_mentor_who_goes_leaves_their_mentees_to_others() -> None:
    people = (
        *(Participant(f"M{i}", role=Role.MENTOR, capacity=2) for i in range(2)),
        *(Participant(f"N{i}", role=Role.MENTEE) for i in range(2)),
    )
    request = Request(people, Kind.ROLES)
    after = replace_person(match(request), request, "M0")
    assert [group.members for group in after.groups] == [("M1", "N0"), ("M1", "N1")]

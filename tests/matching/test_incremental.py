"""A late joiner changes one match."""

from dataclasses import replace

from bot.matching import Group, Kind, Participant, Request, Result, add_late_joiner, match
from tests.matching.people import at_random, some, someone


def joined(request: Request, joiner: Participant, before: Result | None = None) -> Group | None:
    before = before or match(request)
    return add_late_joiner(request, [group.members for group in before.groups], before.alone, joiner)


def test_a_late_joiner_meets_the_one_who_is_alone() -> None:
    group = joined(Request(some(3), blocks=(("U000", "U001"), ("U000", "U002"))), someone(9))
    assert group is not None
    assert group.members == ("U000", "U009")


def test_a_late_joiner_sits_down_with_a_pair_and_is_told_why() -> None:
    request = at_random(1, 40)
    group = joined(request, someone(99, team="red"))
    assert group is not None
    assert tuple(member for member in group.members if member != "U099") in [g.members for g in match(request).groups]
    assert group.terms


def test_a_late_joiner_who_may_meet_no_one_waits() -> None:
    request = replace(at_random(1, 6), blocks=tuple((f"U{i:03d}", "U099") for i in range(6)), absent={"U099": None})
    before = match(request)
    assert joined(replace(request, absent={}), someone(99), before) is None


def test_a_second_late_joiner_spares_the_trio() -> None:
    request = Request(some(6))
    group = add_late_joiner(request, [("U000", "U001", "U002"), ("U003", "U004")], (), someone(7))
    assert group is not None
    assert group.members == ("U003", "U004", "U007")


def test_no_one_joins_a_trio() -> None:
    assert joined(Request(some(3)), someone(5)) is None


def test_of_two_pairs_the_one_is_joined_whose_turn_it_is() -> None:
    people = tuple(someone(i, trios=1 if i < 2 else 0) for i in range(4))
    group = add_late_joiner(Request(people), [("U000", "U001"), ("U002", "U003")], (), someone(5))
    assert group is not None
    assert group.members == ("U002", "U003", "U005")


def test_a_late_mentee_waits() -> None:
    people = (Participant("M", seats=1), Participant("N"), Participant("O"))
    assert joined(Request(people, Kind.ROLES), Participant("P")) is None

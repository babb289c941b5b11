"""People come and go while a large round is decided: they are matched anew, and the others keep their matches."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from bot.coffee.rounds import partial_replan, rematching, service, worker
from bot.coffee.rounds import plan as deciding
from storage.kinds import AbsenceReason
from storage.programs import apart, programs
from tests.coffee.stories import TUESDAY_TEN_IN_BERLIN, introductions, last_words


def plan_of(weft):
    with weft.bot.look() as work:
        [program] = programs.programs(work)
        return program.id, deciding.decide(work, program.id)


@pytest.mark.parametrize("comes_or_goes", ["skip", "leave", "pause 2w"])
def test_whoever_goes_while_the_round_is_decided_has_it_decided_again(weft, program, comes_or_goes):
    weft.clock.move_to(TUESDAY_TEN_IN_BERLIN)
    program_id, plan = plan_of(weft)
    program.ana.command("/coffee", comes_or_goes)

    with weft.bot.begin() as work:
        assert service.write(work, program_id, plan, anyway=False) is None


def test_whoever_comes_while_the_round_is_decided_has_it_decided_again(weft, program, workspace):
    weft.clock.move_to(TUESDAY_TEN_IN_BERLIN)
    program_id, plan = plan_of(weft)
    workspace.add_person("Eva Horak").join(program.coffee)

    with weft.bot.begin() as work:
        assert service.write(work, program_id, plan, anyway=False) is None


def test_two_who_would_rather_not_meet_are_not_matched_though_one_said_so_while_it_was_decided(weft, program):
    weft.clock.move_to(TUESDAY_TEN_IN_BERLIN)
    program_id, plan = plan_of(weft)
    one, other = plan.matched.groups[0].people
    apart_from(weft, one, [other])

    with weft.bot.begin() as work:
        assert service.write(work, program_id, plan, anyway=False) is None
    with weft.bot.begin() as work:
        assert service.write(work, program_id, plan, anyway=True) == {one, other}
    weft.settle()

    for person in program.everyone:
        for introduction in introductions(person):
            assert not {one, other} <= set(re.findall(r"U\w+", introduction.text))


def test_after_some_tries_the_round_begins_without_those_who_left(weft, program):
    weft.clock.move_to(TUESDAY_TEN_IN_BERLIN)
    program_id, plan = plan_of(weft)
    program.ana.command("/coffee", "leave")

    with weft.bot.begin() as work:
        assert service.write(work, program_id, plan, anyway=True) is not None
    weft.settle()

    assert introductions(program.ana) == []
    [alone] = [person for person in program.everyone[1:] if "You're first in line next round" in last_words(person)]
    assert introductions(alone) == []


@pytest.fixture
def large(weft, program, workspace):
    """Fourteen people, for whom a round is decided as it is for ten thousand."""
    program.everyone += [workspace.add_person(f"Person {n}", tz="Europe/Berlin") for n in range(10)]
    for person in program.everyone[4:]:
        person.join(program.coffee)
    weft.clock.move_to(TUESDAY_TEN_IN_BERLIN)
    return program


@pytest.fixture
def decided_as_if_large(weft, large, monkeypatch):
    """Whatever is in the list happens one after the other, each time as soon as something has been decided."""
    happens = []

    def decide_here(bot, program_id, how=deciding.decide):
        with bot.look() as work:
            plan = how(work, program_id)
        if happens:
            happens.pop(0)()
        return plan

    monkeypatch.setattr(worker, "LARGE", 2)
    monkeypatch.setattr(worker, "plan_in_subprocess", decide_here)
    return happens


def names_of(groups):
    return {frozenset(group.people) for group in groups}


def test_only_those_are_matched_anew_whom_it_concerns(weft, large, workspace, monkeypatch):
    monkeypatch.setattr(rematching, "REOPENED_MATCHES", 0)
    program_id, plan = plan_of(weft)
    gone = plan.matched.groups[0].people[0]
    next(person for person in large.everyone if person.id == gone).command("/coffee", "skip")
    eva = workspace.add_person("Eva Horak", tz="Europe/Berlin")
    eva.join(large.coffee)

    with weft.bot.look() as work:
        mended = partial_replan.PartialReplan(plan)(work, program_id)

    [left] = set(plan.matched.groups[0].people) - {gone}
    assert names_of(mended.matched.groups) == names_of(plan.matched.groups[1:]) | {frozenset({left, eva.id})}
    assert mended.attendance.absent[gone] is AbsenceReason.SKIPPED


def test_for_a_single_one_left_other_matches_are_opened_so_that_nobody_is_alone(weft, large):
    program_id, plan = plan_of(weft)
    gone = plan.matched.groups[0].people[0]
    next(person for person in large.everyone if person.id == gone).command("/coffee", "leave")

    with weft.bot.look() as work:
        mended = partial_replan.PartialReplan(plan)(work, program_id)

    assert mended.matched.alone == {}
    assert sorted(len(group.people) for group in mended.matched.groups) == [2, 2, 2, 2, 2, 3]


@pytest.mark.slow
def test_somebody_skips_after_each_decision_and_everybody_else_is_introduced_once(weft, large, decided_as_if_large):
    going = large.everyone[:3]
    decided_as_if_large += [lambda person=person: person.command("/coffee", "skip") for person in going]
    weft.settle()
    weft.settle()

    assert [len(introductions(person)) for person in large.everyone] == [0, 0, 0] + [1] * 11


@pytest.mark.slow
def test_whoever_joins_as_the_round_is_written_meets_somebody_in_it(weft, large, workspace, decided_as_if_large):
    late = [workspace.add_person(name, tz="Europe/Berlin") for name in ("Eva Horak", "Finn Berg", "Gus Lind")]
    decided_as_if_large += [lambda person=person: person.join(large.coffee) for person in late]
    weft.settle()
    weft.settle()

    assert [len(introductions(person)) for person in late] == [1, 1, 1]


@pytest.mark.slow
def test_one_who_came_is_gone_again_before_a_place_was_found(weft, large, workspace, decided_as_if_large):
    eva = workspace.add_person("Eva Horak", tz="Europe/Berlin")
    eva.join(large.coffee)
    eva.deactivate()

    partial_replan.find_company(weft.bot, 1, [eva.id, "UNOBODY"])
    weft.settle()

    assert introductions(eva) == []


NUMBERS = some.sets(some.integers(0, 13), max_size=8)


@pytest.mark.slow
def test_whoever_comes_and_goes_everybody_is_in_one_match_or_knows_why_not_and_the_kept_apart_stay_so(weft, large):
    everyone = sorted(person.id for person in large.everyone)
    with weft.bot.begin() as work:
        apart.replace_wishes(work, person_id=everyone[0], others=everyone[1:5])

    @settings(max_examples=30)
    @given(out_at_first=NUMBERS, out_then=NUMBERS, beside=some.integers(0, 3))
    def mended(out_at_first, out_then, beside):
        let_skip(weft, everyone, out_at_first)
        program_id, plan = plan_of(weft)
        let_skip(weft, everyone, out_then)
        with pytest.MonkeyPatch.context() as patch, weft.bot.look() as work:
            patch.setattr(rematching, "REOPENED_MATCHES", beside)
            again = partial_replan.PartialReplan(plan)(work, program_id)

        matched = [person_id for group in again.matched.groups for person_id in group.people]
        assert sorted([*matched, *again.matched.alone, *again.attendance.absent]) == everyone
        assert again.attendance.absent.keys() == {everyone[number] for number in out_then}
        for group in again.matched.groups:
            assert len(group.people) in (2, 3)
            assert everyone[0] not in group.people or not set(group.people) & set(everyone[1:5])

    mended()


def apart_from(weft, person_id, others):
    with weft.bot.begin() as work:
        apart.replace_wishes(work, person_id=person_id, others=others)


def let_skip(weft, everyone, numbers):
    with weft.bot.begin() as work:
        [program] = programs.programs(work)
        for member in programs.get_memberships(work, program_id=program.id, person_ids=everyone):
            is_out = everyone.index(member.person_id) in numbers
            member.skipped_round_at = program.next_round_at if is_out else None

"""A round is decided at once and told some at a time: whatever happens in between, nobody is lost or told twice."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.coffee.activity import heads_up
from bot.coffee.rounds import notify, service, worker
from bot.delivery.carrier import Carrier
from bot.delivery.lease import LEASE
from storage.rounds.rounds import Round
from tests.coffee.stories import TUESDAY_TEN_IN_BERLIN, introductions

pytestmark = pytest.mark.slow


@pytest.fixture
def decided(weft, program):
    """The round has been written, and the process died before anybody was told."""
    weft.clock.move_to(TUESDAY_TEN_IN_BERLIN)
    service.start_due_rounds(weft.bot)
    weft.carry()
    assert all(introductions(person) == [] for person in program.everyone)
    return program


def test_whoever_was_not_told_before_a_crash_is_told_after_it(weft, decided):
    weft.settle()
    weft.settle()

    assert [len(introductions(person)) for person in decided.everyone] == [1, 1, 1, 1]


def test_somebody_leaves_the_company_before_their_introduction_is_written(weft, decided):
    decided.ana.deactivate()
    weft.settle()

    assert introductions(decided.ana) == []
    for person in decided.everyone[1:]:
        [told] = introductions(person)
        assert decided.ana.id not in str(told.blocks)


def test_a_round_of_many_is_told_in_parts_and_to_everybody_once(weft, program, workspace):
    more = [workspace.add_person(f"Person {n}", tz="Europe/Berlin") for n in range(2 * notify.AT_ONCE + 2)]
    for person in more:
        person.join(program.coffee)
    weft.live_until(TUESDAY_TEN_IN_BERLIN)
    weft.settle()

    assert {len(introductions(person)) for person in [*program.everyone, *more]} == {1}


def test_the_heads_up_reaches_everybody_once_in_parts(weft, program, workspace):
    more = [workspace.add_person(f"Person {n}", tz="Europe/Berlin") for n in range(heads_up.AT_ONCE)]
    for person in more:
        person.join(program.coffee)
    weft.live(days=14)

    for person in [*program.everyone, *more]:
        assert len([one for one in person.messages() if one.text.startswith("Your next Coffee match")]) == 1


def test_of_two_processes_the_one_that_sends_decides_a_large_round_and_when_it_dies_the_other(
    weft, program, monkeypatch
):
    monkeypatch.setattr(worker, "LARGE", 2)
    monkeypatch.setattr(worker, "plan_in_subprocess", here)
    weft.live_until(TUESDAY_TEN_IN_BERLIN - timedelta(seconds=1))
    weft.carry()  # It holds the lease now.
    weft.clock.move_to(TUESDAY_TEN_IN_BERLIN)
    other = replace(weft.bot, process="the other process")

    service.start_due_rounds(other)
    assert rounds_begun(weft) == 0

    heir = Carrier(other, weft.composed.carrier.slack.client, holder=other.process)
    heir.carry()
    weft.clock.advance(LEASE)
    heir.carry()
    service.start_due_rounds(other)
    assert rounds_begun(weft) == 1


def here(bot, program_id, how):
    with bot.look() as work:
        return how(work, program_id)


def rounds_begun(weft):
    with weft.bot.look() as work:
        return work.session.scalar(select(func.count()).select_from(Round))

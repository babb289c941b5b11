"""Somebody can't come after all and another one does: what the two agree on, write and are asked is theirs."""

from datetime import timedelta

import pytest

from tests.coffee.stories import TUESDAY_TEN_IN_BERLIN, first_round
from tests.coffee.test_slots import agreements, press
from tests.coffee.test_written import shown, write
from tests.weft import words

A_WEEK_LATER = TUESDAY_TEN_IN_BERLIN + timedelta(days=7)
"""Midway."""
HOUR = timedelta(hours=1)


@pytest.fixture
def eva(workspace):
    return workspace.add_person("Eva Novak", tz="Europe/Berlin")


@pytest.fixture
def in_writing(weft, team):
    """Ana in Berlin and Ben in Los Angeles are introduced."""
    team.ben.change(tz="America/Los_Angeles")
    return first_round(weft, team, skipping=[team.cleo, team.dev])


def is_replaced_by(weft, gone, person):
    """The one is free, and then the other is gone."""
    person.command("/coffee", "join")
    weft.settle()
    gone.deactivate()
    weft.settle()


def test_those_who_agree_after_somebody_was_replaced_are_told_like_the_first(weft, pair, eva):
    for one in (pair.ana, pair.ben):
        press(weft, one, "Time 1 works for me")
    is_replaced_by(weft, pair.ben, eva)

    for one in (pair.ana, eva):
        press(weft, one, "Time 2 works for me")

    told = [message for message in agreements(eva) if eva.mention in message.text]
    assert agreements(pair.ana)[1:] == told
    assert [file.name for message in eva.group_messages() for file in message.files] == ["coffee.ics"]


@pytest.mark.slow
def test_what_was_written_for_one_partner_is_not_read_by_the_next(weft, in_writing, eva):
    eva.change(tz="America/Los_Angeles")
    write(weft, in_writing.ana, "For Ben")
    is_replaced_by(weft, in_writing.ben, eva)

    write(weft, eva, "For Ana")
    assert shown(eva) == []
    write(weft, in_writing.ana, "For Eva")

    [message] = shown(eva)
    assert "For Eva" in words(message)
    assert "For Ben" not in words(message)


@pytest.mark.slow
def test_after_one_written_coffee_there_can_be_another_with_somebody_else(weft, in_writing, eva):
    eva.change(tz="America/Los_Angeles")
    for one in (in_writing.ana, in_writing.ben):
        write(weft, one, "Between Ana and Ben")
    is_replaced_by(weft, in_writing.ben, eva)

    for one in (in_writing.ana, eva):
        write(weft, one, "Between Ana and Eva")

    assert ["Between Ana and Eva" in words(message) for message in shown(eva)] == [True]
    assert len(shown(in_writing.ana)) == 2


def test_what_three_have_read_of_each_other_is_not_shown_again_when_one_goes(weft, program):
    program.ben.change(tz="America/Los_Angeles")
    program.dev.command("/coffee", "skip")
    weft.live_until(TUESDAY_TEN_IN_BERLIN)
    weft.settle()
    for one in (program.ana, program.ben, program.cleo):
        write(weft, one, "Between three")

    program.cleo.deactivate()
    weft.settle()

    assert len(shown(program.ana)) == 1


@pytest.mark.slow
def test_a_question_that_waits_is_asked_about_those_who_are_left(weft, trio):
    weft.live_until(A_WEEK_LATER - HOUR)
    trio.ana.sets_dnd(A_WEEK_LATER + 2 * HOUR)
    weft.live(hours=2)
    trio.cleo.deactivate()

    weft.live(days=1)

    assert trio.ana.messages()[-1].text == f"How's it going with {trio.ben.mention}: have you met yet?"


@pytest.mark.slow
@pytest.mark.parametrize("goes", ["leave", "pause 3w"])
def test_who_has_left_the_match_is_not_asked_about_it(weft, trio, goes):
    weft.live_until(A_WEEK_LATER - HOUR)
    trio.ana.sets_dnd(A_WEEK_LATER + 2 * HOUR)
    weft.live(hours=2)
    before = len(trio.ana.messages())

    trio.ana.command("/coffee", goes)
    weft.live(hours=4)

    assert [message.text for message in trio.ana.messages()[before:] if "have you met" in message.text] == []

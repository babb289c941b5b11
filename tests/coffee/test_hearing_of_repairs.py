"""What was repaired is told when people are at work, unless they would go to the coffee before."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from storage.rounds.rounds import matches_of
from tests.coffee.stories import introductions, last_words
from tests.coffee.test_repairs import newest
from tests.coffee.test_rounds import TUESDAY_TEN_IN_BERLIN
from tests.weft import words

SUNDAY_AT_NOON = TUESDAY_TEN_IN_BERLIN + timedelta(days=5, hours=2)


@pytest.mark.slow
def test_on_sunday_nobody_hears_that_they_have_nobody_to_meet(weft, pair):
    weft.live_until(SUNDAY_AT_NOON)
    pair.ben.deactivate()
    weft.settle()
    assert "can't make it" not in last_words(pair.ana)

    weft.live(hours=22)
    weft.settle()

    assert "can't make it" in last_words(pair.ana)


def test_nor_by_night_that_they_are_two_now(weft, trio):
    weft.clock.advance(timedelta(hours=12))
    trio.cleo.deactivate()
    weft.settle()
    assert len(introductions(trio.ana)) == 1

    weft.live(hours=12)
    weft.settle()

    assert "it's the two of you: " in words(newest(weft, trio.ana, trio.ben), trio.ana)


def test_unless_they_would_go_there_on_sunday(weft, pair):
    weft.live_until(SUNDAY_AT_NOON)
    with weft.bot.begin() as work:
        [match] = matches_of(work, person_id=pair.ana.id)
        match.agreed_at = work.now + timedelta(hours=2)
    pair.ben.deactivate()
    weft.settle()

    assert "can't make it" in last_words(pair.ana)


@pytest.mark.slow
def test_whoever_finds_somebody_before_they_hear_of_it_does_not_hear_of_it(weft, pair, workspace):
    weft.live_until(SUNDAY_AT_NOON - timedelta(days=3))
    weft.clock.advance(timedelta(hours=12))  # After midnight.
    pair.ben.deactivate()
    weft.settle()
    workspace.add_person("Eva Horak", tz="Europe/Berlin").join(pair.coffee)
    weft.live(hours=15)

    assert len(introductions(pair.ana)) == 2
    assert [one for one in pair.ana.messages() if "can't make it" in one.text] == []


def test_the_times_of_an_introduction_that_waits_for_the_morning_are_those_of_the_morning(weft, pair, workspace):
    eva = workspace.add_person("Eva Horak", tz="Europe/Berlin")
    weft.live_until(TUESDAY_TEN_IN_BERLIN + timedelta(hours=11))
    eva.join(pair.coffee)
    weft.live(hours=18)

    introduction = introductions(eva)[-1]
    came = datetime.fromtimestamp(float(introduction.ts), ZoneInfo("Europe/Berlin"))
    assert came > TUESDAY_TEN_IN_BERLIN + timedelta(hours=20)
    assert "1. tomorrow at" in words(introduction, eva)

"""What happens when people say something, and when they do not."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coffee.matches.check_ins.rules import bump_at
from bot.core.calendar import is_working_day
from storage.connections.connections import people_met
from storage.rounds.inactivity import silent_members
from storage.rounds.rounds import matches_of
from tests.coffee.stories import introductions, last_words, set_up
from tests.coffee.test_rounds import TUESDAY_TEN_IN_BERLIN
from tests.coffee.test_slots import press
from tests.weft import labels, turn_to, words

BUMP = "haven't picked a time yet"
STAY = "keep matching you"


def bumps(person):
    return [message for message in person.messages() if BUMP in message.text]


# The captain is bumped


@pytest.mark.slow
def test_after_two_working_days_without_a_word_the_captain_is_asked_to_begin(weft, pair):
    weft.live_until(TUESDAY_TEN_IN_BERLIN + timedelta(days=1, hours=23))
    assert bumps(pair.ana) == []

    weft.live(hours=2)

    [bump] = bumps(pair.ana)
    assert "You and @Ben Okafor haven't picked a time yet." in words(bump, pair.ana)
    assert labels(bump) == ["It's planned", "We met", "Can't make it"]
    assert bumps(pair.ben) == []
    weft.live(days=4)
    assert len(bumps(pair.ana)) == 1


@pytest.mark.parametrize("label", ["Time 1 works for me", "We met"])
def test_nobody_is_bumped_when_anybody_pressed_anything(weft, pair, label):
    press(weft, pair.ben, label)

    weft.live(days=3)

    assert bumps(pair.ana) == []


@pytest.mark.slow
def test_a_bump_that_waits_is_taken_back_by_an_answer(weft, pair):
    pair.ana.change(tz="America/Los_Angeles")
    weft.live_until(TUESDAY_TEN_IN_BERLIN + timedelta(days=2, hours=1))
    pair.ben.press("We met", introductions(pair.ben)[0])

    weft.live(days=2)

    assert bumps(pair.ana) == []


@given(
    st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)),
    st.sampled_from(["Europe/Berlin", "America/New_York", "Pacific/Apia", "Asia/Kolkata"]),
)
def test_a_bump_comes_on_a_working_day_at_least_two_of_them_later_and_before_the_question(introduced_at, zone):
    from zoneinfo import ZoneInfo

    midway = introduced_at + timedelta(days=7)
    at = bump_at(introduced_at, zone, before=midway)

    assert at is not None
    assert timedelta(days=1, hours=22) < at - introduced_at < timedelta(days=5, hours=2)
    assert is_working_day(at.astimezone(ZoneInfo(zone)).date())
    assert bump_at(introduced_at, zone, before=at) is None


# The five answers


def test_planned_is_asked_after_before_the_end(weft, pair_midway):
    pair_midway.ana.press("It's planned", pair_midway.ana.messages()[-1])
    weft.live_until(TUESDAY_TEN_IN_BERLIN + timedelta(days=10, hours=1))

    assert "manage to meet" in last_words(pair_midway.ana)


@pytest.mark.slow
def test_a_coffee_in_the_last_hour_of_the_round_is_asked_after_though_the_round_is_over(weft, pair):
    weft.live(days=2)
    with weft.bot.begin() as work:
        [match] = matches_of(work, person_id=pair.ana.id)
        match.agreed_at = agreed_at = match.round.ends_at - timedelta(minutes=30)
    weft.live_until(agreed_at + timedelta(minutes=50))
    assert not [message for message in pair.ben.messages() if "manage to meet" in message.text]

    weft.live(days=1)
    [question] = [message for message in pair.ben.messages() if "manage to meet" in message.text]
    pair.ben.press("We met", question)

    assert met(weft, pair.ana) == [pair.ben.id]


def met(weft, person):
    with weft.bot.look() as work:
        known = people_met(work, person_id=person.id)
        return [one.person_id for one in known]


def test_no_reply_makes_the_other_silent_and_not_whoever_says_so(weft, pair_midway):
    pair_midway.ana.press("No reply", pair_midway.ana.messages()[-1])

    with weft.bot.look() as work:
        round_id = matches_of(work, person_id=pair_midway.ana.id)[-1].round_id
        assert silent_members(work, round_id=round_id) == {pair_midway.ben.id}
    assert "No reply" not in " ".join(message.text for message in pair_midway.ben.messages())


def test_an_answer_to_a_coffee_called_off_is_met_with_a_sentence(weft, pair_midway):
    question = pair_midway.ana.messages()[-1]
    pair_midway.ben.deactivate()
    weft.settle()

    said = pair_midway.ana.press("It's planned", question)

    assert "called off" in words(said)


@pytest.mark.slow
def test_we_met_taken_back_after_it_was_called_off_leaves_it_called_off(weft, pair):
    weft.live(days=8)
    question = pair.ana.messages()[-1]
    pair.ben.deactivate()
    weft.settle()
    pair.ana.press("We met", question)
    assert met(weft, pair.ana) == [pair.ben.id]

    pair.ana.press("Actually, not yet", turn_to(pair.ana, "Today"))

    assert met(weft, pair.ana) == []
    assert "Your match this round was called off" in words(turn_to(pair.ana, "Today"))


@pytest.mark.slow
def test_in_a_weekly_program_everybody_is_asked_on_friday_wherever_they_are(weft, team):
    team.dev.change(tz="America/New_York")
    weft.tick()
    set_up(team.alma, team.coffee, **{"How often": "Every week"})
    weft.live_until(TUESDAY_TEN_IN_BERLIN)

    weft.live_until(datetime(2026, 3, 6, 22, tzinfo=UTC))

    assert ["manage to meet" in one.messages()[-1].text for one in team.everyone] == [True] * 4

"""What happens when people say something, and when they do not."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.calendar import is_working_day
from bot.core.message import Message
from bot.programs.check_ins.rules import bump_at
from storage.connections import people_met
from storage.kinds import Attention
from storage.programs import membership
from storage.rounds import matches_of
from storage.silence import silent_in
from tests.beginnings import begins_when
from tests.coffee import begin, introductions, last_words
from tests.programs.test_rounds import TUESDAY_TEN_IN_BERLIN, partners
from tests.programs.test_slots import press
from tests.weft import labels, turn_to, words

BUMP = "have no time yet"
STAY = "passed without a word"


def bumps(person):
    return [message for message in person.messages() if BUMP in message.text]


# The captain is bumped


def test_after_two_working_days_without_a_word_the_captain_is_asked_to_begin(weft, pair):
    weft.live_until(TUESDAY_TEN_IN_BERLIN + timedelta(days=1, hours=23))
    assert bumps(pair.ana) == []

    weft.live(hours=2)

    [bump] = bumps(pair.ana)
    assert "You and @Ben Okafor have no time yet." in words(bump, pair.ana)
    assert labels(bump) == ["It's planned", "We met", "My weeks broke"]
    assert bumps(pair.ben) == []
    weft.live(days=4)
    assert len(bumps(pair.ana)) == 1


@pytest.mark.parametrize("label", ["1 works for me", "We met"])
def test_nobody_is_bumped_when_anybody_pressed_anything(weft, pair, label):
    press(weft, pair.ben, label)

    weft.live(days=3)

    assert bumps(pair.ana) == []


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

    assert last_words(pair_midway.ana).startswith("Did you get to meet")


def test_a_coffee_in_the_last_hour_of_the_round_is_asked_after_though_the_round_is_over(weft, pair):
    weft.live(days=2)
    with weft.bot.begin() as work:
        [match] = matches_of(work.session, workspace_id=work.workspace_id, person_id=pair.ana.id)
        match.agreed_at = match.round.ends_at - timedelta(minutes=30)
    weft.live_until(match.agreed_at + timedelta(minutes=50))
    assert not [message for message in pair.ben.messages() if "did you get to meet" in message.text]

    weft.live(days=1)
    [question] = [message for message in pair.ben.messages() if "did you get to meet" in message.text]
    pair.ben.press("We met", question)

    assert met(weft, pair.ana) == [pair.ben.id]


def met(weft, person):
    with weft.bot.look() as work:
        known = people_met(work.session, workspace_id=work.workspace_id, person_id=person.id)
        return [one.person_id for one in known]


def test_no_reply_makes_the_other_silent_and_not_whoever_says_so(weft, pair_midway):
    pair_midway.ana.press("No reply", pair_midway.ana.messages()[-1])

    with weft.bot.look() as work:
        round_id = matches_of(work.session, workspace_id=work.workspace_id, person_id=pair_midway.ana.id)[-1].round_id
        assert silent_in(work.session, round_id=round_id) == {pair_midway.ben.id}
    assert "No reply" not in " ".join(message.text for message in pair_midway.ben.messages())


def test_an_answer_to_a_coffee_called_off_is_met_with_a_sentence(weft, pair_midway):
    question = pair_midway.ana.messages()[-1]
    pair_midway.ben.deactivate()
    weft.settle()

    said = pair_midway.ana.press("It's planned", question)

    assert "called off" in words(said)


# Rounds without a word


def silent_rounds(weft, person):
    with weft.bot.look() as work:
        return membership(work.session, program_id=1, person_id=person.id).silent_rounds


def three_silent_rounds(weft, team):
    """Nobody has said a word in them, and the fourth was announced."""
    begin(weft, team)
    weft.live_until(TUESDAY_TEN_IN_BERLIN + timedelta(days=3 * 14 - 1, hours=1))
    return team


silent = begins_when(three_silent_rounds)


def test_three_silent_rounds_and_somebody_is_asked_once_and_kindly_and_whoever_stays_is_matched_on(weft, silent):
    asked = silent.ana.messages()[-1]
    assert STAY in asked.text
    assert labels(asked) == ["Yes, I stay", "Pause", "Leave"]
    assert len([one for one in silent.ana.messages() if STAY in one.text]) == 1

    said = silent.ana.press("Yes, I stay", asked)
    assert "Good to have you" in words(said)

    weft.live(days=15)

    assert len(introductions(silent.ana)) == 4
    assert len([one for one in silent.ana.messages() if STAY in one.text]) == 1


def test_silent_in_one_more_round_they_are_on_a_break_that_one_tap_ends(weft, silent):
    weft.live_until(TUESDAY_TEN_IN_BERLIN + timedelta(days=4 * 14, hours=1))

    assert len(introductions(silent.ana)) == 4
    [message] = [one for one in silent.ana.messages() if "on a break for you" in one.text]
    assert labels(message) == ["I'm back", "Leave"]
    silent.ana.press("I'm back", message)
    assert silent_rounds(weft, silent.ana) == 0
    for one in silent.everyone[1:]:
        one.command("/coffee", "join")
    silent.ben.press("I'm back", next(one for one in silent.ben.messages() if "on a break for you" in one.text))
    weft.live(days=14)
    assert len(introductions(silent.ana)) == 5


def send_of_another_program(weft, person, **later):
    """What takes the only message of their day."""
    with weft.bot.begin() as work:
        at = work.now + timedelta(**later)
        key = f"another:{person.id}:{at}"
        work.send(Message("Of another program"), to=person.id, key=key, at=at, attention=Attention.PROGRAM)
    weft.carry()


def test_silent_people_in_two_programs_are_asked_a_day_later_and_told_of_their_break_a_day_later(weft, team):
    begin(weft, team)
    for rounds_lived, said in ((3, STAY), (4, "on a break for you")):
        weft.live_until(TUESDAY_TEN_IN_BERLIN + timedelta(days=rounds_lived * 14 - 1, hours=-3))
        send_of_another_program(weft, team.ana)
        weft.live_until(TUESDAY_TEN_IN_BERLIN + timedelta(days=rounds_lived * 14 + 3))

        assert len([one for one in team.ana.messages() if said in one.text]) == 1


def test_whoever_leaves_while_the_question_waits_is_not_asked(weft, team):
    begin(weft, team)
    weft.live_until(TUESDAY_TEN_IN_BERLIN + timedelta(days=3 * 14 - 1, hours=-3))
    send_of_another_program(weft, team.ana)
    send_of_another_program(weft, team.ana, hours=23)
    weft.live_until(TUESDAY_TEN_IN_BERLIN + timedelta(days=3 * 14))
    assert len(introductions(team.ana)) == 4

    team.ana.command("/coffee", "leave")
    weft.live(days=2)

    assert [one for one in team.ana.messages() if STAY in one.text] == []


def test_whoever_ends_the_break_before_they_heard_of_it_never_hears_of_it(weft, team):
    begin(weft, team)
    weft.live_until(TUESDAY_TEN_IN_BERLIN + timedelta(days=4 * 14 - 1, hours=-3))
    send_of_another_program(weft, team.ana)
    weft.live_until(TUESDAY_TEN_IN_BERLIN + timedelta(days=4 * 14 - 1, hours=1))

    team.ana.press("End the break", turn_to(team.ana, "Today"))
    weft.live(days=3)

    assert [one for one in team.ana.messages() if "on a break for you" in one.text] == []


def test_whoever_skips_a_round_is_not_silent(weft, silent):
    silent.ana.command("/coffee", "skip")

    assert silent_rounds(weft, silent.ana) == 0


def test_one_word_and_the_count_begins_anew(weft, program):
    weft.live_until(TUESDAY_TEN_IN_BERLIN + timedelta(days=14, hours=1))
    assert silent_rounds(weft, program.ana) == 1
    program.ana.press("We met", introductions(program.ana)[-1])
    [partner] = [one for one in program.everyone if one.id in partners(program.ana)]

    weft.live(days=14)

    assert silent_rounds(weft, program.ana) == silent_rounds(weft, partner) == 0


def test_we_met_taken_back_after_it_was_called_off_leaves_it_called_off(weft, pair):
    weft.live(days=8)
    question = pair.ana.messages()[-1]
    pair.ben.deactivate()
    weft.settle()
    pair.ana.press("We met", question)
    assert met(weft, pair.ana) == [pair.ben.id]

    pair.ana.press("Not yet after all", turn_to(pair.ana, "Today"))

    assert met(weft, pair.ana) == []
    assert "Your match this round" not in words(turn_to(pair.ana, "Today"))

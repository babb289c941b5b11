"""Rounds without a word: three of them and somebody is asked, and one more is a break."""

from datetime import timedelta

import pytest

from bot.core.message import Message
from storage.kinds import Attention, Importance
from storage.programs.programs import membership
from tests.beginnings import begins_when
from tests.coffee.stories import TUESDAY_TEN_IN_BERLIN, begin, introductions
from tests.coffee.test_rounds import partners
from tests.weft import labels, turn_to, words

pytestmark = pytest.mark.slow

STAY = "keep matching you"
BREAK = "I've paused Coffee"


def questions(person):
    return [message for message in person.messages() if STAY in message.text]


def told_of_break(person):
    return [message for message in person.messages() if BREAK in message.text]


def silent_rounds(weft, person):
    with weft.bot.look() as work:
        return membership(work, program_id=1, person_id=person.id).silent_rounds


def three_silent_rounds(weft, team):
    """Nobody has said a word in them, and the fourth was announced."""
    begin(weft, team)
    weft.live_until(TUESDAY_TEN_IN_BERLIN + timedelta(days=3 * 14 - 1, hours=1))
    return team


silent = begins_when(three_silent_rounds)


def test_three_silent_rounds_and_somebody_is_asked_once_and_kindly_and_whoever_stays_is_matched_on(weft, silent):
    asked = silent.ana.messages()[-1]
    assert STAY in asked.text
    assert labels(asked) == ["Keep me in", "Pause", "Leave"]
    assert len([one for one in silent.ana.messages() if STAY in one.text]) == 1

    silent.ana.press("Keep me in", asked)
    assert "Great, you're in!" in words(silent.ana.messages()[-1])

    weft.live(days=15)

    assert len(introductions(silent.ana)) == 4
    assert len([one for one in silent.ana.messages() if STAY in one.text]) == 1


def test_silent_in_one_more_round_they_are_on_a_break_that_one_tap_ends(weft, silent):
    weft.live_until(TUESDAY_TEN_IN_BERLIN + timedelta(days=4 * 14, hours=1))

    assert len(introductions(silent.ana)) == 4
    [message] = [one for one in silent.ana.messages() if BREAK in one.text]
    assert labels(message) == ["I'm back", "Leave"]
    silent.ana.press("I'm back", message)
    assert silent_rounds(weft, silent.ana) == 0
    for one in silent.everyone[1:]:
        one.command("/coffee", "join")
    silent.ben.press("I'm back", next(one for one in silent.ben.messages() if BREAK in one.text))
    weft.live(days=14)
    assert len(introductions(silent.ana)) == 5


def send_of_another_program(weft, person, **later):
    """What takes the only message of their day: it can't wait for another."""
    with weft.bot.begin() as work:
        at = work.now + timedelta(**later)
        key, words = f"another:{person.id}:{at}", Message("Of another program")
        soon = {"importance": Importance.ANSWER, "until": at + timedelta(days=1)}
        work.send(words, to=person.id, key=key, at=at, attention=Attention.PROGRAM, **soon)
    weft.carry()


def test_silent_people_in_two_programs_are_asked_a_day_later_and_told_of_their_break_a_day_later(weft, team):
    begin(weft, team)
    for rounds_lived, said in ((3, STAY), (4, BREAK)):
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

    team.ana.press("Come back now", turn_to(team.ana, "Today"))
    weft.live(days=3)

    assert [one for one in team.ana.messages() if BREAK in one.text] == []


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

"""Coffee now: one person at a time, until somebody says yes."""

import random
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coffee.now import service as coffee_now
from bot.coffee.now.rules import Candidate, in_turn
from bot.core.errors import NotForYou
from bot.core.message import Message
from bot.people.service import import_attributes
from storage.connections.connections import meetings_of
from storage.kinds import Attention
from storage.now import count_asked_since
from storage.outbox.keeping import sent_to
from tests.weft import labels, turn_to, words

ASK = "is up for a 15-minute coffee right now"


def asked(*people):
    return [one for one in people if any(ASK in message.text for message in one.messages())]


def question(person):
    return next(message for message in reversed(person.messages()) if ASK in message.text)


def minutes(weft, number):
    for _ in range(number):
        weft.clock.advance(timedelta(minutes=1))
        weft.settle()


def look(weft, person, text="now"):
    said = words(person.command("/coffee", text))
    weft.carry()
    return said


def together(person):
    return [message for message in person.group_messages() if "both free right now" in message.text]


@pytest.mark.slow
def test_one_person_is_asked_and_a_yes_brings_the_two_together(weft, program):
    assert "I'm looking for someone who's free" in look(weft, program.ana)
    [one] = asked(*program.everyone)
    assert one is not program.ana
    assert labels(question(one)) == ["I'm in", "Not now", "Don't ask me"]

    one.press("I'm in", question(one))
    weft.carry()

    assert together(program.ana) == together(one) != []
    minutes(weft, 60)
    assert asked(*program.everyone) == [] or asked(*program.everyone) == [one]


def test_whoever_declines_is_not_named_and_the_next_is_asked_at_once(weft, program):
    look(weft, program.ana)
    [first] = asked(*program.everyone)
    before = len(program.ana.messages())

    first.press("Not now", question(first))
    weft.carry()

    assert len(asked(*program.everyone)) == 1
    assert first not in asked(*program.everyone)
    assert len(program.ana.messages()) == before


@pytest.mark.slow
def test_a_colleague_may_ask_someone_to_whom_weft_has_written_today(weft, program):
    weft.live(hours=1)  # All of them are at work.
    with weft.bot.begin() as work:
        for one in (program.ben, program.dev):
            soon = {"attention": Attention.PROGRAM, "until": work.now + timedelta(hours=1)}
            work.send(Message("Today"), to=one.id, key=f"today:{one.id}", **soon)
    weft.carry()

    look(weft, program.ana)
    minutes(weft, 20)

    everyone_else = [program.ben, program.cleo, program.dev]
    assert asked(*program.everyone) == everyone_else
    with weft.bot.look() as work:
        a_day_ago = work.now - timedelta(days=1)
        assert count_asked_since(work, since=a_day_ago) == {one.id for one in everyone_else}


def test_whoever_does_not_answer_is_left_in_peace_and_the_next_is_asked(weft, program):
    look(weft, program.ana)
    [first] = asked(*program.everyone)

    minutes(weft, 7)
    assert asked(*program.everyone) == [first]
    minutes(weft, 2)

    assert len(asked(*program.everyone)) == 2


@pytest.mark.slow
def test_after_a_while_nobody_is_free_and_that_is_all_that_is_said(weft, program):
    look(weft, program.ana)
    minutes(weft, 45)

    assert program.ana.messages()[-1].text.startswith("No one's free")
    late, old = next((one, question(one)) for one in asked(*program.everyone))
    late.press("I'm in", old)
    assert "no longer looking" in old.text
    assert together(program.ana) == []


def test_who_is_gone_before_the_search_ends_is_not_written_to(weft, program):
    look(weft, program.ana)
    program.ana.deactivate()

    weft.clock.advance(timedelta(minutes=45))
    weft.settle()

    with weft.bot.look() as work:
        keys = [row.key for row in sent_to(work, person_id=program.ana.id)]
    assert [key for key in keys if key.endswith(":nobody")] == []


@pytest.mark.slow
def test_nobody_away_off_work_paused_or_kept_apart_is_asked(weft, program):
    program.ben.set_status(":palm_tree:", "Away", None)
    program.cleo.command("/coffee", "pause 2w")
    program.ana.press("Edit", turn_to(program.ana, "My people"))
    program.ana.fill({"People": [program.dev]})
    program.ana.submit()

    look(weft, program.ana)
    minutes(weft, 45)

    assert asked(*program.everyone) == []
    assert program.ana.messages()[-1].text.startswith("No one's free")


@pytest.mark.slow
def test_people_are_asked_in_their_working_hours_only(weft, program):
    weft.live(hours=7)  # It is 17:00 in Berlin, 16:00 in Lisbon, 21:30 in Kolkata.

    look(weft, program.ana)
    minutes(weft, 45)

    assert asked(*program.everyone) == [program.cleo]


@pytest.mark.slow
def test_a_team_can_be_named(weft, program):
    from bot.people.service import import_attributes

    with weft.bot.begin() as work:
        import_attributes(work, f"person_id,team\n{program.cleo.id},Sales\n{program.ben.id},Data\n")

    said = look(weft, program.ana, "now marketing <!here>")
    assert "I can't find a team called “marketing <!here>”. I know Data and Sales." in said
    look(weft, program.ana, "now sales")
    minutes(weft, 45)

    assert asked(*program.everyone) == [program.cleo]


def test_looking_can_be_stopped_and_is_limited_to_twice_a_day(weft, program):
    look(weft, program.ana)
    assert "I'm already looking" in look(weft, program.ana)
    assert "stopped looking" in look(weft, program.ana, "now stop")
    assert "not looking" in look(weft, program.ana, "now stop")
    [one] = asked(*program.everyone)
    old = question(one)
    one.press("I'm in", old)
    assert "no longer looking" in old.text

    look(weft, program.ana)
    look(weft, program.ana, "now stop")

    assert "twice today" in look(weft, program.ana)


@pytest.mark.slow
def test_nobody_is_asked_twice_a_day_and_nobody_who_does_not_want_to(weft, program):
    look(weft, program.ana)
    [first] = asked(*program.everyone)
    first.press("Don't ask me", question(first))
    look(weft, program.ana, "now stop")

    weft.live(days=1)
    look(weft, program.ana)
    minutes(weft, 45)
    assert len([m for m in first.messages() if ASK in m.text]) == 0

    look(weft, first, "now open")
    # Wednesday is Holi in India, a holiday; on Thursday a captain may be asked to begin, which is enough for a day.
    weft.live(days=3)
    look(weft, program.ana)
    minutes(weft, 45)
    assert first in asked(*program.everyone)


def test_whoever_is_not_in_the_program_is_told_how_to_join(weft, program):
    assert "`/coffee join`" in look(weft, program.alma)


def test_it_counts_as_a_meeting_by_the_word_of_one_of_them(weft, program):
    look(weft, program.ana)
    [one] = asked(*program.everyone)
    one.press("I'm in", question(one))
    weft.carry()

    said = program.ana.press("We met", together(program.ana)[0])
    one.press("We met", together(one)[0])

    assert "Add a note" in labels(said)
    with weft.bot.look() as work:
        assert len(meetings_of(work, person_id=one.id)) == 1
    stranger = next(each for each in program.everyone if each not in (one, program.ana))
    with weft.bot.begin() as work, pytest.raises(NotForYou):
        coffee_now.met(work, 1, by=stranger.id)


@given(
    st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from([None, "Sales", "Data"])),
    st.sets(st.sampled_from("abcdefgh")),
    st.integers(),
)
def test_everybody_has_a_turn_and_other_teams_come_first(teams, met, seed):
    candidates = [Candidate(person_id, team) for person_id, team in teams.items()]
    order = in_turn(candidates, team="Sales", met=met, dice=random.Random(seed))

    assert sorted(order) == sorted(teams)
    assert [teams[one] == "Sales" for one in order] == sorted(teams[one] == "Sales" for one in order)


# From Home


def start_from_home(person, team=None):
    person.open_home()
    person.press("Coffee now", person.home)
    if team is not None:
        person.fill({"Team": team})
    return person.submit()


def test_home_does_what_the_command_does_and_ends_it(weft, program):
    assert start_from_home(program.ana) == {}
    assert "I'm looking for someone who's free" in words(program.ana.modal)
    weft.carry()
    assert len(asked(*program.everyone)) == 1

    program.ana.close()
    assert "Looking for someone who's free" in words(program.ana.home)
    assert "Coffee now" not in labels(program.ana.home)
    program.ana.press("Stop looking", program.ana.home)

    assert "Coffee now" in labels(program.ana.home)
    assert "Looking for" not in words(program.ana.home)


def test_on_home_a_team_is_found_by_its_letters(weft, program):
    with weft.bot.begin() as work:
        import_attributes(work, f"person_id,team\n{program.ben.id},Sales\n{program.dev.id},Data")
    program.ana.open_home()
    program.ana.press("Coffee now", program.ana.home)
    form = program.ana.modal
    [place] = [(block["block_id"], block["element"]["action_id"]) for block in form.blocks if block["type"] == "input"]

    assert [one["value"] for one in program.ana.suggestions(form, place, "sal")] == ["Sales"]
    program.ana.fill({"Team": "Sales"})
    assert program.ana.submit() == {}
    weft.carry()

    assert asked(*program.everyone) == [program.ben]


def test_a_third_time_in_a_day_is_said_before_the_form_opens(weft, program):
    for _ in range(2):
        look(weft, program.ana)
        program.ana.command("/coffee", "now stop")
    program.ana.open_home()

    program.ana.press("Coffee now", program.ana.home)

    assert "twice today" in words(program.ana.modal)


def test_whoever_did_not_want_to_be_asked_finds_the_way_back_on_home(weft, program):
    look(weft, program.ana)
    [one] = asked(*program.everyone)
    one.press("Don't ask me", question(one))
    one.open_home()

    one.press("Allow spontaneous coffees", one.home)

    assert "Allow spontaneous coffees" not in labels(one.home)


def test_it_lasts_as_long_as_the_coffees_of_the_program(weft, program):
    from tests.coffee.stories import opened

    opened(program.alma)
    program.alma.press("Edit")
    program.alma.fill({"Meeting length": "30 minutes"})
    assert program.alma.submit() == {}

    look(weft, program.ana)
    [one] = [one for one in program.everyone if any("30-minute" in message.text for message in one.messages())]
    one.press("I'm in", one.messages()[-1])
    weft.carry()

    assert "30 minutes, no agenda" in words(one.group_messages()[-1])

"""A button means the round it stands under, however late, often or by whom it is pressed."""

from datetime import timedelta

import pytest

from tests.coffee.stories import TUESDAY_TEN_IN_BERLIN, introductions, opened
from tests.coffee.test_heads_up import heads_ups, send_early
from tests.coffee.test_hostile_buttons import in_messages, press
from tests.slack.seen import SORRY
from tests.weft import handed_in, labels, turn_to, words

CHANGES_MEMBERSHIP = {f"programs_{what}" for what in ("leave", "join", "pause", "pause_until", "resume")}
"""These mean from now on, whenever they are pressed."""


def is_out_next(person):
    return "you're skipping it" in words(person.command("/coffee"))


@pytest.fixture
def first_message(weft, program):
    """The welcome, read again two days after the first round has begun."""
    weft.live_until(TUESDAY_TEN_IN_BERLIN + timedelta(days=2))
    return program.ana.messages()[0]


@pytest.mark.slow
def test_skip_of_a_round_that_has_started_asks_about_the_next_one(first_message, program):
    program.ana.press("Skip this round", first_message)

    assert "That round has already started. Want to skip the next one" in words(first_message)
    assert not is_out_next(program.ana)

    program.ana.press("Skip next round", first_message)

    assert "OK, you're skipping" in words(first_message)
    assert is_out_next(program.ana)


def test_skip_of_a_round_that_an_admin_sent_early_asks_too(weft, program):
    welcome = program.ana.messages()[0]
    send_early(program)
    weft.settle()

    program.ana.press("Skip this round", welcome)

    assert "already started" in words(welcome)
    assert not is_out_next(program.ana)


@pytest.mark.slow
def test_skip_leaves_a_sentence_in_its_place_with_an_undo(weft, program):
    weft.live_until(TUESDAY_TEN_IN_BERLIN + timedelta(days=13, hours=1))
    heads_up = heads_ups(program.ana)[-1]
    before = words(heads_up).splitlines()[0]
    program.ana.press("Skip this round", heads_up)

    assert before in words(heads_up)
    assert "You'll be back in for the round after." in words(heads_up)
    assert labels(heads_up) == ["Undo skip"]

    program.ana.press("Undo skip", heads_up)

    assert "You're back in. Your next match comes" in words(heads_up)
    assert not is_out_next(program.ana)


def test_undo_of_a_round_that_has_started_changes_nothing(weft, program):
    welcome = program.ana.messages()[0]
    program.ana.press("Skip this round", welcome)
    weft.live_until(TUESDAY_TEN_IN_BERLIN + timedelta(days=2))
    program.ana.command("/coffee", "skip")

    program.ana.press("Undo skip", welcome)

    assert "already started" in words(welcome)
    assert is_out_next(program.ana)


def test_a_skip_moves_with_its_round(weft, program):
    welcome = program.ana.messages()[0]
    program.ana.press("Skip this round", welcome)
    opened(program.alma)
    program.alma.press("Edit")
    program.alma.fill({"Day": "Thursday"})
    assert handed_in(program.alma) == {}

    assert is_out_next(program.ana)

    program.ana.press("Undo skip", welcome)

    assert "You're back in." in words(welcome)
    assert not is_out_next(program.ana)


@pytest.mark.slow
def test_a_button_of_an_older_weft_is_held_against_the_time_of_its_message(weft, first_message, program):
    found = [each for each in in_messages(program.ana) if each[3]["action_id"] == "programs_skip"]
    person, _, block, element = found[0]
    old = element | {"value": element["value"].partition(":")[0]}

    said = press(person, first_message, block, old)

    assert "That round has already started" in said
    assert not is_out_next(person)


@pytest.mark.slow
def test_weeks_later_no_button_of_a_message_says_anything_about_the_next_round(weft, round_started):
    weft.live(days=30)
    people = round_started.everyone
    before = {one.id: (is_out_next(one), len(introductions(one))) for one in people}
    old = [each for each in in_messages(*people) if each[3]["action_id"] not in CHANGES_MEMBERSHIP]
    assert len({element["action_id"] for *_, element in old}) > 8

    for person, message, block, element in old:
        for presser in (person, person, next(one for one in people if one is not person)):
            assert SORRY not in press(presser, message, block, element)

    weft.carry()
    assert {one.id: (is_out_next(one), len(introductions(one))) for one in people} == before


# The welcome is true when it arrives


def join_at_night(weft, program, workspace, clock, *, days, zone="Asia/Tokyo"):
    """Ten in the evening in Tokyo, where someone new joins; they read their welcome the next morning."""
    weft.live_until(TUESDAY_TEN_IN_BERLIN + timedelta(days=days, hours=5))
    kenji = workspace.add_person("Kenji Mori", tz=zone)
    weft.settle()
    kenji.command("/coffee", "join")
    weft.settle()
    return kenji


@pytest.mark.slow
def test_a_late_joiner_who_is_matched_at_once_is_told_in_the_welcome(weft, program, workspace, clock):
    kenji = join_at_night(weft, program, workspace, clock, days=1)
    assert kenji.messages() == []
    weft.live(days=1)

    [welcome] = [each for each in kenji.messages() if "Welcome to" in each.text]
    assert "You already have a match." in welcome.text
    assert "Good timing: you're already matched with" in words(welcome)


@pytest.mark.slow
def test_a_late_joiner_for_whom_no_one_is_free_is_told_so_and_from_when(weft, program, workspace, clock):
    weft.live_until(TUESDAY_TEN_IN_BERLIN + timedelta(hours=1))
    for person in program.everyone:
        person.press("We met", introductions(person)[-1])
    kenji = join_at_night(weft, program, workspace, clock, days=1)
    weft.live(days=1)

    [welcome] = [each for each in kenji.messages() if "Welcome to" in each.text]
    assert "Everyone's already matched this time" in words(welcome)
    assert "Tuesday, March 17" in words(welcome, kenji)


@pytest.mark.slow
def test_a_welcome_that_waits_while_the_round_is_sent_early_says_so(weft, program, workspace, clock):
    clock.advance(timedelta(hours=8))
    kenji = workspace.add_person("Kenji Mori", tz="America/Los_Angeles")
    ola = workspace.add_person("Ola Berg", tz="Asia/Tokyo")
    weft.settle()
    for one in (kenji, ola):
        one.command("/coffee", "join")
    weft.settle()
    waits = [one for one in (kenji, ola) if not one.messages()]
    send_early(program)
    weft.live(days=1)

    assert waits
    for one in waits:
        [welcome] = [each for each in one.messages() if "Welcome to" in each.text]
        assert "already matched with" in words(welcome)
        assert "March 3," not in words(welcome, one)


def test_a_welcome_that_waits_while_its_round_is_moved_says_the_new_day(weft, program, workspace, clock):
    clock.advance(timedelta(hours=8))
    ola = workspace.add_person("Ola Berg", tz="Asia/Tokyo")
    weft.settle()
    ola.command("/coffee", "join")
    opened(program.alma)
    program.alma.press("Edit")
    program.alma.fill({"Day": "Thursday", "Name": "Tea"})
    assert handed_in(program.alma) == {}
    weft.live(days=1)

    [welcome] = [each for each in ola.messages() if "Welcome" in each.text]
    assert "Welcome to Tea" in words(welcome)
    assert "Thursday" in words(welcome, ola)
    assert turn_to(program.alma, "Admin")

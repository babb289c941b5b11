"""What people noted about the people they met, on their own Home."""

from datetime import date, timedelta

import pytest

from bot.connections.met import service
from bot.connections.met import service as met_service
from bot.connections.notes import forms
from bot.connections.notes import service as notes
from bot.core.errors import FormError, UserError
from bot.core.page import Page
from bot.features import PLUGGED
from bot.privacy.service import forget_person
from bot.slack.replies import home_page
from storage.connections import connections
from tests.connections.test_people_met import met, met_forty  # noqa: F401
from tests.weft import labels, turn_to, words

MET_ON = date(2025, 5, 6)
FIELD = "Ben Okafor, met Tuesday, May 6, 2025"
HOSTILE = "<!channel> *&* <https://evil.example|bank> " + "&" * 900


@pytest.fixture
def there(weft, program, met):  # noqa: F811
    """Ana met Ben once."""
    met(program.ana, program.ben, on=MET_ON)
    return program


def edit(person, label="Add note", home=None):
    person.press(label, home or turn_to(person, "My people"))
    return person.modal


def write(person, field, text):
    person.fill({field: text})
    return person.submit()


def noted(weft, person, other):
    with weft.bot.look() as work:
        return [note.words for note in service.notes_about(work, person.id, other.id)]


def test_a_note_stands_beside_the_person_and_no_one_else_sees_it(weft, there):
    edit(there.ana)
    assert write(there.ana, FIELD, "Moves to Lisbon\nin June") == {}

    assert there.ana.modal is None
    assert "Moves to Lisbon in June" in words(there.ana.home)
    assert "Edit note" in labels(there.ana.home)
    assert "Lisbon" not in words(turn_to(there.ben, "My people"))
    assert "Lisbon" not in words(turn_to(there.alma, "My people"))


def test_it_is_edited_and_without_words_deleted(weft, there):
    edit(there.ana)
    write(there.ana, FIELD, "First")
    written = "Ben Okafor, note from Monday, March 2"
    assert "First" in str(edit(there.ana, "Edit note").drawn)
    write(there.ana, written, "Second")
    assert noted(weft, there.ana, there.ben) == ["Second"]

    edit(there.ana, "Edit note")
    write(there.ana, written, "   ")

    assert noted(weft, there.ana, there.ben) == []
    assert "Second" not in words(there.ana.home)
    assert "Add note" in labels(there.ana.home)


def test_the_same_form_sent_twice_keeps_one_note(weft, there):
    for _ in range(2):
        with weft.bot.begin() as work:
            notes.save_notes_about(work, there.ana.id, there.ben.id, {last_origin(work, there): "Once"})

    assert noted(weft, there.ana, there.ben) == ["Once"]


def test_a_form_of_yesterday_deletes_nothing_that_is_gone_already(weft, there):
    with weft.bot.begin() as work:
        notes.save_notes_about(work, there.ana.id, there.ben.id, {last_origin(work, there): ""})

    assert noted(weft, there.ana, there.ben) == []


def last_origin(work, there):
    return service.person_met(work, there.ana.id, there.ben.id).met.origin


def test_what_was_not_changed_keeps_its_day(weft, there, clock):
    edit(there.ana)
    write(there.ana, FIELD, "First")
    clock.move_to(clock.now() + timedelta(days=3))

    edit(there.ana, "Edit note")
    there.ana.submit()

    edit(there.ana, "Edit note")
    assert "note from Monday, March 2" in words(there.ana.modal)


def test_after_another_meeting_there_is_room_for_another_note(weft, there, met):  # noqa: F811
    edit(there.ana)
    write(there.ana, FIELD, "First")
    met(there.ana, there.ben, on=date(2025, 7, 1))

    edit(there.ana, "Edit note")
    write(there.ana, "Ben Okafor, met Tuesday, July 1, 2025", "Second")

    assert sorted(noted(weft, there.ana, there.ben)) == ["First", "Second"]
    assert "First" in words(there.ana.home)
    assert "Second" in words(there.ana.home)


def test_a_thousand_characters_are_kept_and_more_are_named_at_their_field(weft, there):
    edit(there.ana)
    assert write(there.ana, FIELD, "x" * 1000) == {}
    assert noted(weft, there.ana, there.ben) == ["x" * 1000]

    with pytest.raises(FormError, match="5,000 characters, and the limit is 1,000") as refused:
        forms.read_notes({f"{forms.AFTER}match:1": "x" * 5000})
    assert refused.value.field == f"{forms.AFTER}match:1"


def test_hostile_words_are_only_words(weft, there):
    edit(there.ana)
    assert write(there.ana, FIELD, HOSTILE) == {}

    assert "<!channel>" not in str(there.ana.home.blocks)
    assert "<https://evil" not in str(there.ana.home.blocks)
    assert noted(weft, there.ana, there.ben) == [HOSTILE]


def test_a_note_about_someone_they_never_met_is_refused(weft, there):
    with weft.bot.begin() as work:
        origin = last_origin(work, there)
        for person, other in ((there.ana, there.dev), (there.cleo, there.ben)):
            with pytest.raises(UserError, match="no longer on your list"):
                notes.save_notes_about(work, person.id, other.id, {origin: "Aha"})
        with pytest.raises(UserError, match="haven't met them"):
            met_service.meetings_with_notes(work, there.cleo.id, there.ben.id)


def test_who_was_deactivated_keeps_their_place_and_who_was_forgotten_has_none(weft, there):
    edit(there.ana)
    write(there.ana, FIELD, "Moves to Lisbon")
    there.ben.deactivate()
    weft.settle()
    edit(there.ana, "Edit note")
    assert "Moves to Lisbon" in str(there.ana.modal.drawn)

    with weft.bot.begin() as work:
        forget_person(work, there.ben.id, PLUGGED)

    errors = write(there.ana, "Ben Okafor, note from Monday, March 2", "Moves to Porto")
    assert "no longer on your list" in str(errors)
    assert "Lisbon" not in words(turn_to(there.ana, "My people"))


def test_a_note_outlives_a_meeting_that_was_taken_back(weft, there):
    edit(there.ana)
    write(there.ana, FIELD, "Moves to Lisbon")
    with weft.bot.begin() as work:
        connections.take_back_meeting(work, origin=last_origin(work, there))

    assert "Moves to Lisbon" in words(turn_to(there.ana, "My people"))
    edit(there.ana, "Edit note")
    write(there.ana, "Ben Okafor, note from Monday, March 2", "")
    assert "No one yet. Your first coffee will show up here." in words(there.ana.home)


def test_in_the_window_with_all_of_them_a_note_shows_where_it_was_written(weft, program, met_forty):  # noqa: F811
    home = turn_to(program.ana, "My people")
    program.ana.press("See all 40", home)
    program.ana.press("Show earlier", program.ana.modal)
    line = next(block["text"]["text"] for block in program.ana.modal.blocks if met_forty[3].id in str(block))
    program.ana.press(line, program.ana.modal)
    write(program.ana, "Person 3, met Saturday, January 4, 2025", "Sails at weekends")

    assert "Sails at weekends" in words(program.ana.modal)
    assert "Person 19 " in words(program.ana.modal, program.ana)


@pytest.mark.slow
def test_years_of_long_notes_fit_into_what_slack_draws(weft, program, met_forty):  # noqa: F811
    with weft.bot.begin() as work:
        for one in service.people_met(work, program.ana.id):
            notes.save_notes_about(work, program.ana.id, one.person_id, {one.met.origin: "&" * 1000})

    home = turn_to(program.ana, "My people")
    program.ana.press("See all 40", home)
    with weft.bot.look() as work:
        drawn = home_page(work, program.ana.id, Page.PEOPLE)

    assert len(drawn) < 60
    assert len(str(program.ana.modal.drawn)) < 250_000

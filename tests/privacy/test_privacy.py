"""People get all that is kept about them, and have it forgotten: by the Home tab or by `/weft`."""

import json

import pytest
from sqlalchemy import text

from bot.people.sync import sync
from storage.tables import METADATA
from tests.coffee.stories import introductions
from tests.weft import labels, turn_to, words


def rows_with(weft, person):
    with weft.bot.db.snapshot() as session:
        return [
            (table.name, row)
            for table in METADATA.sorted_tables
            for row in session.execute(text(f"SELECT * FROM {table.name}")).mappings()
            if person.id in str(dict(row))
        ]


def files_of(person, workspace):
    return [file for message in person.messages() for file in message.extra.get("files", [])]


def fill_in(person, **second):
    person.fill({"Before you go on": ["I understand. This can't be undone."]})
    assert person.submit() == {}
    person.fill({"Type “forget me” to confirm": "forget me"} | second)
    return person.submit()


@pytest.fixture
def matched(weft, program):
    weft.live(days=1, hours=2)
    return program


# Download


@pytest.mark.parametrize("way", ["command", "button"])
def test_everything_comes_as_a_file(weft, matched, workspace, way):
    if way == "command":
        said = matched.ana.command("/weft", "export")
        assert "I'll DM you the file" in words(said)
    else:
        matched.ana.press("Download my data", turn_to(matched.ana, "Settings"))
    weft.carry()

    assert [one for one in matched.ana.messages() if "everything I keep about you" in one.text]
    [file] = [file for message in matched.ana.messages() for file in message.files]
    kept = json.loads(workspace.files[file["id"]].content if isinstance(file, dict) else file.content)
    assert kept["people"]["profile"]["name"] == "Ana Ruiz"
    assert [match["why"] for match in kept["coffee"]["matches"]]


def test_asking_twice_at_once_brings_it_once(weft, matched):
    matched.ana.command("/weft", "export")
    matched.ana.command("/weft", "export")
    weft.carry()

    assert len([one for one in matched.ana.messages() if "everything I keep about you" in one.text]) == 1


# Forget


@pytest.mark.parametrize("way", ["command", "button"])
def test_being_forgotten_is_asked_twice_and_leaves_no_trace(weft, matched, way):
    if way == "command":
        matched.ana.command("/weft", "forget me")
    else:
        matched.ana.press("Forget me", turn_to(matched.ana, "Settings"))
    shown = words(matched.ana.modal)
    assert "Deleted:" in shown
    assert "Stays:" in shown

    assert fill_in(matched.ana) == {}

    assert "I've deleted what I kept about you" in words(matched.ana.modal)
    assert rows_with(weft, matched.ana) == []


def test_without_the_box_or_the_words_nothing_is_forgotten(weft, matched):
    matched.ana.command("/weft", "forget me")
    assert matched.ana.submit() != {}
    assert "to confirm" in str(fill_in(matched.ana, **{"Type “forget me” to confirm": "yes"}))
    assert rows_with(weft, matched.ana) != []

    matched.ana.fill({"Type “forget me” to confirm": "  Forget Me. "})
    assert matched.ana.submit() == {}
    assert rows_with(weft, matched.ana) == []


@pytest.mark.slow
def test_the_partner_does_not_wait_and_meets_others(weft, matched):
    [message] = introductions(matched.ana)
    [partner] = [one for one in matched.everyone[1:] if one.id in message.text]
    matched.ana.command("/weft", "forget me")
    fill_in(matched.ana)
    weft.settle()

    again = partner.group_messages()[-1]
    assert again is not message
    assert matched.ana.id not in str(again.blocks)
    assert rows_with(weft, matched.ana) == []


@pytest.mark.slow
def test_whoever_was_forgotten_is_not_taken_back_in_by_being_in_the_channel(weft, matched):
    matched.ana.command("/weft", "forget me")
    fill_in(matched.ana)
    before = len(matched.ana.messages())

    weft.live(days=3)
    sync(weft.bot, weft.composed.reads)
    weft.live(days=14)

    assert len(matched.ana.messages()) == before
    assert len(introductions(matched.ana)) == 1
    assert "Join" in labels(turn_to(matched.ana, "Today"))


@pytest.mark.slow
def test_they_can_join_again_by_their_own_word(weft, matched):
    matched.ana.command("/weft", "forget me")
    fill_in(matched.ana)
    sync(weft.bot, weft.composed.reads)

    matched.ana.command("/coffee", "join")
    weft.live(days=14)

    assert len(introductions(matched.ana)) >= 2


@pytest.mark.slow
def test_forgetting_twice_and_somebody_unknown_is_no_trouble(weft, matched):
    for _ in range(2):
        matched.ana.command("/weft", "forget me")
        assert fill_in(matched.ana) == {}

    assert "I don't keep anything about you" in words(matched.ana.command("/weft", "export"))


# The command


def test_settings_are_shown_where_they_were_asked_for(weft, program):
    said = program.ana.command("/weft", "settings")

    assert "Monday to Friday, 09:00 to 17:00" in words(said)
    assert {"Change my hours", "Download my data"} <= set(labels(said))
    assert "Home → Settings" in words(said)


@pytest.mark.parametrize("typed", ["help", "", "  HELP me ", "nonsense", "x" * 3000, "<!channel>", "forgetme"])
def test_help_names_every_word_and_takes_any(weft, program, typed):
    said = words(program.ana.command("/weft", typed))

    assert all(word in said for word in ("/weft settings", "/weft export", "/weft forget me", "/coffee join"))
    assert ("I didn't get that" in said) == (typed.strip().lower().split(" ")[0] not in {"help", ""})

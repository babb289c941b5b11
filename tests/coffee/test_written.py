"""A coffee in writing, for people whose working days hardly overlap."""

import re
from datetime import timedelta

import pytest

from bot.coffee.matches.written import service as written
from bot.core.errors import NotForYou, UserError
from bot.features import PLUGGED
from bot.privacy.service import export_person
from storage.connections.connections import meetings_of
from storage.rounds.rounds import matches_of
from tests.coffee.stories import introductions, last_words
from tests.coffee.test_rounds import TUESDAY_TEN_IN_BERLIN
from tests.rows import copies
from tests.weft import labels, words


@pytest.fixture
def apart(weft, program):
    """Ana in Berlin and Ben in Los Angeles are introduced."""
    program.ben.change(tz="America/Los_Angeles")
    for one in (program.cleo, program.dev):
        one.command("/coffee", "skip")
    weft.live_until(TUESDAY_TEN_IN_BERLIN)
    weft.settle()
    return program


def match_id_of(weft, person):
    with weft.bot.look() as work:
        return matches_of(work, person_id=person.id)[-1].id


def questions(introduction):
    return re.findall(r"^\d\. (.+)$", words(introduction), re.M)


def write(weft, person, *answers, where=None):
    person.press("Answer now", where or introductions(person)[-1])
    asked = questions(introductions(person)[-1])
    person.fill(dict(zip(asked, answers, strict=False)))
    said = person.submit()
    weft.carry()
    return said


def shown(person):
    return [message for message in person.group_messages() if "ready to read" in message.text]


def test_people_whose_days_hardly_overlap_get_three_questions(apart):
    introduction = introductions(apart.ana)[0]

    assert labels(introduction) == ["Answer now", "We met anyway", "Pause Coffee"]
    assert len(questions(introduction)) == 3
    assert "async coffee" in introduction.text


def test_answers_are_shown_to_both_when_both_have_answered(weft, apart):
    write(weft, apart.ana, "A <!channel> & more\nof it", "", "The *harbour*")
    assert "once @Ben Okafor replies" in words(apart.ana.modal, apart.ana)
    assert shown(apart.ben) == []

    write(weft, apart.ben, "Contracts")

    [message] = shown(apart.ana)
    assert shown(apart.ben) == [message]
    first, second, _third = questions(introductions(apart.ana)[0])
    read = words(message, apart.ana).splitlines()
    assert [read[read.index(first) + number] for number in (1, 2)] == [
        "@Ana Ruiz: A <!channel> & more of it",
        "@Ben Okafor: Contracts",
    ]
    assert [read[read.index(second) + number] for number in (1, 2)] == [
        "@Ana Ruiz: _skipped this one_",
        "@Ben Okafor: _skipped this one_",
    ]
    assert "<!channel>" not in str(message.blocks)


def test_it_counts_as_a_meeting_by_their_own_word(weft, apart):
    write(weft, apart.ana, "A")
    write(weft, apart.ben, "B")
    assert met(weft, apart.ana) == []

    apart.ben.press("Yes, it counts", shown(apart.ben)[0])

    assert len(met(weft, apart.ana)) == 1


def met(weft, person):
    with weft.bot.look() as work:
        return copies(meetings_of(work, person_id=person.id))


@pytest.mark.slow
def test_answers_can_be_changed_until_they_are_shown_and_not_after(weft, apart):
    write(weft, apart.ana, "First")
    apart.ana.press("Answer now", introductions(apart.ana)[0])
    assert "First" in str(apart.ana.modal.drawn)
    write(weft, apart.ana, "Second")
    write(weft, apart.ben, "B")
    assert "Second" in words(shown(apart.ana)[0])

    said = apart.ana.press("Answer now", introductions(apart.ana)[0])

    assert "Everyone has already answered" in words(said)
    assert len(shown(apart.ana)) == 1


def test_an_empty_form_stays_open_with_a_hint(weft, apart):
    said = write(weft, apart.ana, "  ", "")

    assert list(said.values()) == ["Answer at least one. A few words are enough."]


def test_words_are_kept_only_until_they_are_shown(weft, apart):
    write(weft, apart.ana, "My secret words")
    with weft.bot.look() as work:
        [row] = export_person(work, apart.ana.id, PLUGGED)["coffee"]["written_answers"]
        assert row["answers"] == ["My secret words", "", ""]

    write(weft, apart.ben, "B")

    with weft.bot.look() as work:
        [row] = export_person(work, apart.ana.id, PLUGGED)["coffee"]["written_answers"]
        assert row["answers"] == []


def test_a_stranger_and_a_partner_of_a_coffee_called_off_are_told_so(weft, apart):
    match_id = match_id_of(weft, apart.ana)
    with weft.bot.begin() as work, pytest.raises(NotForYou, match="someone else"):
        written.answer(work, match_id, by=apart.dev.id, words=["a", "", ""])
    apart.ben.deactivate()
    weft.settle()
    with weft.bot.begin() as work, pytest.raises(UserError, match="called off"):
        written.answer(work, match_id, by=apart.ana.id, words=["a", "", ""])


def test_who_has_left_the_company_after_they_met_is_not_written_to(weft, apart):
    write(weft, apart.ben, "Contracts")
    apart.ben.press("We met anyway", introductions(apart.ben)[-1])
    apart.ben.deactivate()

    match_id = match_id_of(weft, apart.ana)
    with weft.bot.begin() as work, pytest.raises(UserError, match="can't be reached"):
        written.answer(work, match_id, by=apart.ana.id, words=["Harbour"])
    weft.settle()

    assert shown(apart.ana) == []


@pytest.mark.slow
def test_whoever_owes_answers_is_reminded_of_them_and_not_whether_they_met(weft, apart):
    write(weft, apart.ana, "A")
    weft.live(days=8)

    assert "have you met yet" not in last_words(apart.ana)
    reminder = apart.ben.messages()[-1]
    assert "Your async coffee with @Ana Ruiz is waiting" in words(reminder, apart.ben)
    assert labels(reminder) == ["Answer now", "We met anyway", "I'll pass"]
    write(weft, apart.ben, "B", where=reminder)
    assert len(shown(apart.ana)) == 1


@pytest.mark.slow
def test_nobody_is_bumped_when_somebody_has_written(weft, apart):
    write(weft, apart.ben, "B")
    weft.live(days=3)

    assert all("async coffee" not in message.text for message in apart.ana.messages())


@pytest.mark.slow
def test_the_captain_of_a_written_coffee_is_asked_to_go_first(weft, apart):
    weft.live_until(TUESDAY_TEN_IN_BERLIN + timedelta(days=2, hours=1))

    assert "Could you go first?" in last_words(apart.ana)
    assert labels(apart.ana.messages()[-1])[0] == "Answer now"


def test_home_has_the_answers_that_are_owed_until_they_are_written(weft, apart):
    apart.ana.open_home()
    assert "your answers are missing" in words(apart.ana.home)

    write(weft, apart.ana, "Contracts", where=apart.ana.home)

    assert "Answer now" not in labels(apart.ana.home)
    assert "your answers are missing" not in words(apart.ana.home)
    apart.ben.open_home()
    assert "Answer now" in labels(apart.ben.home)


@pytest.mark.slow
def test_whoever_has_written_is_not_asked_whether_they_met_while_the_other_is_silent(weft, apart):
    write(weft, apart.ana, "Contracts")
    before = len(apart.ana.messages())
    apart.ana.open_home()
    assert "waiting for their answers" in words(apart.ana.home)

    weft.live(days=12)

    after = [one.text for one in apart.ana.messages()[before:]]
    assert not [text for text in after if "have you met" in text or "manage to meet" in text]


@pytest.mark.slow
def test_when_all_have_written_they_are_asked_whether_it_was_a_coffee(weft, apart):
    write(weft, apart.ana, "Contracts")
    write(weft, apart.ben, "Logs")

    weft.live(days=8)

    [question] = [message for message in apart.ana.messages() if "count as a coffee" in message.text]
    assert "Not really" in labels(question)
    apart.ana.press("Yes, it counts", question)
    assert "Hope you had a good chat" in words(question)

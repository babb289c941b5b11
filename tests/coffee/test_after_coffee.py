"""After a coffee: a note for oneself, and a line to share."""

import pytest

from bot.coffee.matches.learned import service as learned
from bot.connections.notes import service as notes
from bot.core.errors import UserError
from bot.features import PLUGGED
from bot.privacy.service import export_person, forget_person
from storage.connections.notes import notes_about, notes_of
from tests.coffee.stories import introductions
from tests.coffee.test_slots import match_of
from tests.weft import labels, words

QUESTION = "What do you want to remember about Ben Okafor?"


@pytest.fixture
def met(weft, pair):
    """Ana has said that she met Ben; this is what she read then."""
    [pair.said] = pair.ana.press("We met", introductions(pair.ana)[-1]).messages
    return pair


def note(person, said, text):
    person.press("Add a note", said)
    person.fill({QUESTION: text})
    return person.submit()


def kept(weft, person):
    with weft.bot.look() as work:
        return [one.words for one in notes_of(work, person_id=person.id)]


def asked(weft, person):
    """On the day of the introduction: a colleague's question doesn't count against the limit of Weft's own."""
    weft.carry()
    return next(message for message in person.messages() if "share a line" in message.text)


def share(person, said, text="Support sees outages before our alerts do <!channel>"):
    person.press("Share a takeaway", said)
    person.fill({"What did you learn?": text})
    return person.submit()


def test_someone_who_met_is_offered_a_note_and_to_share(met):
    assert labels(met.said)[:2] == ["Add a note", "Share a takeaway"]


@pytest.mark.slow
def test_the_private_question_offers_the_same(pair_midway):
    question = pair_midway.ana.messages()[-1]
    pair_midway.ana.press("We met", question)

    assert labels(pair_midway.ana.messages()[-1])[:2] == ["Add a note", "Share a takeaway"]


def test_a_note_is_kept_for_its_writer_alone(weft, met):
    assert note(met.ana, met.said, "Moves to *Lisbon* <@U1>") == {}

    assert words(met.ana.modal).splitlines()[-1] == "Saved. Only you can see it."
    assert kept(weft, met.ana) == ["Moves to *Lisbon* <@U1>"]
    with weft.bot.look() as work:
        mine, others = (export_person(work, one.id, PLUGGED)["connections"]["notes"] for one in (met.ana, met.ben))
    assert [row["words"] for row in mine] == ["Moves to *Lisbon* <@U1>"]
    assert others == []


def test_writing_again_replaces_the_note_and_no_words_take_it_away(weft, met):
    note(met.ana, met.said, "First")
    met.ana.press("Add a note", met.said)
    assert "First" in str(met.ana.modal.drawn)
    note(met.ana, met.said, "Second")
    assert kept(weft, met.ana) == ["Second"]

    note(met.ana, met.said, "  ")

    assert "I didn't keep a note" in words(met.ana.modal)
    assert kept(weft, met.ana) == []


def test_a_note_about_a_meeting_they_were_not_at_is_refused(weft, met):
    with weft.bot.begin() as work:
        origin = f"match:{match_of(work, met.ana).id}"
    with weft.bot.begin() as work, pytest.raises(UserError, match="no longer on your list"):
        notes.save_notes(work, met.dev.id, origin, {met.ben.id: "Aha"})


def test_someone_forgotten_is_forgotten_in_the_notes_of_others(weft, met):
    note(met.ana, met.said, "Moves to Lisbon")
    with weft.bot.begin() as work:
        forget_person(work, met.ben.id, PLUGGED)

    with weft.bot.look() as work:
        about = {"person_id": met.ana.id, "other_id": met.ben.id}
        assert notes_about(work, **about) == []


# Sharing a line


def posted(team):
    return [message for message in team.coffee.messages if message.bot_id and "“Support" in words(message)]


def test_a_line_is_posted_with_the_yes_of_the_other(weft, met):
    assert share(met.ana, met.said) == {}
    assert "I'll check with @Ben Okafor first" in words(met.ana.modal, met.ana)
    question = asked(weft, met.ben)
    assert "@Ana Ruiz would like to share this in #coffee. It would show both your names." in words(question, met.ben)
    assert labels(question) == ["Fine by me", "Rather not"]
    assert posted(met) == []

    met.ben.press("Fine by me", question)
    weft.carry()

    [message] = posted(met)
    assert "@Ana Ruiz, over coffee with @Ben Okafor" in words(message)
    assert "<!channel>" not in str(message.blocks) + message.text


def test_a_no_is_told_to_nobody(weft, met):
    share(met.ana, met.said)
    question = asked(weft, met.ben)
    before = len(met.ana.messages())

    met.ben.press("Rather not", question)
    weft.live(days=4)

    assert posted(met) == []
    assert all("share" not in message.text for message in met.ana.messages()[before:])


def test_one_line_for_a_coffee_and_only_by_those_who_were_there(weft, met):
    share(met.ana, met.said)
    again = met.ana.press("Share a takeaway", met.said)
    assert "One is plenty" in words(again)

    with weft.bot.begin() as work, pytest.raises(UserError, match="someone else"):
        learned.request_consent(work, f"match:{match_of(work, met.ana).id}", by=met.dev.id, words="Aha")


def test_a_yes_pressed_twice_or_weeks_later_shares_nothing_twice(weft, met):
    share(met.ana, met.said)
    weft.settle()
    with weft.bot.begin() as work:
        assert "I'm posting it" in learned.answer(work, 1, by=met.ben.id, agrees=True)
    with weft.bot.begin() as work:
        assert "it's posted" in learned.answer(work, 1, by=met.ben.id, agrees=True)
    weft.carry()
    assert len(posted(met)) == 1


def test_after_a_week_a_yes_comes_too_late(weft, met):
    share(met.ana, met.said)
    weft.live(days=8)
    with weft.bot.begin() as work, pytest.raises(UserError, match="has expired"):
        learned.answer(work, 1, by=met.ben.id, agrees=True)


def test_an_empty_line_stays_in_the_form(met):
    assert list(share(met.ana, met.said, "  ").values()) == ["Add a sentence first."]


# After a coffee now


def test_after_a_coffee_now_a_line_can_be_shared_as_well(weft, pair):
    weft.live(days=1)  # The introduction was enough for a day.
    pair.ana.command("/coffee", "now")
    weft.carry()
    [other] = [one for one in pair.everyone if "coffee right now" in one.messages()[-1].text]
    other.press("I'm in", other.messages()[-1])
    weft.carry()
    together = next(one for one in pair.ana.group_messages() if "both free right now" in one.text)
    [said] = pair.ana.press("We met", together).messages

    assert share(pair.ana, said) == {}
    other.press("Fine by me", asked(weft, other))
    weft.carry()

    [message] = posted(pair)
    assert f"{pair.ana.mention}, over coffee with {other.mention}" in str(message.blocks)


def test_a_button_of_an_older_weft_still_shares(weft, met):
    with weft.bot.look() as work:
        number = str(match_of(work, met.ana).id)
        learned.check_may_share(work, learned.origin_of(number), met.ana.id)
        with pytest.raises(UserError, match="can't be shared"):
            learned.origin_of("intro:7")

"""Whoever has not said that they met, while the other one has, may be asked once more, and hears of nobody's answer."""

from datetime import timedelta

import pytest

from bot.coffee.matches.check_ins.owed import OWED
from storage.kinds import Answer
from tests.coffee.stories import introductions
from tests.weft import labels, words


def proposed(weft, program):
    with weft.bot.look() as work:
        return list(OWED.propose(work, [person.id for person in program.everyone]))


def met_and_not_met(weft, program):
    """Ana said that they met, her partner said nothing; the round's last question was two days ago."""
    weft.live(days=1, hours=1)
    introduction = introductions(program.ana)[-1]
    program.ana.press("We met", introduction)
    [partner] = [one for one in program.everyone if one != program.ana and introduction in one.group_messages()]
    weft.live(days=12)
    return partner


@pytest.mark.slow
def test_whoever_said_nothing_is_asked_without_the_other_answer_being_given_away(weft, program):
    partner = met_and_not_met(weft, program)

    [suggestion] = proposed(weft, program)

    assert suggestion.person_id == partner.id
    assert f"<@{program.ana.id}>" in suggestion.why
    assert "said" not in suggestion.why + suggestion.step


@pytest.mark.slow
def test_one_tap_answers_and_ends_it(weft, program):
    partner = met_and_not_met(weft, program)
    weft.live(days=4)
    [message] = [one for one in partner.messages() if "Did you ever meet?" in one.text]

    said = partner.press("Yes, we met", message)

    assert "Hope you had a good chat" in words(said)
    assert labels(said)[:2] == ["Add a note", "Share a takeaway"]
    assert "Done." in words(message)
    assert proposed(weft, program) == []
    with weft.bot.look() as work:
        from bot.coffee.privacy import export_person

        assert export_person(work, partner.id)["matches"][0]["your_answer"] == Answer.MET


def test_who_may_thank_is_not_told_that_they_met_by_the_other_one(weft, program):
    """Ana's partner said nothing: only Ana may be reminded to say thanks, until the partner has said so, too."""
    from bot.celebrate.congratulating.suggestions import thank_a_helper

    def may_thank():
        with weft.bot.look() as work:
            return {one.person_id for one in thank_a_helper(work, [person.id for person in program.everyone])}

    weft.live(days=1, hours=1)
    introduction = introductions(program.ana)[-1]
    program.ana.press("We met", introduction)
    [partner] = [one for one in program.everyone if one != program.ana and introduction in one.group_messages()]
    weft.clock.advance(timedelta(days=2))
    assert may_thank() == {program.ana.id}

    partner.press("We met", introduction)
    assert may_thank() == {program.ana.id, partner.id}


@pytest.mark.slow
def test_nobody_is_asked_while_the_check_ins_still_ask(weft, program):
    weft.live(days=1, hours=1)
    program.ana.press("We met", introductions(program.ana)[-1])
    weft.live(days=5)

    assert proposed(weft, program) == []

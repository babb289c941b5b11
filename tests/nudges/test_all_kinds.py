"""What holds for every kind that any feature has, found in the list of features: a new one can't be forgotten."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.errors import NotForYou
from bot.features import FEATURES, PLUGGED
from bot.nudges import service
from bot.privacy.service import forget_person
from storage.kinds import NudgeOutcome
from tests.nudges.company import MONDAY_NINE, Engine, Proposals, nudge_rows, suggestions
from tests.nudges.test_answers import press
from tests.weft import words

REAL = {kind.name: kind for feature in FEATURES for kind in feature.nudges}
SAID = {"Not now": NudgeOutcome.NOT_NOW, "Fewer like this": NudgeOutcome.LESS, "Stop these": NudgeOutcome.NEVER}


@pytest.fixture
def whose(workspace):
    """For each kind a person who gets suggestions of this kind only."""
    return {name: workspace.add_person(f"Person {name}", tz="Europe/Berlin") for name in REAL}


@pytest.fixture
def engine(weft, whose):
    """The real kinds, with their rests, and something new to say each day."""
    weft.tick()
    weft.clock.move_to(MONDAY_NINE)
    engine = Engine(weft)
    engine.kinds = {
        name: replace(kind, propose=Proposals(name, value=1.0, for_whom={whose[name].id}).propose)
        for name, kind in REAL.items()
    }
    with weft.bot.begin() as work:
        for name, person in whose.items():
            service.switch(work, person.id, name, is_on=True)
    return engine


def outcomes(weft):
    return {row.kind: row.outcome for row in reversed(nudge_rows(weft))}


@pytest.mark.slow
def test_every_kind_stops_after_three_that_no_one_answered_and_says_so_before(engine, whose):
    longest = max(kind.rest for kind in REAL.values())
    engine.live(days=(longest * (2 + 4)).days + 10)

    for name, person in whose.items():
        said = ["If you skip this one too, I'll stop these" in words(message) for message in suggestions(person)]
        assert said == [False, False, True], name

    for person in whose.values():
        person.press("Keep them", suggestions(person)[-1])
    engine.live(days=(longest * 4).days)
    assert {name: len(suggestions(person)) > 3 for name, person in whose.items()} == dict.fromkeys(REAL, True)


@pytest.mark.sampled(1)
@pytest.mark.parametrize("label", SAID)
def test_every_kind_takes_an_answer_weeks_later_twice_and_only_from_the_person_it_was_for(
    weft, workspace, engine, whose, label
):
    engine.live(days=1)  # A first wave takes two days.
    first = {name: suggestions(person)[0] for name, person in whose.items()}
    weft.clock.advance(timedelta(days=30))
    stranger, ids = workspace.add_person("Stranger"), {row.kind: row.id for row in reversed(nudge_rows(weft))}
    for name, person in whose.items():
        with pytest.raises(NotForYou), weft.bot.begin() as work:
            service.answer(work, ids[name], by=stranger.id, outcome=SAID[label])
        as_it_was = replace(first[name])
        press(person, label, first[name])
        press(person, label, as_it_was)

    assert outcomes(weft) == dict.fromkeys(REAL, SAID[label])
    with weft.bot.look() as work:
        kept = {name: service.export_person(work, person.id)["kinds"] for name, person in whose.items()}
    for name, [taste] in kept.items():
        assert (taste["less"], taste["is_on"]) == (int(label == "Fewer like this"), label != "Stop these"), name


@pytest.mark.sampled(1)
@pytest.mark.parametrize("label", SAID)
def test_every_kind_answers_with_a_sentence_after_the_person_was_forgotten(weft, engine, whose, label):
    engine.live(days=1)
    messages = {name: suggestions(person)[0] for name, person in whose.items()}
    for name, person in whose.items():
        with weft.bot.begin() as work:
            forget_person(work, person.id, PLUGGED)
        assert "This suggestion has expired" in words(press(person, label, messages[name])), name
    assert nudge_rows(weft) == []

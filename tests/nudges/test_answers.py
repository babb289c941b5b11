"""What people press below a suggestion, in time, twice, weeks later, or without being meant."""

from datetime import timedelta

import pytest

from bot.features import PLUGGED
from bot.privacy.service import forget_person
from storage.kinds import NudgeOutcome
from tests.nudges.company import MONDAY_NINE, Engine, Proposals, nudge_rows, suggestions
from tests.weft import labels, words


@pytest.fixture
def ana(workspace):
    return workspace.add_person("Ana Ruiz", tz="Europe/Berlin")


@pytest.fixture
def engine(weft, ana):
    weft.tick()
    weft.clock.move_to(MONDAY_NINE)
    engine = Engine(weft, Proposals("a", value=1.0, rest=timedelta(days=2)), Proposals("b", value=0.6))
    engine.plan()
    return engine


@pytest.fixture
def message(engine, ana):
    return suggestions(ana)[0]


def outcomes(weft):
    return {row.kind: row.outcome for row in nudge_rows(weft)[:2]}


def press(person, label, message, number=0):
    """The button of the first suggestion in the message, or of a later one."""
    with_it = [block for block in message.blocks if label in labels([block])]
    message_part = with_it[number]
    [element] = [one for one in message_part["elements"] if one["text"]["text"] == label]
    return person._act(message, message_part, element, None)


def test_not_now_leaves_words_where_the_buttons_were(weft, ana, message):
    press(ana, "Not now", message)

    assert "OK, not now." in words(message)
    assert labels(message) == ["Do b", "Not now", "Fewer like this", "Stop these"]
    assert message.text == "Why a. Do a."
    assert outcomes(weft) == {"a": NudgeOutcome.NOT_NOW, "b": None}


def test_the_features_button_marks_it_as_done_without_the_feature_knowing(weft, ana, message):
    press(ana, "Do a", message)

    assert "Done." in words(message)
    assert outcomes(weft) == {"a": NudgeOutcome.USED, "b": None}


def test_never_stops_the_kind_and_can_be_taken_back_at_once(weft, engine, ana, message):
    press(ana, "Stop these", message)
    engine.live(days=8)
    assert [one.text[:5] for one in suggestions(ana)].count("Why a") == 1

    ana.press("Undo", message)
    assert "these will keep coming" in words(message)
    engine.live(days=8)

    assert "Do a" in labels(suggestions(ana)[-1])


def test_less_of_this_makes_the_kind_rest_twice_as_long(weft, engine, ana, message):
    press(ana, "Fewer like this", message)

    engine.live(days=3)
    assert [one.text[:5] for one in suggestions(ana)].count("Why a") == 1
    engine.live(days=1)
    assert [one.text[:5] for one in suggestions(ana)].count("Why a") == 2


def test_a_press_that_comes_twice_counts_once(weft, ana, message):
    [block] = [one for one in message.blocks if "Do a" in labels([one])]
    for number in (0, 0, 2, 2):  # With what was drawn before, as Slack sends it.
        ana._act(message, block, block["elements"][number], None)

    with weft.bot.look() as work:
        from storage import nudges

        taste = nudges.tastes(work, person_ids=[ana.id])[ana.id, "a"]
        assert (taste.used, taste.less, taste.ignored) == (1, 1, 0)


def test_weeks_later_a_press_still_counts_and_ends_the_silence(weft, engine, ana, message):
    engine.live(days=30)
    assert outcomes(weft)["a"] is NudgeOutcome.IGNORED

    press(ana, "Do a", message)

    assert outcomes(weft)["a"] is NudgeOutcome.USED
    assert "Done." in words(message)


def test_someone_elses_suggestion_is_left_as_it_is(weft, workspace, ana, message):
    ben = workspace.add_person("Ben Okafor")
    channel = workspace.add_channel("copies", members=[ben])
    copy = workspace.post_as_bot(channel, message.text, message.blocks) if hasattr(workspace, "post_as_bot") else None
    if copy is None:
        weft.composed.carrier.slack.client.chat_postMessage(
            channel=channel.id, text=message.text, blocks=message.blocks
        )
        copy = channel.messages[-1]

    said = press(ben, "Not now", copy)
    press(ben, "Do a", copy)

    assert "meant for someone else" in words(said)
    assert outcomes(weft) == {"a": None, "b": None}


def test_after_being_forgotten_a_press_is_answered_with_a_sentence(weft, ana, message):
    with weft.bot.begin() as work:
        forget_person(work, ana.id, PLUGGED)

    said = press(ana, "Stop these", message)
    press(ana, "Do a", message)

    assert "This suggestion has expired" in words(said)
    assert nudge_rows(weft) == []


def test_used_kinds_win_over_ignored_ones_of_the_same_value(weft, ana):
    weft.tick()
    weft.clock.move_to(MONDAY_NINE)
    engine = Engine(weft, Proposals("a", value=0.7), Proposals("b", value=0.7))
    for _ in range(5):
        engine.plan()
        for one in suggestions(ana):
            if "Do b" in labels(one):
                press(ana, "Do b", one)
        weft.clock.advance(timedelta(days=4))

    assert [one.text[:5] for one in suggestions(ana)] == ["Why a", "Why b", "Why b", "Why b"]

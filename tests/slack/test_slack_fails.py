"""Slack fails, is slow, or takes no answer: it is said, and nothing is lost."""

from datetime import timedelta

import pytest

from bot.slacksim.errors import Refused
from tests.coffee.stories import last_words
from tests.slack.seen import SORRY, errors
from tests.weft import labels, words

FAULTS = ["rate_limit", "server_error", "nonsense", "drop_request", "lose_answer"]


@pytest.mark.expects_error("a listener failed")
def test_a_window_that_slack_does_not_open_is_said_and_can_be_tried_again(weft, program, workspace):
    for fault in FAULTS:
        getattr(workspace.faults, fault)("views.open")
        assert words(program.ana.command("/coffee", "pause")).startswith(SORRY)

        program.ana.command("/coffee", "pause")
        assert program.ana.modal is not None


def test_a_home_that_slack_does_not_show_takes_nothing_back(weft, program, workspace, caplog):
    program.ana.open_home()
    for fault in FAULTS:
        getattr(workspace.faults, fault)("views.publish")

        program.ana.press("Skip this round", program.ana.home)

        assert program.ana.modal is None  # What they asked for was done: no apology.
        program.ana.open_home()
        program.ana.press("Undo skip", program.ana.home)
    assert errors(caplog) == []


def test_a_form_is_taken_although_home_is_not_shown(weft, program, workspace, caplog):
    for fault in FAULTS:
        program.ana.command("/coffee", "pause")
        getattr(workspace.faults, fault)("views.publish")

        assert program.ana.submit() == {}

        assert "on a break" in words(program.ana.modal)
        program.ana.close(everything=True)
        assert "Come back now" in labels(program.ana.command("/coffee"))
    assert errors(caplog) == []


def test_a_slow_slack_is_waited_for(weft, program, workspace):
    workspace.faults.slow("views.open", 0.3)
    workspace.faults.slow("views.publish", 0.3)

    program.ana.command("/coffee", "pause")
    assert program.ana.submit() == {}


def test_a_slack_that_takes_too_long_is_not_waited_for(weft, program, workspace, monkeypatch, caplog):
    workspace.faults.slow("views.publish", 1)
    with monkeypatch.context() as hurry:
        hurry.setattr(weft.composed.app.client, "timeout", 0.2)
        program.ana.open_home()

    assert errors(caplog) == []
    program.ana.open_home()
    assert "Skip this round" in labels(program.ana.home)


@pytest.fixture
def deaf_addresses(monkeypatch):
    """Slack refuses whatever is said to a response_url."""

    def refuse(*_arguments):
        raise Refused("expired_url")

    monkeypatch.setattr("bot.slacksim.answers.use", refuse)


def test_an_answer_that_slack_does_not_take_at_its_address_arrives_in_another_way(
    weft, program, workspace, deaf_addresses, caplog
):
    for typed in ("", "help", "skip", "dance", "pause banana"):
        assert program.ana.command("/coffee", typed).text

    assert workspace.refused_responses == ["expired_url"] * 5
    workspace.refused_responses.clear()
    assert errors(caplog) == []


def test_a_button_works_although_the_answer_does_not_arrive(weft, program, workspace, deaf_addresses):
    program.ana.press("Skip this round", program.ana.messages()[0])

    assert workspace.refused_responses == ["expired_url"]
    workspace.refused_responses.clear()
    program.ana.open_home()
    assert "Undo skip" in labels(program.ana.home)


def test_a_token_that_is_revoked_meanwhile_loses_nothing(weft, program, workspace, clock, caplog):
    workspace.revoke_token()
    program.ana.open_home()
    program.ana.press("Skip this round", program.ana.messages()[0])
    workspace.hold_events()
    weft.live(hours=3)
    assert errors(caplog) == []

    workspace.restore_token()
    eva = workspace.add_person("Eva Horak", tz="Europe/Berlin")
    eva.join(program.coffee)
    workspace.release_events()
    clock.advance(timedelta(minutes=2))
    weft.settle()

    assert "Welcome to Coffee" in last_words(eva)
    program.ana.open_home()
    assert "Undo skip" in labels(program.ana.home)

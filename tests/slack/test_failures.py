"""Something breaks in the bot, or somebody makes a mistake: they are told, and nothing they typed is lost."""

import pytest

from bot.slack.app import build_app
from bot.slacksim import Direct
from tests.coffee.stories import set_up
from tests.slack.seen import SORRY, errors
from tests.waiting import until
from tests.weft import words


@pytest.fixture
def spilled(monkeypatch):
    """A listener that fails, with somebody's words in its failure."""

    def fail(*_arguments, **_more):
        raise RuntimeError("Ana said: my secret")

    monkeypatch.setattr("bot.coffee.membership.standing.status", fail)
    monkeypatch.setattr("bot.coffee.membership.forms.read_pause", fail)


def number_in(sentence):
    return sentence.rsplit(": error ", 1)[1].rstrip(".")


@pytest.mark.expects_error("a listener failed")
def test_a_failure_is_answered_with_an_apology_and_a_number_that_the_log_knows(weft, program, spilled, caplog):
    said = words(program.ana.command("/coffee"))

    assert said.startswith(SORRY)
    [record] = errors(caplog)
    assert record.number == number_in(said)
    assert "secret" not in record.getMessage()
    assert "secret" not in said


@pytest.mark.expects_error("a listener failed")
def test_a_failure_behind_a_form_is_told_in_the_form_which_stays(weft, program, spilled, caplog):
    program.ana.command("/coffee", "pause")

    told = program.ana.submit()

    assert told["Until"].startswith(SORRY)
    assert errors(caplog)[0].number == number_in(told["Until"])
    assert program.ana.modal is not None


def test_a_mistake_in_a_form_is_shown_at_its_field_and_all_that_was_typed_stays(weft, program, workspace):
    tea = workspace.add_channel("tea", members=[program.ana])
    assert set_up(program.alma, tea, Name=" \u200b ") == {"Name": "Please give it a name that people will recognise."}

    program.alma.fill({"Name": "Tea"})

    assert program.alma.submit() == {}
    program.alma.press("Start")
    program.alma.open_home()
    assert "Tea in #tea, every other Tuesday at 10:00" in words(program.alma.home)


@pytest.mark.expects_error("a listener failed")
def test_a_failure_in_home_opens_a_window(weft, program, monkeypatch):
    program.ana.open_home()

    def fail(*_arguments, **_more):
        raise RuntimeError

    monkeypatch.setattr("bot.coffee.membership.listeners.read_meant", fail)
    program.ana.press("Skip this round", program.ana.home)

    assert SORRY in words(program.ana.modal)


@pytest.fixture
def as_it_runs(weft, workspace):
    """Listeners run in threads of their own, as in `weft run`."""
    app = build_app(weft.bot, weft.composed.app.client, weft.composed.features)
    workspace.deliver_to(Direct(app))


def test_a_mistake_is_answered_at_once_and_not_called_a_failure_of_the_app(weft, team, as_it_runs):
    weft.tick()
    for typed in ("skip", "leave", "pause 2w", "pause banana") * 3:
        said = team.ana.command("/coffee", typed)

        assert "did not respond" not in said.text


def test_a_form_with_a_mistake_stays_open_in_threads_too(weft, program, as_it_runs):
    program.alma.press("Set up program", program.alma.home)
    until(lambda: program.alma.modal is not None)
    program.alma.fill({"Channel": program.coffee})

    assert "already has a program" in program.alma.submit()["Channel"]

"""The guard of every test sees what the bot catches and logs so that it lives on."""

from datetime import timedelta

import pytest

from bot.core.feature import Tick
from bot.scheduler import run_tick
from bot.slack.events import Attempt, run
from tests.errors import only_logging


def our_mistake(*_given):
    raise LookupError


def slack_is_away(*_given):
    raise ConnectionError


def in_a_tick(weft, fails):
    run_tick(weft.composed, Tick("a tick", timedelta(minutes=1), fails))


def in_an_event_handler(weft, fails):
    run(weft.bot, Attempt("team_join", fails))


FAILURES = {
    "a tick failed": (in_a_tick, our_mistake),
    "a tick did not get through": (in_a_tick, slack_is_away),
    "an event handler failed": (in_an_event_handler, our_mistake),
    "an event handler did not get through": (in_an_event_handler, slack_is_away),
}
cases = [pytest.param(logged, marks=pytest.mark.expects_error(logged), id=logged) for logged in FAILURES]


@pytest.mark.parametrize("logged", cases)
def test_what_fails_in_the_bot_fails_the_test(weft, logged):
    happens, fails = FAILURES[logged]

    with pytest.raises(pytest.fail.Exception, match=f"not expected:\n.*{logged}"), only_logging(set()):
        happens(weft, fails)


@pytest.mark.parametrize("logged", cases)
def test_unless_it_asked_for_it(weft, logged):
    happens, fails = FAILURES[logged]

    with only_logging({logged}):
        happens(weft, fails)


def test_what_it_asked_for_has_to_happen():
    with pytest.raises(pytest.fail.Exception, match=r"was not: .*a tick failed"), only_logging({"a tick failed"}):
        pass

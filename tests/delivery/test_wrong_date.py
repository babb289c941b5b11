"""What people ask of a machine with a wrong date is decided by the right time, and answered as on any other machine."""

import random
import shutil
from contextlib import closing
from datetime import timedelta
from types import SimpleNamespace

import pytest
from slack_sdk.web import SlackResponse
from sqlalchemy import select

from bot.app import compose
from bot.core.clock import ManualClock
from bot.core.slack_time import CheckedClock, SlackTime
from bot.delivery.calls import PacedCalls
from bot.delivery.pacing import Pacer
from storage.db import Database
from storage.tables import METADATA
from tests.benchmarks.storm import name_of
from tests.coffee.stories import introduce_a_pair
from tests.conftest import MONDAY
from tests.delivery.machines import MachineClock
from tests.privacy.looking import Curious, words_of_commands
from tests.slack.rush import Rush, answers_seen

DATES = [timedelta(days=-20 * 365), timedelta(hours=7)]
ONE_HOUR = timedelta(hours=1)


@pytest.fixture(scope="module")
def do_everything(lived, slack_server, tmp_path_factory):
    """Ana opens and presses all there is, and types all that help names, on a machine that starts with this date."""

    def live(off_by):
        beginning = lived(introduce_a_pair).copy()
        workspace, folder = beginning.workspace, tmp_path_factory.mktemp("date")
        machine = MachineClock(workspace.clock)
        machine.jump(off_by)
        slack_server.host(workspace)
        url = f"sqlite:///{shutil.copy(beginning.file, folder / 'weft.sqlite3')}"
        with closing(Database(url)) as database:
            where = {"token": workspace.bot_token, "api_url": slack_server.api_url}
            weft = compose(database, machine, random.Random(7), one_thread=True, **where)
            rush = Rush(workspace, [weft.app])
            workspace.deliver_to(rush)
            rush.kept = []
            Curious(beginning.team.ana, SimpleNamespace()).look_everywhere()
            slack_server.release(workspace)
            workspace.refused_responses.clear()
            return SimpleNamespace(
                stored=stored_in(database), said=answers_seen(workspace), asked={name_of(one) for one in rush.kept}
            )

    return live


@pytest.fixture(scope="module")
def by_the_right_date(do_everything):
    return do_everything(timedelta())


def stored_in(database):
    with database.snapshot() as session:
        return {table.name: sorted(map(repr, session.execute(select(table)))) for table in METADATA.sorted_tables}


@pytest.mark.slow
@pytest.mark.parametrize("off_by", DATES, ids=str)
def test_each_command_button_and_form_does_what_it_does_on_a_machine_with_the_right_date(
    do_everything, by_the_right_date, off_by
):
    assert {f"{command} {rest}".strip() for command, rest in words_of_commands()} <= by_the_right_date.asked

    by_a_wrong_date = do_everything(off_by)

    assert by_a_wrong_date.asked == by_the_right_date.asked
    for table, rows in by_the_right_date.stored.items():
        assert by_a_wrong_date.stored[table] == rows, table
    assert by_a_wrong_date.said == by_the_right_date.said


# Whom to believe


@pytest.fixture
def machine():
    true = ManualClock(MONDAY)
    clock = MachineClock(true)
    slack_time = SlackTime(clock)
    return SimpleNamespace(true=true, clock=clock, slack_time=slack_time, checked=CheckedClock(slack_time))


def hear_from_slack(machine, **answer):
    date = f"{machine.true.now():%a, %d %b %Y %H:%M:%S GMT}"
    calls = PacedCalls(None, machine.clock, Pacer(), slack_time=machine.slack_time)
    about = {"client": None, "http_verb": "POST", "api_url": "", "req_args": {}, "status_code": 200}
    calls.note_date(SlackResponse(data=answer, headers={"date": date}, **about))


def test_a_clock_that_slack_contradicts_is_corrected_until_it_is_set_right(machine):
    machine.clock.jump(ONE_HOUR)
    hear_from_slack(machine, ok=False, error="internal_error")
    machine.true.advance(ONE_HOUR)
    assert machine.checked.now() == machine.true.now()

    machine.clock.jump(-ONE_HOUR)
    hear_from_slack(machine, ok=True)

    assert machine.checked.now() == machine.clock.now()


def test_after_a_pause_of_the_machine_its_clock_counts_and_not_the_time_since_slack_was_heard(machine):
    hear_from_slack(machine, ok=True)
    with machine.clock.frozen():
        machine.true.advance(ONE_HOUR)

    assert machine.slack_time.is_clock_wrong
    assert machine.checked.now() == machine.true.now()


def test_the_date_of_a_portal_that_answers_instead_of_slack_is_not_believed(machine):
    machine.true.jump(ONE_HOUR)
    machine.clock.jump(-ONE_HOUR)

    hear_from_slack(machine)

    assert machine.checked.now() == machine.clock.now()

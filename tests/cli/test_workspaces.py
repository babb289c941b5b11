"""A database belongs to one workspace, unless someone says that two are to share it."""

from dataclasses import replace

import pytest

from bot.cli.check import check
from bot.cli.opening import chosen_workspace
from bot.cli.run import connect
from bot.core.clock import SystemClock
from bot.core.errors import SetupError
from bot.slacksim import Workspace
from storage.db import Database
from tests.conftest import APP

pytestmark = pytest.mark.usefixtures("without_pauses")


@pytest.fixture
def database(settings):
    database = Database(settings.database_url)
    yield database
    database.close()


@pytest.fixture
def beta(slack_server):
    other = Workspace(SystemClock(), name="Beta", settings=APP)
    slack_server.host(other)
    yield other
    slack_server.release(other)


@pytest.fixture
def shared(settings, database, beta):
    """Both work on one database."""
    connect(settings, database)
    connect(replace(settings, slack_bot_token=beta.bot_token), database, add_workspace=True)


def test_a_database_of_another_workspace_is_refused_by_name(settings, database, beta, office):
    connect(settings, database, add_workspace=False)

    with pytest.raises(SetupError, match=r"belongs to Beta, and the database to Acme\..*--add-workspace"):
        connect(replace(settings, slack_bot_token=beta.bot_token), database, add_workspace=False)

    assert chosen_workspace(database, settings) == office.team_id
    connect(settings, database, add_workspace=False)


def test_check_says_so_before(settings, database, beta):
    connect(settings, database)

    found = {one.what: one for one in check(replace(settings, slack_bot_token=beta.bot_token), SystemClock())}

    assert not found["workspace"].is_well
    assert "The database belongs to Acme" in found["workspace"].words


@pytest.mark.usefixtures("shared")
def test_of_two_that_share_it_a_command_takes_the_one_of_the_token(settings, database, beta, office):
    assert chosen_workspace(database, settings) == office.team_id
    assert chosen_workspace(database, replace(settings, slack_bot_token=beta.bot_token)) == beta.team_id
    connect(settings, database, add_workspace=False)


@pytest.mark.usefixtures("shared")
@pytest.mark.parametrize("token", ["", "xoxb-of-no-one"])
def test_without_a_token_of_one_of_them_the_command_names_both(settings, database, token):
    with pytest.raises(SetupError, match="Acme and Beta"):
        chosen_workspace(database, replace(settings, slack_bot_token=token))


def test_before_weft_ran_once_it_is_no_ones(settings, database):
    with pytest.raises(SetupError, match="Run `weft run` once"):
        chosen_workspace(database, settings)

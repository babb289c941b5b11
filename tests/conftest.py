import gc
import os
import random
from collections import defaultdict
from contextlib import ExitStack
from datetime import UTC, datetime
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, settings

from bot.app import compose
from bot.core.clock import ManualClock
from bot.manifest import read_manifest
from bot.slacksim import AppSettings, Direct, SlackServer, Workspace
from tests import saying
from tests.numbering import numbered_from
from tests.waiting import PATIENCE
from tests.weft import Weft

IS_NIGHT = "WEFT_TESTS_FOR_THE_NIGHT" in os.environ
# How long an example takes says more of what else the machine does than of the code. By day the same examples come in
# every run, so that none fails by chance; by night they are looked for at random.
settings.register_profile("weft", deadline=None, derandomize=not IS_NIGHT, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("weft")

pytest_plugins = ["tests.errors", "tests.databases", "tests.beginnings", "tests.coffee.stories"]

APP = AppSettings.from_manifest(read_manifest())
"""What the manifest asks for, and nothing more."""
MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Make all cases but a few of a `sampled` test slow, before those are left out."""
    cases = defaultdict(list)
    for item in items:
        if sampled := item.get_closest_marker("sampled"):
            cases[item.nodeid.partition("[")[0], *sampled.args].append(item)
    for (_, few), there in cases.items():
        for one in set(there) - {there[number * len(there) // few] for number in range(few)}:
            one.add_marker(pytest.mark.slow)


def pytest_collection_finish():
    # What was imported stays: looking through all of it for garbage would take a tenth of the time.
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True, scope="session")
def no_proxy():
    # slack_sdk takes a proxy from the environment, and a proxied request would go past the simulated Slack.
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        os.environ.pop(name, None)


@pytest.fixture(autouse=True, scope="session")
def patience():
    """Nothing that Weft waits for in real time runs out because the machine does something else."""
    limits = ["bot.slack.client.TIMEOUT", "bot.slack.contact.TIMEOUT", "bot.slack.response_url.SECONDS"]
    limits += ["bot.health.figures.PATIENCE", "storage.db.BUSY_SECONDS"]
    with ExitStack() as stack:
        for limit in limits:
            stack.enter_context(patch(limit, PATIENCE))
        yield


@pytest.fixture(autouse=True)
def own_numbers():
    with numbered_from(1):
        yield


@pytest.fixture(scope="session")
def slack_server():
    server = SlackServer()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def clock(beginning):
    return beginning.workspace.clock if beginning else ManualClock(MONDAY)


@pytest.fixture
def app_settings():
    return APP


@pytest.fixture
def workspace(slack_server, clock, app_settings, beginning):
    workspace = beginning.workspace if beginning else Workspace(clock, name="Acme", settings=app_settings)
    slack_server.host(workspace)
    yield workspace
    slack_server.release(workspace)
    failures, slack_server.failures = slack_server.failures, []
    assert workspace.refused_responses == [], "a person was not answered; a test that asks for this clears the list"
    for failure in failures:  # A mistake in the simulation, or a check of it that the bot did not pass.
        raise failure


@pytest.fixture
def weft(workspace, slack_server, clock, sqlite, beginning):
    """The whole bot on SQLite, in a workspace with nobody in it unless the test begins later."""
    weft = start(workspace, slack_server, clock, sqlite)
    if beginning:
        weft.bot.rng.setstate(beginning.dice)
    yield weft
    assert saying.faults(workspace) == []


@pytest.fixture
def weft_on_both(workspace, slack_server, clock, database):
    yield start(workspace, slack_server, clock, database)
    assert saying.faults(workspace) == []


def start(workspace, slack_server, clock, database, **watched):
    composed = compose(
        database,
        clock,
        random.Random(7),
        token=workspace.bot_token,
        api_url=slack_server.api_url,
        one_thread=True,
        **watched,
    )
    workspace.deliver_to(Direct(composed.app))
    return Weft(composed, workspace, clock)

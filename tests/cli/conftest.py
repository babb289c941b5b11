import logging
import os
import sqlite3
import threading
from types import SimpleNamespace

import pytest
from sqlalchemy import event
from sqlalchemy.pool import Pool

from bot import __main__ as weft
from bot.config import Settings
from bot.core.clock import SystemClock
from bot.slacksim import Workspace
from storage import db
from tests.conftest import APP
from tests.waiting import PATIENCE

NAMES = [
    "SLACK_BOT_TOKEN",
    "SLACK_APP_TOKEN",
    "SLACK_SIGNING_SECRET",
    "SLACK_API_URL",
    "DATABASE_URL",
    "HTTP_PORT",
    "HTTP_HOST",
    "LOG_LEVEL",
]


def ticks_at_work():
    """Their threads. `weft run` ends without waiting for them; a test may not, or they write into the next one's."""
    return [one for one in threading.enumerate() if one.name == "first look" or ": " in one.name]


@pytest.fixture(autouse=True)
def logs_as_before():
    """A command sets up the logs of the whole process."""
    root = logging.getLogger()
    before, excepthook = (root.level, list(root.handlers)), threading.excepthook
    yield
    threading.excepthook = excepthook
    root.setLevel(before[0])
    root.handlers[:] = before[1]


@pytest.fixture(autouse=True)
def umask_as_before():
    """A command sets that of the whole process."""
    before = os.umask(0o077)
    yield
    os.umask(before)


@pytest.fixture
def without_pauses(monkeypatch):
    """slack_sdk asks again at once, where it would wait a second or two."""
    monkeypatch.setattr("slack_sdk.http_retry.handler.time", SimpleNamespace(sleep=lambda _seconds: None))


@pytest.fixture
def office(slack_server):
    """A workspace in which it is now: `weft run` asks the machine's clock."""
    workspace = Workspace(SystemClock(), name="Acme", settings=APP)
    workspace.sockets.timeout = PATIENCE
    slack_server.host(workspace)
    yield workspace
    slack_server.release(workspace)
    failures, slack_server.failures = slack_server.failures, []
    assert workspace.refused_responses == []
    for failure in failures:
        raise failure


@pytest.fixture
def settings(office, slack_server, sqlite_url):
    return Settings(
        slack_bot_token=office.bot_token,
        slack_app_token=office.app_token,
        slack_signing_secret=office.signing_secret,
        slack_api_url=slack_server.api_url,
        database_url=sqlite_url,
    )


@pytest.fixture
def told(monkeypatch, tmp_path):
    """Nothing is set but what the test sets, in an empty folder."""
    monkeypatch.chdir(tmp_path)
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)

    def tell(**values):
        for name, value in values.items():
            monkeypatch.setenv(name, value)

    return tell


@pytest.fixture
def all_set(told, settings):
    told(
        SLACK_BOT_TOKEN=settings.slack_bot_token,
        SLACK_APP_TOKEN=settings.slack_app_token,
        SLACK_API_URL=settings.slack_api_url,
        DATABASE_URL=settings.database_url,
    )
    return told


@pytest.fixture
def command(capsys):
    """Type a command; returns the exit code and all that was written."""

    def type_it(*words):
        code = weft.main([str(word) for word in words])
        shown = capsys.readouterr()
        return code, shown.out + shown.err

    return type_it


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(db, "BUSY_SECONDS", 0.05)


def file_of(url):
    return url.removeprefix("sqlite:///")


@pytest.fixture
def locked(sqlite_url, impatient):
    """Somebody else writes, and does not come to an end."""
    other = sqlite3.connect(file_of(sqlite_url), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield sqlite_url
    other.close()


@pytest.fixture
def full_disk():
    """SQLite may not make any file longer than it is."""

    def stop_growing(connection, _record):
        [pages] = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {max(pages, 1)}")

    event.listen(Pool, "connect", stop_growing)
    yield
    event.remove(Pool, "connect", stop_growing)

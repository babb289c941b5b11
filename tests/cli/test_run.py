"""`weft run` as it is: over real connections, until it is told to stop."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.cli.run import run
from bot.core.clock import SystemClock
from bot.demo.workspace import SignedHttp
from storage import outbox
from storage.db import Database
from storage.kinds import Importance
from storage.outbox import OutboxMessage
from tests.cli.conftest import until
from tests.databases import free_port
from tests.weft import words

ROOT = Path(__file__).parents[2]
SOON = 8
"""Seconds within which it ends."""


@contextmanager
def running(settings, listening=lambda: True):
    stopped, failures = threading.Event(), []

    def work():
        try:
            run(settings, stopped)
        except BaseException as failure:
            failures.append(failure)

    thread = threading.Thread(target=work)
    thread.start()
    try:
        until(lambda: failures or listening())
        assert failures == []
        yield
    finally:
        stopped.set()
        thread.join(SOON)
        assert not thread.is_alive()
        assert failures == []


@pytest.fixture
def connected(office):
    return lambda number=1: office.sockets.connections == number


@pytest.fixture
def database(settings):
    database = Database(settings.database_url)
    yield database
    database.close()


@pytest.fixture
def people(office):
    alma = office.add_person("Alma Reyes", is_admin=True)
    return alma, [office.add_person(f"Person {number}") for number in range(4)]


def rows(database):
    with database.snapshot() as session:
        return session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)).all()


def write_to(database, office, person, key):
    with database.transaction() as session:
        outbox.put(
            session,
            workspace_id=office.team_id,
            key=key,
            recipient=person.id,
            text=f"Hello {key}",
            blocks=[],
            due_at=SystemClock().now(),
            importance=Importance.PERSONAL,
        )


def is_read(database, office):
    from storage.workspaces import Workspace

    with database.snapshot() as session:
        workspace = session.get(Workspace, office.team_id)
        return workspace is not None and workspace.synced_at is not None


def have_coffee(office, database, alma, others):
    """All that a first day brings."""
    until(lambda: is_read(database, office))
    said = others[0].command("/coffee", "help")
    until(lambda: "/coffee pause 2w" in words(said))
    coffee = office.add_channel("coffee", members=others)
    alma.open_home()
    until(lambda: alma.home is not None)
    alma.press("Set up a coffee program", alma.home)
    until(lambda: alma.modal is not None)
    alma.fill({"Channel": coffee})
    assert alma.submit() == {}
    until(lambda: len([row for row in rows(database) if ":welcome:" in row.key]) == len(others))
    assert {row.recipient for row in rows(database)} == {one.id for one in others}
    write_to(database, office, others[0], "carried")
    until(lambda: "Hello carried" in [message.text for message in others[0].messages()])


def test_people_use_it_through_socket_mode(settings, office, people, connected, database):
    with running(settings, connected):
        have_coffee(office, database, *people)

    assert office.sockets.connections == 0
    assert office.deliveries.unacknowledged == []


def test_when_slack_sends_it_away_it_comes_back(settings, office, people, connected):
    _, [ana, *_] = people
    with running(settings, connected):
        office.disconnect()
        until(connected)
        said = ana.command("/coffee", "help")
        until(lambda: "/coffee pause 2w" in words(said))


def test_what_was_decided_while_it_was_down_is_sent_once(settings, office, people, connected, database):
    _, [ana, *_] = people
    for number in range(2):
        write_to(database, office, ana, f"{number}")
        with running(settings, connected):
            until(lambda number=number: f"Hello {number}" in [message.text for message in ana.messages()])

    assert [message.text for message in ana.messages()] == ["Hello 0", "Hello 1"]


def test_two_at_once_do_nothing_twice(settings, office, people, connected, database):
    alma, others = people
    with running(settings, connected), running(settings, lambda: connected(2)):
        have_coffee(office, database, alma, others)
        for number in range(3):
            write_to(database, office, others[1], f"{number}")
        until(lambda: len(others[1].messages()) >= 3)
        assert "already has a program" in str(set_up_again(alma))

    texts = [message.text for message in others[1].messages()]
    assert sorted(text for text in texts if text.startswith("Hello")) == ["Hello 0", "Hello 1", "Hello 2"]
    assert len(rows(database)) == len({row.key for row in rows(database)})


def set_up_again(alma):
    [coffee] = [channel for channel in alma.workspace.channels.values() if channel.name == "coffee"]
    shown = alma.home.drawn
    alma.press("Set up a coffee program", alma.home)
    until(lambda: alma.modal is not None)
    alma.fill({"Channel": coffee})
    assert shown
    return alma.submit()


# With an address of its own


@pytest.fixture
def with_port(settings):
    return replace(settings, http_port=free_port(), slack_app_token="")


def answers_at(port):
    def look():
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return True
        return False

    return look


def test_people_use_it_through_signed_requests(with_port, office, people, database):
    url = f"http://127.0.0.1:{with_port.http_port}/slack/events"
    with running(with_port, answers_at(with_port.http_port)):
        office.deliver_to(SignedHttp(url, office.signing_secret))
        have_coffee(office, database, *people)
        assert office.deliveries.unacknowledged == []

    assert not answers_at(with_port.http_port)()


def test_a_request_that_slack_did_not_sign_is_refused(with_port, office, people):
    alma, [ana, *_] = people
    url = f"http://127.0.0.1:{with_port.http_port}/slack/events"
    with running(with_port, answers_at(with_port.http_port)):
        office.deliver_to(SignedHttp(url, "another secret"))

        assert "did not respond" in ana.command("/coffee", "help").text
        assert alma.open_home() is None
        assert [envelope.kind for envelope in office.deliveries.unacknowledged] == ["slash_commands", "events_api"]


# As a process


def test_the_process_ends_by_sigterm_with_0(settings, office, people, connected, database, tmp_path):
    _, [ana, *_] = people
    environment = os.environ | {
        "PYTHONPATH": str(ROOT),
        "SLACK_BOT_TOKEN": settings.slack_bot_token,
        "SLACK_APP_TOKEN": settings.slack_app_token,
        "SLACK_API_URL": settings.slack_api_url,
        "DATABASE_URL": settings.database_url,
        "LOG_LEVEL": "DEBUG",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "run"], cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True
    )
    try:
        until(lambda: process.poll() is not None or connected(), 30)
        until(lambda: is_read(database, office))
        said = ana.command("/coffee", "defenestration")
        until(lambda: "/coffee pause 2w" in words(said))
        ana.change(title="Pantomime director")
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        _, logs = process.communicate(timeout=SOON)
    finally:
        process.kill()
    assert process.returncode == 0
    assert time.monotonic() - began < SOON
    assert "Weft is running" in logs
    assert "Traceback" not in logs
    private = [office.bot_token, office.app_token, "defenestration", "Pantomime", "Person 0", "acme.test", "ticket"]
    assert [word for word in private if word in logs] == []


def test_it_ends_soon_even_while_slack_lets_it_wait(settings, office, connected):
    office.faults.rate_limit("users.list", times=5, retry_after=600)
    asked = lambda: "users.list" in [call.method for call in office.calls]  # noqa: E731

    with running(settings, lambda: connected() and asked()):
        pass

"""`weft run` as it is: over real connections, until it is told to stop."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from slack_bolt import BoltResponse
from sqlalchemy import select

from bot.cli.http import Receiver, serve
from bot.cli.run import run
from bot.core.clock import SystemClock
from bot.core.errors import SetupError
from bot.slack.client import LONGEST_WAIT
from bot.slacksim import NotPossible, SignedHttp
from bot.slacksim.events import Envelope
from storage.db import Database
from storage.kinds import DeliveryState, Importance
from storage.outbox import outbox
from storage.outbox.outbox import OutboxMessage
from storage.scope import Scope
from tests.cli.conftest import ticks_at_work
from tests.databases import free_port
from tests.rows import copies
from tests.waiting import PATIENCE, join, until
from tests.weft import words

ROOT = Path(__file__).parents[2]


@contextmanager
def running(settings, listening=lambda: True, let_go=lambda: None):
    """`let_go` ends what it need not wait for. Nothing that it began goes on in the tests that follow."""
    stopped, failures = threading.Event(), []

    def work():
        try:
            run(settings, stopped)
        except BaseException as failure:
            failures.append(failure)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    try:
        until(lambda: failures or listening())
        assert failures == []
        yield
    finally:
        stopped.set()
        try:
            join(thread)
        finally:
            let_go()
        join(*ticks_at_work())
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
        return copies(session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)))


def write_to(database, office, person, key):
    with database.transaction() as session:
        outbox.put(
            Scope(session, office.team_id, SystemClock().now()),
            key=key,
            recipient=person.id,
            text=f"Hello {key}",
            blocks=[],
            due_at=SystemClock().now(),
            importance=Importance.PERSONAL,
        )


def press(person, label, in_home=True):
    """As soon as it is there: the processes draw when they come to it."""

    def is_pressed():
        with suppress(NotPossible):
            person.press(label, person.home if in_home else None)
            return True
        return False

    until(is_pressed)


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
    press(alma, "Set up program")
    until(lambda: alma.modal is not None)
    alma.fill({"Channel": coffee})
    assert alma.submit() == {}
    press(alma, "Start", in_home=False)
    until(lambda: len([row for row in rows(database) if ":welcome:" in row.key]) == len(others))
    assert {row.recipient for row in rows(database)} == {one.id for one in others}
    write_to(database, office, others[0], "carried")
    until(lambda: "Hello carried" in [message.text for message in others[0].messages()])


@pytest.mark.slow
def test_people_use_it_through_socket_mode(settings, office, people, connected, database):
    with running(settings, connected):
        have_coffee(office, database, *people)
        assert office.deliveries.unacknowledged == []

        office.disconnect()
        until(connected)
        said = people[1][0].command("/coffee", "help")
        until(lambda: "/coffee pause 2w" in words(said))

    assert office.sockets.connections == 0


def test_what_was_decided_while_it_was_down_is_sent_once(with_port, office, people, database):
    _, others = people
    for person in others[:2]:
        write_to(database, office, person, f"to {person.id}")
        with running(with_port):
            until(lambda person=person: person.messages())

    for person in others[:2]:
        assert [message.text for message in person.messages()] == [f"Hello to {person.id}"]


@pytest.mark.slow
def test_two_at_once_do_nothing_twice(settings, office, people, connected, database):
    alma, others = people
    with running(settings, connected), running(settings, lambda: connected(2)):
        have_coffee(office, database, alma, others)
        for person in others[1:]:
            write_to(database, office, person, f"to {person.id}")
        until(lambda: all("Hello" in person.reads() for person in others[1:]))
        assert "already has a program" in str(set_up_again(alma))

    for person in others[1:]:
        assert len([message for message in person.messages() if message.text.startswith("Hello")]) == 1
    assert len(rows(database)) == len({row.key for row in rows(database)})


def set_up_again(alma):
    [coffee] = [channel for channel in alma.workspace.channels.values() if channel.name == "coffee"]
    alma.close(everything=True)  # The program's own window is open still.
    alma.open_home()
    press(alma, "Admin")
    press(alma, "Set up program")
    until(lambda: alma.modal is not None)
    alma.fill({"Channel": coffee})
    return alma.submit()


# With an address of its own


@pytest.fixture
def with_port(settings):
    return replace(settings, http_port=free_port(), slack_app_token="")


def answers_at(port, host="127.0.0.1"):
    def look():
        with suppress(OSError), socket.create_connection((host, port), 1):
            return True
        return False

    return look


@pytest.mark.slow
def test_people_use_it_through_signed_requests(with_port, office, people, database):
    url = f"http://127.0.0.1:{with_port.http_port}/slack/events"
    with running(with_port, answers_at(with_port.http_port)):
        office.deliver_to(SignedHttp(url, office.signing_secret, timeout=PATIENCE))
        have_coffee(office, database, *people)
        assert office.deliveries.unacknowledged == []

    assert not answers_at(with_port.http_port)()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has more than one address of its own from the start")
@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2"])
def test_requests_come_in_at_the_chosen_address_only(with_port, office, host):
    [other] = {"127.0.0.1", "127.0.0.2"} - {host}
    with running(replace(with_port, http_host=host), answers_at(with_port.http_port, host)):
        assert not answers_at(with_port.http_port, other)()


def test_a_request_that_slack_did_not_sign_is_refused(with_port, office, people):
    alma, [ana, *_] = people
    url = f"http://127.0.0.1:{with_port.http_port}/slack/events"
    with running(with_port, answers_at(with_port.http_port)):
        office.deliver_to(SignedHttp(url, "another secret"))

        assert "did not respond" in ana.command("/coffee", "help").text
        assert alma.open_home() is None
        assert [envelope.kind for envelope in office.deliveries.unacknowledged] == ["slash_commands", "events_api"]


def test_requests_are_answered_side_by_side(office):
    """Each waits until a listener has acknowledged; here that is when the other one has arrived, too."""
    together = threading.Barrier(2)

    class Listening:
        def dispatch(self, _request):
            together.wait(PATIENCE)
            return BoltResponse(status=200, body='{"text": "heard"}')

    port = free_port()
    transport = SignedHttp(f"http://127.0.0.1:{port}/slack/events", "secret", timeout=PATIENCE)
    envelopes = [Envelope("slash_commands", {"command": "/coffee", "text": text}) for text in ("one", "other")]
    with ExitStack() as stack, ThreadPoolExecutor(2) as pool:
        pages = Receiver(Listening(), "secret", SystemClock()).pages()
        serve(pages, "HTTP_PORT", port, stack, host="127.0.0.1")
        assert [ack.payload for ack in pool.map(transport.deliver, envelopes)] == [{"text": "heard"}] * 2


# Health


def health_at(port):
    try:
        with urlopen(f"http://127.0.0.1:{port}/healthz") as answer:
            return json.load(answer)
    except HTTPError as refusal:
        with refusal:
            return json.load(refusal)


@pytest.fixture
def with_health(settings):
    return replace(settings, health_port=free_port())


@pytest.mark.slow
def test_health_is_shown_at_its_port_and_to_this_machine_only(with_health, office, people, connected):
    with running(with_health, connected):
        until(
            lambda: health_at(with_health.health_port)["slack"]["last_contact_at"]
        )  # Slack's hello comes a moment later.
        until(lambda: health_at(with_health.health_port)["healthy"])
        health = health_at(with_health.health_port)

    assert health["slack"]["connected"]
    assert health["database"]["answers"]
    assert with_health.health_host == "127.0.0.1"
    assert not answers_at(with_health.health_port)()


@pytest.mark.slow
@pytest.mark.expects_error("Slack rejected SLACK_APP_TOKEN, so no one can use Weft", "trouble, and on it goes")
def test_a_revoked_app_token_is_told_and_taken_again_when_it_is_mended(
    with_health, office, people, connected, monkeypatch, caplog
):
    caplog.set_level("INFO")
    monkeypatch.setattr("bot.slack.contact.LOOK_EVERY", 0.3)
    with running(with_health, connected):
        office.faults.refuse("apps.connections.open", "token_revoked", times=3)
        office.disconnect("link_disabled")
        until(lambda: health_at(with_health.health_port)["slack"]["refusal"] == "token_revoked")
        until(lambda: connected() and health_at(with_health.health_port)["healthy"])

    lines = [record for record in caplog.records if record.name == "bot.slack.contact"]
    assert [(line.levelname, getattr(line, "code", "")) for line in lines] == [("ERROR", "token_revoked"), ("INFO", "")]
    assert "SLACK_APP_TOKEN" in lines[0].getMessage()


def test_tokens_of_two_apps_do_not_run_together(settings, office):
    with pytest.raises(SetupError, match=r"SLACK_BOT_TOKEN is from the app .* and SLACK_APP_TOKEN from A0OTHER"):
        run(replace(settings, slack_app_token="xapp-1-A0OTHER-1-abc"), threading.Event())


def test_health_counts_the_requests_that_slack_sent(with_health, with_port, office, people):
    both = replace(with_health, http_port=with_port.http_port)
    url = f"http://127.0.0.1:{both.http_port}/slack/events"
    with running(both, answers_at(both.http_port)):
        assert health_at(both.health_port)["slack"]["requests"] == 0
        office.deliver_to(SignedHttp(url, office.signing_secret, timeout=PATIENCE))
        people[1][0].command("/coffee", "help")
        health = health_at(both.health_port)["slack"]

    assert health["requests"] == 1
    assert health["last_contact_at"]


def test_a_port_for_health_that_is_taken_is_named(with_health, office):
    taken = f"HEALTH_PORT {with_health.health_port}"
    with socket.create_server(("127.0.0.1", with_health.health_port)), pytest.raises(SetupError, match=taken):
        run(with_health, threading.Event())


# As a process


@pytest.mark.slow
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
    log = tmp_path / "log"
    with log.open("w") as stderr:
        process = subprocess.Popen([sys.executable, "-m", "bot", "run"], cwd=tmp_path, env=environment, stderr=stderr)
    try:
        until(lambda: process.poll() is not None or connected())
        until(lambda: is_read(database, office))
        said = ana.command("/coffee", "defenestration")
        until(lambda: "/coffee pause 2w" in words(said))
        ana.change(title="Pantomime director")
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE)
    finally:
        process.kill()
        process.wait()
    logs = log.read_text()
    assert process.returncode == 0
    assert "Weft is running" in logs
    assert "Traceback" not in logs
    private = [office.bot_token, office.app_token, "defenestration", "Pantomime", "Person 0", "acme.test", "ticket"]
    assert [word for word in private if word in logs] == []


@pytest.mark.slow
@pytest.mark.expects_error("a tick did not get through")
def test_it_ends_even_while_slack_lets_it_wait(settings, office, connected, monkeypatch):
    office.faults.rate_limit("users.list", retry_after=LONGEST_WAIT)
    waits, may_go_on = threading.Event(), threading.Event()

    def wait(_seconds):
        waits.set()
        may_go_on.wait()
        raise OSError  # It ends here: the file is the next test's.

    monkeypatch.setattr("slack_sdk.http_retry.builtin_handlers.time", SimpleNamespace(sleep=wait))
    with running(settings, lambda: connected() and waits.is_set(), let_go=may_go_on.set):
        pass


@pytest.mark.slow
def test_it_ends_in_the_middle_of_a_large_round(settings, office, people, connected, database):
    others = [office.add_person(f"Member {number}") for number in range(100)]
    office.faults.slow("chat.postMessage", 0.1, times=len(others))
    with running(settings, connected):
        for person in others:
            write_to(database, office, person, f"to {person.id}")
        until(lambda: others[0].messages())

    arrived = [person for person in others if person.messages()]
    sent = [row for row in rows(database) if row.state is DeliveryState.SENT]
    assert len(sent) == len(arrived) < len(others)
    assert {row.state for row in rows(database)} == {DeliveryState.SENT, DeliveryState.WAITING}

"""What whoever runs Weft sees of it: well, or what to mend."""

import json
import threading
from contextlib import ExitStack
from datetime import timedelta
from functools import partial
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.cli.http import serve
from bot.core.clock import ManualClock
from bot.core.message import Message
from bot.core.watcher import Outcome
from bot.health.metrics import PrometheusMetrics
from bot.health.rules import Line
from bot.health.state import Observer
from bot.health.web import pages
from bot.scheduler import run_tick
from storage.programs.programs import Program
from tests.conftest import start
from tests.databases import free_port
from tests.waiting import PATIENCE


@pytest.fixture
def metrics():
    return PrometheusMetrics()


@pytest.fixture
def beginning():
    """None: what is counted has been watched from the first moment on."""


@pytest.fixture
def watched(workspace, slack_server, clock, sqlite, metrics):
    """The whole bot, watched over."""
    return start(workspace, slack_server, clock, sqlite, watcher=metrics)


@pytest.fixture
def weft(watched):
    return watched


@pytest.fixture
def line(clock):
    return {"is_connected": True, "last_contact_at": clock.now()}


@pytest.fixture
def ask(watched, metrics, line):
    """Over a real connection."""
    port = free_port()
    observer = Observer(
        watched.bot,
        watched.composed.carrier.lease.holder,
        lambda: Line(**line),
        lambda: metrics.refusal,
        clock_trouble=lambda: watched.composed.clock_guard.trouble,
    )
    with ExitStack() as stack:
        serve(pages(observer, metrics), "HEALTH_PORT", port, stack, host="127.0.0.1")
        yield partial(get, f"http://127.0.0.1:{port}")


def get(address, path="/healthz"):
    try:
        answer = urlopen(address + path)
    except HTTPError as refusal:
        answer = refusal
    with answer:
        text = answer.read().decode()
    return answer.status, json.loads(text) if path == "/healthz" else figures_in(text)


def figures_in(text):
    return {
        (sample.name, *(value for _, value in sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


@pytest.mark.slow
def test_a_bot_at_work_is_well(ask, weft, program):
    weft.live(days=1)
    weft.settle()

    status, health = ask()

    assert (status, health["healthy"], health["troubles"]) == (200, True, [])
    assert health["outbox"]["messages"]["sent"] > 4
    assert health["carrier"]["is_this_process"]


def test_figures_count_what_happened(ask, weft, program, workspace, metrics):
    workspace.faults.rate_limit("chat.postMessage")
    workspace.faults.lose_answer("chat.postMessage")
    weft.live(days=1)
    weft.settle()
    program.ana.command("/coffee", "status")

    _, figures = ask("/metrics")

    assert figures["weft_healthy",] == 1
    assert figures["weft_rate_limited_total", "chat.postMessage"] == 1
    assert figures["weft_deliveries_total", "uncertain"] == 1
    assert figures["weft_deliveries_total", "found"] == 1
    sent = figures["weft_deliveries_total", "sent"] + figures["weft_deliveries_total", "found"]
    assert sent == figures["weft_outbox_messages", "sent"] > 4
    assert figures["weft_acknowledgement_seconds_count", "command"] == 1
    assert figures["weft_listener_seconds_count", "command"] == 1
    assert figures["weft_ticks_total", "well", "start rounds"] > 4


def test_a_code_that_no_one_knows_is_told_after_an_hour(ask, weft, workspace):
    ana = workspace.add_person("Ana Ruiz")
    workspace.faults.refuse("chat.postMessage", "brand_new_code", times=100)
    with weft.bot.begin() as work:
        work.send(Message("Hello"), to=ana.id, key="hello")

    weft.carry()
    assert not [trouble for trouble in ask()[1]["troubles"] if "brand_new_code" in trouble]
    weft.clock.advance(timedelta(hours=1))
    weft.carry()

    assert [trouble for trouble in ask()[1]["troubles"] if "brand_new_code" in trouble]


@pytest.mark.expects_error("this machine's clock is wrong")
def test_a_wrong_clock_is_told_until_it_is_right(ask, weft):
    right = ManualClock(weft.clock.now())
    weft.workspace.clock = right
    weft.clock.jump(timedelta(hours=1))
    weft.composed.clock_guard.check()
    assert "This computer's clock is off" in str(ask()[1]["troubles"])

    weft.clock.jump(-timedelta(hours=1))
    weft.composed.clock_guard.check()

    assert "This computer's clock is off" not in str(ask()[1]["troubles"])


@pytest.mark.slow
@pytest.mark.expects_error("a tick did not get through")
def test_figures_name_nobody(ask, weft, program, workspace):
    weft.live(days=2)
    program.ana.command("/coffee", "status")
    workspace.faults.refuse("users.list", "fatal_error", times=9)
    weft.live(days=2)

    told = str(ask("/metrics")[1]) + json.dumps(ask()[1])

    private = [workspace.bot_token, workspace.team_id, program.coffee.id, "coffee"]
    for person in [program.alma, *program.everyone]:
        private += [person.id, *person.name.split()]
    assert [one for one in private if one in told] == []


def test_a_lost_connection_is_told(ask, line, clock):
    line["is_connected"] = False
    clock.advance(timedelta(minutes=2))

    status, health = ask()

    assert status == 503
    assert health["troubles"] == ["There's no connection to Slack."]
    assert not health["slack"]["connected"]


@pytest.mark.expects_error("a tick did not get through")
def test_a_revoked_token_is_told_until_slack_takes_messages_again(ask, weft, program, workspace):
    workspace.revoke_token()
    weft.live(days=1)
    weft.settle()
    assert (ask()[0], ask()[1]["slack"]["refusal"]) == (503, "token_revoked")

    workspace.restore_token()
    weft.live(hours=1)
    assert ask()[0] == 200


def test_messages_that_do_not_go_out_are_told(ask, weft, program, clock):
    clock.advance(timedelta(days=1))
    weft.tick()
    clock.advance(timedelta(minutes=15))

    status, health = ask()

    assert status == 503
    assert "Messages are due, and none are being sent." in health["troubles"]
    assert health["outbox"]["oldest_waits_seconds"] >= 15 * 60


def test_a_message_that_fails_for_long_is_as_old_as_its_first_attempt(ask, weft, program, workspace, clock):
    workspace.faults.server_error("chat.postMessage", times=500)
    workspace.faults.server_error("conversations.open", times=500)
    weft.live(days=1)
    weft.settle()
    weft.live(hours=5)

    status, health = ask()

    assert status == 503
    assert health["outbox"]["oldest_waits_seconds"] > 4 * 3600


def test_a_round_that_should_have_started_is_told(ask, weft, program, clock):
    clock.advance(timedelta(days=1))
    assert ask()[0] == 200

    clock.advance(timedelta(minutes=11))
    assert "A round is overdue." in ask()[1]["troubles"]

    weft.settle()
    assert ask()[0] == 200


def test_a_database_that_hangs_is_told_within_a_second(ask, weft, monkeypatch):
    answers = threading.Event()
    looks = []

    def hang(*_):
        looks.append(answers.wait(PATIENCE))

    monkeypatch.setattr("bot.health.figures.PATIENCE", 0.05)
    monkeypatch.setattr("bot.health.figures.read_figures", hang)
    try:
        status, health = ask()
        _, figures = ask("/metrics")
    finally:
        answers.set()

    assert (status, health["troubles"]) == (503, ["The database isn't answering."])
    assert figures["weft_database_up",] == 0
    assert len(looks) <= 1


def test_a_database_without_tables_is_told(ask, weft):
    with weft.bot.db.transaction() as session:
        Program.__table__.drop(session.connection())

    assert ask()[1]["troubles"] == ["The database isn't answering."]


@pytest.mark.expects_error("a tick did not get through")
def test_a_tick_that_fails_is_counted(ask, weft, workspace):
    workspace.faults.refuse("users.list", "fatal_error")
    ticks = [tick for feature in weft.composed.features for tick in feature.ticks]
    [sync] = [tick for tick in ticks if tick.name == "read people from Slack"]
    run_tick(weft.composed, sync)

    assert ask("/metrics")[1]["weft_ticks_total", "badly", sync.name] == 1


def test_every_outcome_has_its_figure_from_the_start(ask):
    _, figures = ask("/metrics")

    assert {figures["weft_deliveries_total", outcome.value] for outcome in Outcome} == {0}


@pytest.mark.parametrize("what", ["deleted", "replaced"])
def test_a_database_file_that_is_gone_while_it_runs_is_trouble(ask, watched, what):
    assert ask()[0] == 200
    file = watched.bot.db.file()
    copy = file.read_bytes()
    file.unlink()
    if what == "replaced":
        file.write_bytes(copy)

    status, health = ask()

    assert status == 503
    assert "deleted or replaced" in str(health["troubles"])

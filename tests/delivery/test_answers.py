"""What an answer means: nothing is lost, doubled or said to be sent because of what came instead of one."""

import json
import socket
from datetime import timedelta

import pytest

from bot.core.message import Message
from bot.delivery import failures
from storage.kinds import DeliveryState
from tests.delivery.machines import HISTORY, POST, World, texts

OPEN = "conversations.open"
OK = {"ok": True, "channel": "D1234567", "ts": "1772442000.000100"}
ODD_BODIES = [
    "",
    " ",
    "null",
    "true",
    "17",
    "-1",
    "1e999",
    '"ok"',
    "[]",
    "[1]",
    '[{"ok": true}]',
    "{}",
    "{",
    "ok",
    "<!DOCTYPE html><title>Slack is down</title>",
    "<html><body>Sign in to the network</body></html>",
    "\u0000",
    "\ufeff{}",
    {"login": "please"},
    {"ok": False},
    {"ok": None},
    {"ok": 0},
    {"ok": "no"},
    {"ok": False, "error": None},
    {"ok": False, "error": ""},
    {"ok": False, "error": 17},
    {"ok": False, "error": ["msg_too_long"]},
    {"ok": False, "error": {"code": "msg_too_long"}},
    {"ok": False, "error": "Something went wrong."},
    {"ok": False, "error": "x" * 300},
    {"ok": False, "error": "slack_is_down"},
    {"ok": False, "error": "temporarily_unavailable"},
    {"ok": False, "error": "upstream_timeout"},
    {"ok": False, "error": "enterprise_is_restricted"},
    {"ok": False, "error": "method_deprecated"},
    {"ok": False, "error": "invalid_arguments"},
    {"ok": False, "error": "brand_new_code"},
    {"ok": False, "error": "internal_error"},
    {"ok": False, "error": "fatal_error"},
    {"ok": "yes"},
    {"ok": "true", **{name: value for name, value in OK.items() if name != "ok"}},
    {"ok": 1, "channel": OK["channel"], "ts": OK["ts"]},
    {"ok": True},
    {"ok": True, "channel": OK["channel"]},
    {"ok": True, "ts": OK["ts"]},
    {**OK, "ts": None},
    {**OK, "ts": 1772442000.0001},
    {**OK, "ts": ""},
    {**OK, "ts": "soon"},
    {**OK, "channel": None},
    {**OK, "channel": {"id": "D1234567"}},
    {**OK, "channel": ""},
    {**OK, "channel": "<script>"},
    {"ok": True, "messages": []},
]
STATUSES = [301, 302, 400, 401, 403, 404, 418, 500, 502, 503, 504]


@pytest.fixture
def world(weft_on_both, workspace):
    return World(weft_on_both, workspace)


@pytest.fixture
def ana(workspace):
    return workspace.add_person("Ana Ruiz")


def body_of(odd):
    return odd if isinstance(odd, str) else json.dumps(odd)


@pytest.mark.slow
@pytest.mark.parametrize("is_done", [True, False])
def test_whatever_answers_the_message_arrives_once(world, ana, is_done):
    a = world.start("a")
    for number, odd in enumerate(ODD_BODIES):
        world.workspace.faults.answer(POST, body_of(odd), is_done=is_done)
        world.send(ana, f"Hello {number}")
        a.carry()
        row = world.row(f"Hello {number}")
        assert (row.state, row.is_uncertain, row.looks) == (DeliveryState.WAITING, True, 1), odd
        world.clock.advance(timedelta(seconds=1.1))

    world.pass_time(minutes=6)

    assert sorted(texts(ana)) == sorted(f"Hello {number}" for number in range(len(ODD_BODIES)))
    assert {row.state for row in world.rows()} == {DeliveryState.SENT}
    assert len(ODD_BODIES) == 54


@pytest.mark.sampled(1)
@pytest.mark.parametrize("status", STATUSES)
def test_whatever_the_status_a_page_of_a_proxy_is_no_answer(world, ana, status):
    a = world.start("a")
    world.workspace.faults.answer(POST, "<h1>No</h1>", status, {"Location": "http://elsewhere.invalid/"})
    world.send(ana)
    a.carry()
    assert (world.row().state, world.row().is_uncertain) == (DeliveryState.WAITING, True)

    world.pass_time(minutes=3)

    assert texts(ana) == ["Hello"]


WAITS = ["999999999", "3600", "1000000000", "9" * 400, "-5", "²", "soon", "", "inf", "1e9", "30.5"]


@pytest.mark.sampled(3)
@pytest.mark.parametrize("value", WAITS)
def test_however_long_slack_asks_to_wait_it_is_asked_again_after_a_quarter_of_an_hour(world, ana, value):
    a = world.start("a")
    world.workspace.faults.answer(POST, {"ok": False, "error": "ratelimited"}, 429, {"Retry-After": value})
    world.send(ana)
    a.carry()
    assert (world.row().is_uncertain, world.row().looks) == (False, 0)

    world.pass_time(minutes=16, step=timedelta(minutes=1))

    assert texts(ana) == ["Hello"]


@pytest.mark.slow
def test_codes_about_this_message_or_its_recipient_give_it_up_and_people_are_told(world, workspace):
    a = world.start("a")
    codes = sorted(failures.LASTING - {"msg_too_long", "msg_blocks_too_long"})
    for code in codes:
        world.send(workspace.add_person(code), code)
        workspace.faults.refuse(POST, code)
        a.carry()

    assert [(row.state, row.error) for row in world.rows()] == [(DeliveryState.GIVEN_UP, code) for code in codes]
    assert a.lost == codes


@pytest.mark.slow
def test_codes_about_the_installation_keep_everything(world, ana):
    a = world.start("a")
    for code in sorted(failures.OURS):
        world.send(ana, code)
        world.workspace.faults.refuse(POST, code)
        a.carry()
        assert (world.row(code).state, world.row(code).is_uncertain) == (DeliveryState.WAITING, False)
        world.pass_time(seconds=65)

    assert sorted(texts(ana)) == sorted(failures.OURS)


@pytest.mark.slow
def test_a_code_that_no_one_knows_is_given_up_after_a_day(world, ana):
    a = world.start("a")
    world.workspace.faults.refuse(POST, "brand_new_code", times=1000)
    world.send(ana)

    world.pass_time(hours=23, step=timedelta(minutes=10))
    assert world.row().state is DeliveryState.WAITING
    assert a.lost == []
    world.pass_time(hours=4, step=timedelta(minutes=10))

    assert (world.row().state, a.lost) == (DeliveryState.GIVEN_UP, ["Hello"])


NO_MESSAGES = [{"ok": True, "messages": none} for none in (None, {}, "none", ["one"], [None])]
ODD_HISTORIES = [{"ok": True}, *ODD_BODIES[:30], *NO_MESSAGES]


@pytest.mark.sampled(2)
@pytest.mark.parametrize("odd", ODD_HISTORIES, ids=range(len(ODD_HISTORIES)))
def test_a_history_that_is_none_leaves_the_message_as_uncertain_as_it_was(world, ana, odd):
    a = world.start("a")
    world.workspace.faults.lose_answer(POST)
    world.workspace.faults.answer(HISTORY, body_of(odd), times=100)
    world.send(ana)
    a.carry()
    world.pass_time(minutes=3, step=timedelta(seconds=20))
    assert (world.row().state, world.row().is_uncertain) == (DeliveryState.WAITING, True)

    world.workspace.faults = type(world.workspace.faults)()
    world.pass_time(minutes=6, step=timedelta(seconds=20))

    assert texts(ana) == ["Hello"]
    assert world.row().state is DeliveryState.SENT
    assert len(world.calls(POST)) == 1


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    "odd", [[1], "ok", 17, {"ok": True}, {"ok": True, "channel": "C1"}, {"ok": True, "channel": {}}]
)
def test_a_conversation_that_is_not_opened_is_opened_later_and_not_all_the_time(world, ana, workspace, odd):
    a, ben = world.start("a"), workspace.add_person("Ben Okafor")
    workspace.faults.answer(OPEN, odd, times=3)
    with world.weft.bot.begin() as work:
        work.send(Message("Together"), to=[ana.id, ben.id], key="Together")

    for _ in range(5):
        a.carry()
    assert len(world.calls(OPEN)) == 1
    world.pass_time(minutes=1)

    assert [message.text for message in ben.group_messages()] == ["Together"]


# Not a byte was written


def closed_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@pytest.mark.sampled(3)
@pytest.mark.parametrize("cause", ["no name", "refused", "no TLS", "no proxy", "a proxy that says no"])
def test_what_was_not_sent_stays_certain_and_is_tried_again_soon(world, ana, cause):
    a = world.start("a")
    slack = a.client.base_url
    encrypted = slack.replace("http://", "https://")
    a.client.base_url, a.client.proxy = {
        "no name": ("http://slack.invalid/api/", None),
        "refused": (f"http://127.0.0.1:{closed_port()}/api/", None),
        "no TLS": (encrypted, None),
        "no proxy": (encrypted, f"http://127.0.0.1:{closed_port()}"),
        "a proxy that says no": (encrypted, slack.removesuffix("/api/")),
    }[cause]
    world.send(ana)

    a.carry()
    row = world.row()
    assert (row.state, row.is_uncertain, row.looks, row.error) == (DeliveryState.WAITING, False, 0, "not_sent")
    a.client.base_url, a.client.proxy = slack, None
    world.pass_time(seconds=10)

    assert texts(ana) == ["Hello"]
    assert world.calls(HISTORY) == []


@pytest.mark.slow
def test_a_server_that_trickles_can_not_stretch_a_request(world, ana):
    a = world.start("a")
    a.client.timeout = 3
    world.workspace.faults.trickle(POST, pause=0.2)
    world.send(ana)

    a.carry()
    assert (world.row().state, world.row().is_uncertain) == (DeliveryState.WAITING, True)
    a.client.timeout = 120
    world.pass_time(seconds=10)

    assert texts(ana) == ["Hello"]
    assert world.row().state is DeliveryState.SENT


def test_a_connection_that_slack_closed_while_the_machine_slept_posts_nothing(world, ana):
    a = world.start("a")
    world.workspace.faults.closes_silent(30)
    world.send(ana)
    a.sleeps_at("connected", lambda: world.clock.advance(timedelta(seconds=40)))
    a.carry()

    world.pass_time(minutes=3)

    assert texts(ana) == ["Hello"]

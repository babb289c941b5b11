"""HTTP mode: what Slack did not sign is refused, whatever it is, and reaches nothing and no one."""

import hashlib
import hmac
import json
import socket
import threading
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import timedelta
from http.client import HTTPConnection
from urllib.parse import urlencode

import pytest

from bot.cli import http
from bot.cli.http import LARGEST_BODY, Receiver, serve
from bot.manifest import EVENTS_PATH as PATH
from bot.slack import signature
from tests.databases import free_port
from tests.waiting import PATIENCE, until
from tests.weft import words

STAMP, SIGNATURE = "X-Slack-Request-Timestamp", "X-Slack-Signature"
FORM, JSON = "application/x-www-form-urlencoded", "application/json"
WORDS = "defenestration"


@dataclass
class Edge:
    """Weft's own address, and a stranger at it."""

    port: int
    receiver: Receiver
    secret: str
    clock: object

    def sign(self, body, at=None):
        stamp = str(int((at or self.clock.now()).timestamp()))
        code = hmac.new(self.secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
        return {STAMP: stamp, SIGNATURE: f"v0={code}"}

    def post(self, body, headers, content_type=FORM):
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.putrequest("POST", PATH)
        for name, value in [("Content-Type", content_type), *headers]:
            connection.putheader(name, value)
        connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body)
        status = connection.getresponse().status
        connection.close()
        return status

    def post_signed(self, body, content_type=FORM):
        return self.post(body, self.sign(body).items(), content_type)

    def open(self, started=b""):
        """A connection whose request has only begun."""
        connection = socket.create_connection(("127.0.0.1", self.port), PATIENCE)
        connection.sendall(started)
        return connection


@pytest.fixture
def edge(weft, workspace):
    port = free_port()
    receiver = Receiver(weft.composed.app, workspace.signing_secret, weft.clock)
    with ExitStack() as stack:
        serve(receiver.pages(), "HTTP_PORT", port, stack, host="127.0.0.1")
        yield Edge(port, receiver, workspace.signing_secret, weft.clock)


@pytest.fixture
def inner():
    """A service inside the company's network, and how often it was called."""
    called = []
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve_inside():
            with suppress(OSError):
                while True:
                    connection, _ = listening.accept()
                    called.append(connection.recv(1000))
                    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
                    connection.close()

        threading.Thread(target=serve_inside, daemon=True).start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/admin?delete=all", called


def requests_of(address, workspace, person):
    """A command, a click and an event, as a stranger would forge them."""
    command = {"command": "/coffee", "text": WORDS, "user_id": person.id, "team_id": workspace.team_id}
    command |= {"api_app_id": workspace.app_id, "response_url": address, "trigger_id": "1.2.3"}
    click = {"type": "block_actions", "user": {"id": person.id}, "team": {"id": workspace.team_id}}
    click |= {"response_url": address, "trigger_id": "1.2.3", "api_app_id": workspace.app_id}
    click |= {"actions": [{"action_id": WORDS, "value": WORDS, "block_id": "b", "type": "button"}]}
    event = {"type": "event_callback", "team_id": workspace.team_id, "api_app_id": workspace.app_id}
    event |= {"event": {"type": "app_home_opened", "user": person.id, "tab": "home"}, "response_url": address}
    return {
        "command": (urlencode(command).encode(), FORM),
        "click": (urlencode({"payload": json.dumps(click)}).encode(), FORM),
        "event": (json.dumps(event).encode(), JSON),
    }


def stamped(value):
    return lambda right: [(STAMP, value), (SIGNATURE, right[SIGNATURE])]


def signed(change):
    return lambda right: [(STAMP, right[STAMP]), (SIGNATURE, change(right[SIGNATURE]))]


TIMESTAMPS = ["", "soon", "²", "inf", "nan", "1e9", "-1", "+1", "0x10", " ", "1 2", "9" * 400, "0" * 13, "True", "null"]
TIMESTAMPS += ["\u0663\u0660".encode().decode("latin-1"), "1772442000.0", "1_772_442_000", "[]"]

MUTATED = {
    "no headers": lambda right: [],
    "no timestamp": lambda right: [(SIGNATURE, right[SIGNATURE])],
    "no signature": lambda right: [(STAMP, right[STAMP])],
    "two timestamps": lambda right: [(STAMP, right[STAMP]), *right.items()],
    "two signatures": lambda right: [(SIGNATURE, "v0=" + "0" * 64), *right.items()],
    **{f"timestamp {value[:12]!r}": stamped(value) for value in TIMESTAMPS},
    **{
        f"signature {name}": signed(change)
        for name, change in {
            "empty": lambda right: "",
            "of another secret": lambda right: "v0=" + hashlib.sha256(right.encode()).hexdigest(),
            "in capitals": str.upper,
            "of another version": lambda right: right.replace("v0", "v1"),
            "too short": lambda right: right[:-1],
            "too long": lambda right: right + "0",
            "with a letter outside of ASCII": lambda right: right[:-1] + "é",
            "without a version": lambda right: right[3:],
            "with spaces inside": lambda right: right.replace("=", " = "),
            "very long": lambda right: "v0=" + "a" * 9000,
        }.items()
    },
}


@pytest.mark.parametrize("kind", ["command", "click", "event"])
def test_every_mutated_header_is_refused_and_no_address_is_called(kind, edge, workspace, inner, caplog):
    address, called = inner
    ana = workspace.add_person("Ana Ruiz")
    body, content_type = requests_of(address, workspace, ana)[kind]
    calls = len(workspace.calls)

    answers = {name: edge.post(body, mutate(edge.sign(body)), content_type) for name, mutate in MUTATED.items()}
    for minutes in (-6, 6, 60 * 24 * 365 * 9):
        old = edge.sign(body, edge.clock.now() + timedelta(minutes=minutes))
        answers[f"{minutes} minutes off"] = edge.post(body, old.items(), content_type)
    answers["another body"] = edge.post(body + b" ", edge.sign(body).items(), content_type)

    assert set(answers.values()) == {401}, {name: status for name, status in answers.items() if status != 401}
    assert called == []
    assert len(workspace.calls) == calls
    assert edge.receiver.requests == 0
    assert [record.getMessage() for record in caplog.records] == ["a request with a wrong signature"]
    assert WORDS not in caplog.text


def test_what_slack_signed_is_taken_and_counted(edge, workspace):
    ana = workspace.add_person("Ana Ruiz")
    body, _ = requests_of("https://example.test/", workspace, ana)["command"]

    assert edge.post_signed(body) == 200
    assert edge.receiver.contact().requests == 1
    assert edge.receiver.contact().last_at == edge.clock.now()


def test_refusals_are_one_line_a_minute_with_their_number(edge, caplog):
    for _ in range(5):
        edge.post(b"", [])
    edge.clock.advance(timedelta(minutes=1))
    edge.post(b"", [])

    assert [(record.getMessage(), record.status, record.count) for record in caplog.records] == [
        ("a request with a wrong signature", 401, 1),
        ("a request with a wrong signature", 401, 5),
    ]


# Too much, too slow, too many


def test_a_body_that_says_it_is_too_large_is_refused_before_it_is_sent(edge):
    right = edge.sign(b"")
    head = "".join(f"{name}: {value}\r\n" for name, value in right.items())
    with edge.open(f"POST {PATH} HTTP/1.1\r\nHost: x\r\n{head}Content-Length: {10**12}\r\n\r\n".encode()) as one:
        assert one.recv(1000).startswith(b"HTTP/1.1 413 ")


def test_a_body_that_grows_too_large_on_the_way_is_refused_and_not_kept(edge):
    right = edge.sign(b"")
    head = "".join(f"{name}: {value}\r\n" for name, value in right.items())
    chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    with edge.open(f"POST {PATH} HTTP/1.1\r\nHost: x\r\n{head}Transfer-Encoding: chunked\r\n\r\n".encode()) as one:
        sent = 0
        with suppress(OSError):
            while sent < 100 * LARGEST_BODY:
                one.sendall(chunk)
                sent += 0x10000
        assert sent < 100 * LARGEST_BODY
    assert edge.receiver.requests == 0


def test_the_largest_body_is_taken(edge):
    body = json.dumps({"type": "url_verification", "challenge": "x" * (LARGEST_BODY - 50)}).encode()

    assert LARGEST_BODY - 50 < len(body) <= LARGEST_BODY
    assert edge.post_signed(body, JSON) == 200


HALF_SENT = {
    "nothing": b"",
    "half a line": b"POST /sl",
    "half the headers": f"POST {PATH} HTTP/1.1\r\nHost: x\r\n".encode(),
    "half a body": f"POST {PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf".encode(),
    "half a body at another path": b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf",
    "a second one": b"GET / HTTP/1.1\r\nHost: x\r\n\r\nPOST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n",
}


@pytest.mark.sampled(1)
@pytest.mark.parametrize("started", HALF_SENT.values(), ids=HALF_SENT)
def test_a_request_that_does_not_come_to_an_end_is_hung_up_on(started, edge, monkeypatch):
    monkeypatch.setattr(http, "SECONDS_TO_SEND", 1)
    with edge.open(started) as one, suppress(ConnectionResetError):
        while one.recv(1000):
            pass


@pytest.mark.slow
def test_a_signed_request_that_stops_half_way_leaves_no_trace_in_the_log(edge, monkeypatch, caplog):
    monkeypatch.setattr(http, "SECONDS_TO_SEND", 1)
    head = "".join(f"{name}: {value}\r\n" for name, value in edge.sign(b"").items())
    with edge.open(f"POST {PATH} HTTP/1.1\r\nHost: x\r\n{head}Content-Length: 100\r\n\r\nhalf".encode()) as one:
        with suppress(ConnectionResetError):
            assert one.recv(1000) == b""
        until(lambda: caplog.records)

    assert [record.getMessage() for record in caplog.records] == ["a request that ended early"]


def test_only_so_many_connections_are_held_at_once(edge, monkeypatch):
    monkeypatch.setattr(http, "MOST_CONNECTIONS", 3)
    held = [edge.open() for _ in range(3)]
    with edge.open(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n") as one, suppress(ConnectionResetError):
        assert one.recv(1000).startswith(b"HTTP/1.1 503 ")
    for connection in held:
        connection.close()

    until(lambda: edge.post(b"", []) == 401)


@pytest.mark.parametrize(
    "nonsense", [b"\x00\xff\r\n\r\n", b"GET / HTTP/1.1 and more\r\n\r\n", b"POST / HTTP/1.1\r\nA\r\n\r\n"]
)
def test_what_is_no_http_is_no_line_in_the_log(nonsense, edge, caplog):
    with edge.open(nonsense) as one:
        assert one.recv(1000).startswith(b"HTTP/1.1 400 ")
    assert caplog.records == []


# Signed, and yet


UNREADABLE = {
    "no JSON": (b"{", JSON),
    "JSON nested too deep": (b"[" * 200_000, JSON),
    "a form with broken JSON": (urlencode({"payload": "{"}).encode(), FORM),
    "a form with JSON nested too deep": (urlencode({"payload": '{"a":' * 20_000}).encode(), FORM),
    "no text": (b"\xff\xfe", JSON),
    "a list": (b"[1]", JSON),
    "a number": (b"7", JSON),
    "nothing": (b"null", JSON),
    "a text": (b'"text"', JSON),
    "a form with a list": (urlencode({"payload": "[1]"}).encode(), FORM),
}


@pytest.mark.sampled(4)
@pytest.mark.parametrize(("body", "content_type"), UNREADABLE.values(), ids=UNREADABLE)
def test_a_signed_request_that_can_not_be_read_is_refused_calmly(body, content_type, edge, caplog):
    assert edge.post_signed(body, content_type) == 400
    assert [(record.getMessage(), record.exc_info) for record in caplog.records] == [
        ("a signed request that can't be read", None)
    ]


def test_a_recorded_request_acts_once(edge, workspace):
    ana = workspace.add_person("Ana Ruiz")
    body, _ = requests_of("https://example.test/", workspace, ana)["command"]
    headers = edge.sign(body).items()

    assert [edge.post(body, headers) for _ in range(3)] == [200, 401, 401]
    assert edge.receiver.requests == 1
    edge.clock.advance(timedelta(seconds=1))
    assert edge.post_signed(body) == 200  # The same words again, signed anew: that is a person who repeats them.


def test_the_memory_of_requests_is_bounded(edge, monkeypatch):
    monkeypatch.setattr(signature, "REMEMBERED", 3)
    for number in range(10):
        edge.post_signed(f"ssl_check=1&number={number}".encode())
    assert len(edge.receiver.replays._seen) == 3

    edge.clock.advance(timedelta(minutes=6))
    edge.post_signed(b"ssl_check=1")
    assert len(edge.receiver.replays._seen) == 1


def test_people_use_it_through_this_address(edge, weft, workspace):
    from bot.slacksim import SignedHttp

    ana = workspace.add_person("Ana Ruiz")
    weft.tick()
    workspace.deliver_to(
        SignedHttp(f"http://127.0.0.1:{edge.port}{PATH}", workspace.signing_secret, weft.clock, timeout=PATIENCE)
    )

    assert "/coffee pause 2w" in words(ana.command("/coffee", "help"))

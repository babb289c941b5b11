"""A request ends at its deadline, whatever the other side does, and leaves no thread behind."""

import socket
import threading
from contextlib import suppress
from http.client import HTTPException
from time import monotonic
from urllib.error import HTTPError
from urllib.request import Request

import pytest

from bot.core.connection import NotSentError, send
from tests.databases import free_port
from tests.waiting import PATIENCE, until

SOON = 0.5
"""Seconds of a deadline that is waited for."""
LATE = 10 * PATIENCE
"""Seconds of a deadline that no test waits for."""
ENDLESS = "Transfer-Encoding: chunked\r\n\r\n"


def answers(status, rest="Content-Length: 5\r\n\r\nhello"):
    return f"HTTP/1.1 {status} Said\r\n{rest}".encode()


ENDINGS = {
    "ok": (answers(200), None),
    "empty": (answers(200, "Content-Length: 0\r\n\r\n"), None),
    "moved": (answers(302, "Location: /further\r\nContent-Length: 0\r\n\r\n"), HTTPError),
    "refused": (answers(403), HTTPError),
    "too many": (answers(429, "Retry-After: 30\r\nContent-Length: 0\r\n\r\n"), HTTPError),
    "broken": (answers(500), HTTPError),
    "broken, and its page breaks off": (answers(503, "Content-Length: 50\r\n\r\nhel"), HTTPError),
    "breaks off": (answers(200, "Content-Length: 50\r\n\r\nhel"), HTTPException),
    "closed without a word": (b"", (OSError, HTTPException)),
    "nonsense": (b"hello\r\n\r\n", HTTPException),
}


@pytest.fixture
def other_side():
    """A server that says these bytes to whoever connects, and then `drips` one chunk after the other."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def listen(said, *, drips=False):
            def serve():
                with suppress(OSError):
                    connection, _ = listening.accept()
                    with connection:
                        connection.recv(65536)
                        connection.sendall(said)
                        while drips:
                            connection.sendall(b"1\r\nx\r\n")
                            threading.Event().wait(0.02)

            threading.Thread(target=serve, daemon=True).start()
            return f"http://127.0.0.1:{listening.getsockname()[1]}/"

        yield listen


def ask(url, timeout=LATE):
    return send(Request(url, data=b"hello"), timeout=timeout, context=None, proxy=None)


def deadlines():
    return {one for one in threading.enumerate() if isinstance(one, threading.Timer) and one.interval == LATE}


@pytest.mark.parametrize("ending", ENDINGS)
def test_no_deadline_outlives_its_request(ending, other_side):
    said, problem = ENDINGS[ending]
    before = deadlines()

    if problem is None:
        assert ask(other_side(said)).content in (b"hello", b"")
    else:
        with pytest.raises(problem):
            ask(other_side(said))

    until(lambda: deadlines() <= before)


def test_no_deadline_outlives_a_connection_that_was_refused():
    before = deadlines()
    with pytest.raises(NotSentError):
        ask(f"http://127.0.0.1:{free_port()}/")
    until(lambda: deadlines() <= before)


def test_an_address_that_can_not_be_asked_has_no_deadline_yet():
    with pytest.raises(HTTPException):
        ask("http://127.0.0.1/a path")


@pytest.mark.parametrize("status", [200, 429, 500])
def test_an_answer_that_never_ends_is_cut_off_at_the_deadline(status, other_side):
    url, began = other_side(answers(status, ENDLESS), drips=True), monotonic()

    with pytest.raises(HTTPException if status == 200 else HTTPError) as problem:
        ask(url, timeout=SOON)

    assert SOON <= monotonic() - began < PATIENCE
    assert getattr(problem.value, "code", 200) == status


def test_nothing_is_written_when_connecting_took_until_the_deadline(other_side, monkeypatch):
    """From then on nothing would end the request."""
    times = iter([0, LATE + 1])
    monkeypatch.setattr("bot.core.connection.monotonic", lambda: next(times))

    with pytest.raises(NotSentError, match="too slow"):
        ask(other_side(answers(200)))


def test_what_was_said_with_a_refusal_is_read(other_side):
    with pytest.raises(HTTPError) as refusal:
        ask(other_side(answers(500)))
    assert refusal.value.read() == b"hello"

"""HTTP servers: Slack's requests in HTTP mode, and the health endpoint."""

import asyncio
import logging
import socket
import threading
from collections import Counter
from contextlib import ExitStack
from datetime import datetime, timedelta
from typing import Any

import h11
import uvicorn
from slack_bolt import App
from slack_bolt.adapter.starlette.handler import to_bolt_request, to_starlette_response
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.core.clock import Clock
from bot.core.errors import SetupError
from bot.manifest import EVENTS_PATH
from bot.slack.contact import Contact
from bot.slack.signature import Replays, read_claim

logger = logging.getLogger(__name__)

LARGEST_BODY = 1_000_000
"""Bytes. Slack's forms have at most 250,000, URL-encoded about three times as many."""
SECONDS_TO_SEND = 10.0
"""Timeout for the headers and body of a request, in seconds."""
MOST_CONNECTIONS = 100
"""Connection limit. At LARGEST_BODY each, it also limits the memory that strangers can use to 100 MB."""
BUSY = b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
LOGGED_EVERY = timedelta(minutes=1)


class GuardedProtocol(H11Protocol):
    """Limits what a client can hold open. uvicorn's own limits apply only once a request's headers are complete."""

    deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        if len(self.connections) > MOST_CONNECTIONS:
            transport.write(BUSY)
            transport.close()
        else:
            self._start_deadline()

    def data_received(self, data: bytes) -> None:
        self._start_deadline()
        super().data_received(data)

    def handle_events(self) -> None:
        super().handle_events()
        if self.conn.their_state is h11.SEND_BODY:
            self._start_deadline()
        elif self.conn.their_state is not h11.IDLE:
            self._end_deadline()  # The request is complete: from here on the time is ours.

    def connection_lost(self, exc: Exception | None) -> None:
        self._end_deadline()
        super().connection_lost(exc)

    def _start_deadline(self) -> None:
        if self.deadline is None:
            self.deadline = self.loop.call_later(SECONDS_TO_SEND, self.transport.abort)

    def _end_deadline(self) -> None:
        if self.deadline is not None:
            self.deadline.cancel()
            self.deadline = None


def serve(pages: Starlette, setting: str, port: int, stack: ExitStack, *, host: str) -> None:
    """Serve in a thread until the stack is closed. Raises SetupError with the setting if the port is unavailable."""
    listening = listen_at(setting, host, port)
    stack.callback(listening.close)
    config = uvicorn.Config(
        pages,
        http=GuardedProtocol,
        ws="none",
        log_config=None,
        log_level="error",  # Below error, every malformed request would be logged.
        access_log=False,
        lifespan="off",
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([listening],), name=setting, daemon=True)
    thread.start()
    stack.callback(thread.join, 15)
    stack.callback(setattr, server, "should_exit", True)


def listen_at(setting: str, host: str, port: int) -> socket.socket:
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family)
    except OSError as problem:
        words = problem.strerror or problem
        raise SetupError(f"{setting} {port} at {host} can't be used: {words}. Choose another port.") from problem


class Receiver:
    """Receives Slack's requests. Rejects all others before anything in them is parsed or logged."""

    def __init__(self, app: App, secret: str, clock: Clock) -> None:
        self.app, self.secret, self.clock = app, secret, clock
        self.replays = Replays()
        self.refusals = Refusals(clock)
        self.requests = 0
        self.last_at: datetime | None = None

    def contact(self) -> Contact:
        """Return the status. Slack connects to us, so there is no connection to lose."""
        return Contact(is_connected=True, last_at=self.last_at, requests=self.requests)

    def pages(self) -> Starlette:
        return Starlette(routes=[Route(EVENTS_PATH, self.receive, methods=["POST"])])

    async def receive(self, request: Request) -> Response:
        now = self.clock.now()
        stamps = request.headers.getlist("x-slack-request-timestamp")
        claim = read_claim(stamps, request.headers.getlist("x-slack-signature"), now)
        if claim is None:
            return self.refuse(401, "a request with a wrong signature")
        try:
            body = await read_body(request)
        except ClientDisconnect:
            return self.refuse(400, "a request that ended early")
        if body is None:
            return self.refuse(413, "a request that is too large")
        if not claim.holds(self.secret, body):
            return self.refuse(401, "a request with a wrong signature")
        if not self.replays.is_new(claim, now):
            return self.refuse(401, "a request that had come before")
        self.requests, self.last_at = self.requests + 1, now
        return await self.dispatch(request, body)

    async def dispatch(self, request: Request, body: bytes) -> Response:
        try:
            parsed = to_bolt_request(request, body)
        except Exception:
            # Malformed or deeply nested JSON, or fields of wrong types: Bolt's parser can raise anything.
            return self.refuse(400, "a signed request that can't be read")
        # In a thread, because Bolt blocks until a listener has acknowledged.
        return to_starlette_response(await run_in_threadpool(self.app.dispatch, parsed))

    def refuse(self, status: int, what: str) -> Response:
        self.refusals.log(status, what)
        return Response(status_code=status, headers={"Connection": "close"})


async def read_body(request: Request) -> bytes | None:
    """Read the body. Returns None if it is larger than LARGEST_BODY; never buffers more than that."""
    declared = request.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > LARGEST_BODY:
        return None
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_BODY:
            return None
    return bytes(body)


class Refusals:
    """Logs the first rejection of a kind at once, then a count per minute, so that no one can flood the log."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.unlogged: Counter[str] = Counter()
        self.logged_at: dict[str, datetime] = {}

    def log(self, status: int, what: str) -> None:
        self.unlogged[what] += 1
        now, before = self.clock.now(), self.logged_at.get(what)
        if before is None or now - before >= LOGGED_EVERY:
            fields: dict[str, Any] = {"status": status, "count": self.unlogged.pop(what)}
            logger.warning(what, extra=fields)
            self.logged_at[what] = now

"""The connection under a request that must not happen twice: it tells what was not sent, and it ends in time.

`http.client` connects just before it writes the first byte. So whatever goes wrong while it connects was not sent; and
once the connection is open, the fence of the request is asked a last time whether it may still be written.
"""

import http.client
import socket
import ssl
import threading
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from http.client import HTTPMessage
from time import monotonic
from typing import IO, Any
from urllib.request import OpenerDirector, ProxyHandler, Request


class NotSentError(Exception):
    """A request ended before its first byte was written: no name, no connection, no TLS, or a proxy that says no."""


@dataclass(frozen=True, slots=True)
class Fence:
    """`connected` runs when the connection is open and nothing is written; what it raises ends the request there.
    `written` runs when the request is written and no answer is read.
    """

    connected: Callable[[], None]
    written: Callable[[], None]


FENCE: ContextVar[Fence | None] = ContextVar("fence", default=None)


@contextmanager
def fenced(fence: Fence) -> Iterator[None]:
    """The next request of this thread has this fence."""
    before = FENCE.set(fence)
    try:
        yield
    finally:
        FENCE.reset(before)


class Connection(http.client.HTTPConnection):
    """One deadline for the whole request, from the name to the last byte of the answer, however slowly bytes come."""

    opened: socket.socket | None = None
    fence: Fence | None = None

    def connect(self) -> None:
        ends_at = monotonic() + float(self.timeout or 0)
        self.deadline = threading.Timer(float(self.timeout or 0), self.shut_down)
        self.deadline.daemon = True
        self.deadline.start()
        try:
            super().connect()
        except OSError as problem:
            raise NotSentError(type(problem).__name__) from problem
        self.opened = self.sock  # urllib lets go of the connection before the answer is read.
        self.fence = FENCE.get()
        FENCE.set(None)  # It stands around one request.
        if self.fence is not None:
            self.fence.connected()
        if monotonic() > ends_at:
            raise NotSentError("too slow")

    def getresponse(self) -> http.client.HTTPResponse:
        if self.fence is not None:
            self.fence.written()
        return super().getresponse()

    def shut_down(self) -> None:
        """End whatever this connection waits for. Nothing of TLS is told: its state belongs to the other thread."""
        with suppress(OSError, TypeError):
            socket.socket.shutdown(self.opened or self.sock, socket.SHUT_RDWR)


class EncryptedConnection(Connection, http.client.HTTPSConnection):
    pass


class ConnectionHandler(urllib.request.HTTPHandler, urllib.request.HTTPSHandler):
    """Makes the connections above for urllib."""

    def __init__(self, context: ssl.SSLContext | None) -> None:
        urllib.request.HTTPSHandler.__init__(self, context=context)
        self.context = context
        self.made: list[Connection] = []

    def http_open(self, req: Request) -> http.client.HTTPResponse:
        return self.do_open(self.plain, req)

    def https_open(self, req: Request) -> http.client.HTTPResponse:
        return self.do_open(self.encrypted, req)

    def plain(self, host: str, **how: Any) -> Connection:  # noqa: ANN401 - as urllib calls it
        return self.kept(Connection(host, **how))

    def encrypted(self, host: str, **how: Any) -> Connection:  # noqa: ANN401
        return self.kept(EncryptedConnection(host, context=self.context, **how))

    def kept(self, connection: Connection) -> Connection:
        self.made.append(connection)
        return connection

    def end(self) -> None:
        """The answer was read."""
        for connection in self.made:
            connection.deadline.cancel()


class NoRedirects(urllib.request.HTTPRedirectHandler):
    """A second request would follow on one that was written, and "not sent" would not be true of it."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        return None


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    headers: HTTPMessage
    content: bytes


def send(request: Request, *, timeout: float, context: ssl.SSLContext | None, proxy: str | None) -> Reply:
    """Send a request once. Raises NotSentError when not a byte was written, and urllib's HTTPError for 3xx to 5xx."""
    handler = ConnectionHandler(context)
    opener: OpenerDirector = urllib.request.build_opener(handler, NoRedirects(), *proxies(proxy))
    with opener.open(request, timeout=timeout) as response:
        reply = Reply(response.status, response.headers, response.read())
    handler.end()
    return reply


def proxies(proxy: str | None) -> list[ProxyHandler]:
    """None: what the environment names."""
    return [ProxyHandler({"http": proxy, "https": proxy})] if proxy is not None else []

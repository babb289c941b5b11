"""HTTP connection for requests that must not be sent twice: knows what was not sent, and has a total timeout.

`http.client` connects just before it writes the first byte, so any failure while connecting means "not sent". Once the
connection is open, the request's fence is asked a last time whether it may still be written.
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
from functools import cache
from http.client import HTTPException, HTTPMessage
from io import BytesIO
from time import monotonic
from typing import Any
from urllib.error import HTTPError
from urllib.request import HTTPDefaultErrorHandler, HTTPErrorProcessor, OpenerDirector, ProxyHandler, Request


class NotSentError(Exception):
    """A request failed before its first byte was written: DNS, connection, TLS, or a proxy that refused."""


@dataclass(frozen=True, slots=True)
class Fence:
    """Callbacks of one request. `connected` runs before the first byte is written and aborts the request by raising.
    `written` runs after the request is written and before the response is read.
    """

    connected: Callable[[], None]
    written: Callable[[], None]


FENCE: ContextVar[Fence | None] = ContextVar("fence", default=None)


@contextmanager
def fenced(fence: Fence) -> Iterator[None]:
    """Attach this fence to the next request of this thread."""
    before = FENCE.set(fence)
    try:
        yield
    finally:
        FENCE.reset(before)


class Connection(http.client.HTTPConnection):
    """A connection with one deadline for the whole request, from DNS to the last byte, however slowly bytes arrive."""

    opened: socket.socket | None = None
    fence: Fence | None = None
    deadline: threading.Timer | None = None

    def connect(self) -> None:
        ends_at = monotonic() + float(self.timeout or 0)
        self.deadline = threading.Timer(float(self.timeout or 0), self.shut_down)
        self.deadline.daemon = True
        self.deadline.start()
        try:
            super().connect()
        except OSError as problem:
            raise NotSentError(type(problem).__name__) from problem
        self.opened = self.sock  # urllib drops its reference to the socket before the response is read.
        self.fence = FENCE.get()
        FENCE.set(None)  # It applies to one request only.
        if self.fence is not None:
            self.fence.connected()
        if monotonic() > ends_at:
            raise NotSentError("too slow")

    def getresponse(self) -> http.client.HTTPResponse:
        if self.fence is not None:
            self.fence.written()
        return super().getresponse()

    def shut_down(self) -> None:
        """Abort whatever the connection waits for. TLS is not shut down: its state belongs to the other thread."""
        with suppress(OSError, TypeError):
            socket.socket.shutdown(self.opened or self.sock, socket.SHUT_RDWR)


class EncryptedConnection(Connection, http.client.HTTPSConnection):
    pass


class ConnectionHandler(urllib.request.HTTPHandler, urllib.request.HTTPSHandler):
    """urllib handler that opens the connections above."""

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
        """Cancel the deadlines. Each is a thread that would wait for the rest of its timeout."""
        for connection in self.made:
            if connection.deadline is not None:
                connection.deadline.cancel()


@cache
def certificates() -> ssl.SSLContext:
    """Return the context of all requests: reading the certificates takes 30 ms of CPU."""
    return ssl.create_default_context()


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    headers: HTTPMessage
    content: bytes


def send(request: Request, *, timeout: float, context: ssl.SSLContext | None, proxy: str | None) -> Reply:
    """Send a request once. Raises NotSentError if nothing was written, and urllib's HTTPError, whose body has been
    read, for 3xx to 5xx.
    """
    handler = ConnectionHandler(context)
    opener = opener_with(handler, proxy)
    try:
        with opener.open(request, timeout=timeout) as response:
            return Reply(response.status, response.headers, response.read())
    except HTTPError as error:
        raise with_body_read(error) from None
    finally:
        handler.end()


def with_body_read(error: HTTPError) -> HTTPError:
    """Read the body while the deadline holds. What breaks off is left out: the status says enough."""
    content = b""
    with error, suppress(HTTPException, OSError):
        content = error.read()
    return HTTPError(error.url, error.code, error.reason, error.headers, BytesIO(content))


def opener_with(handler: ConnectionHandler, proxy: str | None) -> OpenerDirector:
    """Build an opener that follows no redirect: the second request would follow one that was written, so "not sent"
    would no longer hold. Without `proxy` the environment variables decide.
    """
    opener, proxies = OpenerDirector(), None if proxy is None else {"http": proxy, "https": proxy}
    for each in (handler, ProxyHandler(proxies), HTTPDefaultErrorHandler(), HTTPErrorProcessor()):
        opener.add_handler(each)
    return opener

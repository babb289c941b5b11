"""Sockets in memory between the bot and the simulated Slack: the same bytes and the same handler, without threads."""

import io
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import Context
from unittest.mock import patch

from bot.slacksim import SlackServer


class BotSocket:
    """What `http.client` takes for a connected socket. Slack handles the request when its response is read."""

    def __init__(self, server: SlackServer) -> None:
        self.server = server
        self.request = b""

    def sendall(self, content: bytes) -> None:
        self.request += content

    def makefile(self, _mode: str) -> io.BytesIO:
        theirs = SlackSocket(self.request)
        # In a context of its own, as in a thread of the server's: what is in this one belongs to the bot.
        Context().run(self.server.http.RequestHandlerClass, theirs, ("127.0.0.1", 0), self.server.http)
        return io.BytesIO(theirs.response.getvalue())

    def setsockopt(self, *_option: int) -> None:
        pass

    def close(self) -> None:
        pass


class SlackSocket:
    def __init__(self, request: bytes) -> None:
        self.request, self.response = request, Response()

    def makefile(self, mode: str, _buffer_size: int) -> io.BytesIO:
        return io.BytesIO(self.request) if mode == "rb" else self.response

    def shutdown(self, _how: int) -> None:
        pass


class Response(io.BytesIO):
    def close(self) -> None:
        """Keep what was written: the bot reads it later."""


@contextmanager
def connected_in_memory(server: SlackServer) -> Iterator[None]:
    connect = socket.create_connection

    def create_connection(address: tuple[str, int], *arguments: object, **named: object) -> object:
        is_slack = address == server.http.server_address[:2]
        return BotSocket(server) if is_slack else connect(address, *arguments, **named)

    with patch("socket.create_connection", create_connection):
        yield

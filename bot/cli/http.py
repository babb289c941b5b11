"""Slack sends to us instead of us connecting to Slack: for companies with a public address of their own."""

import socket
import threading
from contextlib import ExitStack

import uvicorn
from slack_bolt import App
from slack_bolt.adapter.starlette import SlackRequestHandler
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.core.errors import SetupError

PATH = "/slack/events"


def serve(app: App, port: int, stack: ExitStack) -> None:
    """Begin to serve; Bolt checks the signature of every request. Stops when the stack is left.

    Raises SetupError when the port can't be had.
    """
    listening = listen_at(port)
    stack.callback(listening.close)
    server = uvicorn.Server(uvicorn.Config(web(app), log_config=None, access_log=False))
    thread = threading.Thread(target=server.run, args=([listening],), name="http", daemon=True)
    thread.start()
    stack.callback(thread.join, 15)
    stack.callback(setattr, server, "should_exit", True)


def listen_at(port: int) -> socket.socket:
    try:
        return socket.create_server(("0.0.0.0", port))  # noqa: S104 - Slack comes from outside
    except OSError as problem:
        raise SetupError(f"HTTP_PORT {port} can't be used: {problem.strerror}. Choose another one.") from problem


def web(app: App) -> Starlette:
    handler = SlackRequestHandler(app)

    async def events(request: Request) -> Response:
        return await handler.handle(request)

    return Starlette(routes=[Route(PATH, events, methods=["POST"])])

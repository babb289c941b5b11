"""Serving: Slack's requests, for companies with a public address of their own, and health."""

import socket
import threading
from contextlib import ExitStack

import uvicorn
from slack_bolt import App
from slack_bolt.adapter.starlette.handler import to_bolt_request, to_starlette_response
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.core.errors import SetupError

PATH = "/slack/events"
EVERYBODY = "0.0.0.0"  # noqa: S104 - Slack comes from outside


def serve(pages: Starlette, setting: str, port: int, stack: ExitStack, *, host: str = EVERYBODY) -> None:
    """Begin to serve, until the stack is left. Raises SetupError, naming the setting, when the port can't be had."""
    listening = listen_at(setting, host, port)
    stack.callback(listening.close)
    server = uvicorn.Server(uvicorn.Config(pages, log_config=None, access_log=False, lifespan="off"))
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
        raise SetupError(f"{setting} {port} at {host} can't be used: {words}. Choose another one.") from problem


def events(app: App) -> Starlette:
    """Bolt checks the signature of every request."""

    async def receive(request: Request) -> Response:
        body = await request.body()
        # In a thread: Bolt waits until a listener has acknowledged, and the next request should not.
        answer = await run_in_threadpool(app.dispatch, to_bolt_request(request, body))
        return to_starlette_response(answer)

    return Starlette(routes=[Route(PATH, receive, methods=["POST"])])

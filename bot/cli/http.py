"""Slack sends to us instead of us connecting to Slack: for companies with a public address of their own."""

import threading
from contextlib import ExitStack

import uvicorn
from slack_bolt import App
from slack_bolt.adapter.starlette import SlackRequestHandler
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

PATH = "/slack/events"


def serve(app: App, port: int, stack: ExitStack) -> None:
    """Begin to serve; Bolt checks the signature of every request. Stops when the stack is left."""
    server = uvicorn.Server(uvicorn.Config(web(app), host="0.0.0.0", port=port, log_config=None, access_log=False))  # noqa: S104
    thread = threading.Thread(target=server.run, name="http", daemon=True)
    thread.start()
    stack.callback(thread.join, 15)
    stack.callback(setattr, server, "should_exit", True)


def web(app: App) -> Starlette:
    handler = SlackRequestHandler(app)

    async def events(request: Request) -> Response:
        return await handler.handle(request)

    return Starlette(routes=[Route(PATH, events, methods=["POST"])])

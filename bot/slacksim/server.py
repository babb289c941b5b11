"""HTTP and WebSocket server on the loopback interface: Web API, uploads, response_urls and Socket Mode.

One thread per connection: while handling a payload, the bot may call the API before the first call has ended, which a
single event loop could not serve.
"""

import json
import logging
import socket
import threading
import urllib.parse
from collections.abc import Callable
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from bot.slacksim import answers
from bot.slacksim.errors import Refused
from bot.slacksim.faults import Answer, Line
from bot.slacksim.socket_connection import SocketConnection
from bot.slacksim.state import Content
from bot.slacksim.workspace import Workspace

logger = logging.getLogger(__name__)

ANYWHERE_FREE = ("127.0.0.1", 0)


class SlackServer:
    """Server for several workspaces, distinguished by the token of a request."""

    def __init__(self, *, resend_every: float | None = None) -> None:
        self.resend_every = resend_every
        self.failures: list[BaseException] = []
        self.stopping = threading.Event()
        self._by_token: dict[str, Workspace] = {}
        self._by_id: dict[str, Workspace] = {}
        self.http = _Http(self)
        self._threads: list[threading.Thread] = []

    @property
    def url(self) -> str:
        host, port = self.http.server_address[:2]
        return f"http://{host!s}:{port}"

    @property
    def api_url(self) -> str:
        return f"{self.url}/api/"

    def start(self) -> None:
        self._run(lambda: self.http.serve_forever(poll_interval=0.05), "simulated-slack")
        if self.resend_every is not None:
            self._run(self._resend, "simulated-slack-retries")

    def _run(self, work: Callable[[], None], name: str) -> None:
        thread = threading.Thread(target=work, name=name, daemon=True)
        thread.start()
        self._threads.append(thread)

    def _resend(self) -> None:
        while not self.stopping.wait(self.resend_every):
            for workspace in list(self._by_id.values()):
                workspace.resend_unacknowledged()

    def stop(self) -> None:
        self.stopping.set()
        for workspace in list(self._by_id.values()):
            self.release(workspace)
        self.http.shutdown()
        self.http.server_close()
        for thread in self._threads:
            thread.join()

    def host(self, workspace: Workspace) -> None:
        workspace.address = self.url
        self._by_token |= {workspace.bot_token: workspace, workspace.app_token: workspace}
        self._by_id |= {workspace.team_id: workspace, workspace.app_id: workspace}

    def release(self, workspace: Workspace) -> None:
        workspace.sockets.hang_up()
        for known, keys in (
            (self._by_token, (workspace.bot_token, workspace.app_token)),
            (self._by_id, (workspace.team_id, workspace.app_id)),
        ):
            for key in keys:
                known.pop(key, None)

    def catch_up(self) -> None:
        """Wait until all connections opened so far are accepted. Only then may a test move its clock."""
        with socket.socket() as last:
            last.connect(self.http.server_address)
            last.sendall(b"GET / HTTP/1.0\r\n\r\n")
            last.recv(1)

    def moments(self) -> dict[str, datetime]:
        """Return the current time of each workspace, by team id."""
        return {workspace.team_id: workspace.now() for workspace in list(self._by_id.values())}

    def with_token(self, token: str) -> Workspace | None:
        return self._by_token.get(token)

    def with_id(self, some_id: str) -> Workspace | None:
        return self._by_id.get(some_id)


class _Http(ThreadingHTTPServer):
    daemon_threads = False
    request_queue_size = 128

    def __init__(self, slack: SlackServer) -> None:
        self.slack = slack
        self.accepted_at: dict[object, dict[str, datetime]] = {}
        super().__init__(ANYWHERE_FREE, _Request)

    def get_request(self) -> tuple[socket.socket, Any]:
        connection, address = super().get_request()
        self.accepted_at[connection] = self.slack.moments()
        return connection, address

    def shutdown_request(self, request: socket.socket | tuple[bytes, socket.socket]) -> None:
        self.accepted_at.pop(request, None)
        super().shutdown_request(request)

    def handle_error(self, request: object, client_address: object) -> None:
        """Ignore callers that hang up; other failures are collected elsewhere."""


class _Request(BaseHTTPRequestHandler):
    server: _Http
    protocol_version = "HTTP/1.1"
    wbufsize = -1
    workspace: Workspace | None = None
    """Set once the call's workspace is known."""

    def date_time_string(self, timestamp: float | None = None) -> str:
        """Use workspace time in the Date header."""
        return super().date_time_string(self.workspace.seconds() if self.workspace is not None else timestamp)

    def log_message(self, format: str, *args: object) -> None:
        """Log nothing here: the workspace records its calls."""

    def do_GET(self) -> None:
        path, _, query = self.path.partition("?")
        self._route(path, query, b"")

    def do_POST(self) -> None:
        path, _, query = self.path.partition("?")
        self._route(path, query, self.rfile.read(int(self.headers.get("Content-Length") or 0)))

    def _route(self, path: str, query: str, body: bytes) -> None:
        kind, *rest = path.strip("/").split("/")
        try:
            if kind == "api" and len(rest) == 1:
                self._call(rest[0], query, body)
            elif kind == "link":
                self._link(query)
            elif kind in ("actions", "upload", "files-pri") and len(rest) >= 2:
                self._by_address(kind, rest[0], rest[1], body)
            else:
                self._reply(Answer("not found", 404))
        except OSError:
            self.close_connection = True
        except BaseException as failure:
            # A hook that simulates a crash, or a bug in this simulation. The caller sees a lost connection.
            logger.exception("a request to the simulated Slack broke")
            self.server.slack.failures.append(failure)
            self.close_connection = True

    # The Web API

    def _call(self, method: str, query: str, body: bytes) -> None:
        arguments = self._arguments(query, body)
        token = self._token(arguments)
        workspace = self.server.slack.with_token(token)
        if workspace is None:
            error = "invalid_auth" if token else "not_authed"
            self._reply(Answer({"ok": False, "error": error}))
            return
        if self._was_silent_for_too_long(workspace):
            self._hang_up()
            return
        self.workspace = workspace
        answer = workspace.call(method, arguments, token)
        if answer.delay:
            self.server.slack.stopping.wait(answer.delay)
        if answer.line is Line.WORKS:
            self._reply(answer)
        self._hang_up()
        if workspace.deliveries.transport.in_background:
            workspace.settle()

    def _was_silent_for_too_long(self, workspace: Workspace) -> bool:
        most, accepted_at = workspace.faults.silence_ends_after, self.server.accepted_at.get(self.connection, {})
        return most is not None and workspace.now() - accepted_at.get(workspace.team_id, workspace.now()) > most

    def _token(self, arguments: dict[str, Any]) -> str:
        scheme, _, token = (self.headers.get("Authorization") or "").partition(" ")
        in_body = str(arguments.pop("token", ""))
        return token if scheme.lower() == "bearer" else in_body

    def _arguments(self, query: str, body: bytes) -> dict[str, Any]:
        arguments: dict[str, Any] = dict(urllib.parse.parse_qsl(query, keep_blank_values=True))
        if not body:
            return arguments
        if "json" in (self.headers.get("Content-Type") or ""):
            in_body: dict[str, Any] = json.loads(body)
            return arguments | in_body
        return arguments | dict(urllib.parse.parse_qsl(body.decode(), keep_blank_values=True))

    # URLs without a token: knowing them is enough, except for file contents

    def _by_address(self, kind: str, team_id: str, some_id: str, body: bytes) -> None:
        workspace = self.server.slack.with_id(team_id)
        if workspace is None:
            self._reply(Answer("no_team", 404))
        elif kind == "actions":
            self._respond(workspace, some_id, json.loads(body))
        elif kind == "upload":
            self._reply(workspace.upload(some_id, body))
        else:
            self._reply(workspace.download(some_id, self._token({})))

    def _respond(self, workspace: Workspace, url_id: str, body: dict[str, Any]) -> None:
        try:
            with workspace.lock:
                answers.use(workspace, url_id, body)
        except Refused as refusal:
            status = 404 if refusal.error in ("expired_url", "used_url") else 400
            workspace.refused_responses.append(refusal.error)
            self._reply(Answer(refusal.error, status))
        else:
            self._reply(Answer("ok"))
        self._hang_up()
        if workspace.deliveries.transport.in_background:
            workspace.settle()

    # Socket Mode

    def _link(self, query: str) -> None:
        workspace = self.server.slack.with_id(dict(urllib.parse.parse_qsl(query)).get("app_id", ""))
        if workspace is None:
            self._reply(Answer("not found", 404))
            return
        self.close_connection = True
        headers = "".join(f"{name}: {value}\r\n" for name, value in self.headers.items())
        SocketConnection(self.connection, workspace).serve(f"{self.requestline}\r\n{headers}\r\n".encode())

    # Answers

    def _reply(self, answer: Answer) -> None:
        content_type, content = _written(answer.body)
        self.send_response(answer.status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Connection", "close")
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.end_headers()
        if answer.pause:
            self._trickle(content, answer.pause)
        else:
            self.wfile.write(content)
        self.close_connection = True

    def _trickle(self, content: bytes, pause: float) -> None:
        for at in range(len(content)):
            self.wfile.write(content[at : at + 1])
            self.wfile.flush()
            self.server.slack.stopping.wait(pause)

    def _hang_up(self) -> None:
        """Close the connection at once: this thread still has to deliver the call's events."""
        self.close_connection = True
        self.wfile.flush()
        self.connection.shutdown(socket.SHUT_RDWR)


def _written(body: Content) -> tuple[str, bytes]:
    if isinstance(body, bytes):
        return "application/octet-stream", body
    if isinstance(body, str):
        return "text/html", body.encode()
    return "application/json; charset=utf-8", json.dumps(body).encode()

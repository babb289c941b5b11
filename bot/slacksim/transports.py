"""Transports from the workspace to the bot: direct, Socket Mode, HTTP, and none."""

import hashlib
import hmac
import itertools
import json
import threading
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Protocol

from slack_bolt import App, BoltRequest, BoltResponse

from bot.slacksim.clock import Clock, SystemClock
from bot.slacksim.events import Ack, Envelope
from bot.slacksim.state import Json

SECONDS_TO_ACKNOWLEDGE = 3.0
MOST_CONNECTIONS = 10


class Direct:
    """Calls a Bolt app in this process. Returns when its listeners have acknowledged."""

    in_background = False
    is_listening = True

    def __init__(self, app: App) -> None:
        self.app = app

    def deliver(self, envelope: Envelope) -> Ack | None:
        # Copied, so that the bot can't modify the workspace's state.
        body = json.loads(json.dumps(envelope.payload))
        return _read(self.app.dispatch(BoltRequest(mode="socket_mode", body=body, headers=_retry_headers(envelope))))

    def followed(self) -> None:
        """Tell the app that its response was applied, so that it may continue."""
        getattr(self.app, "acknowledged", _nothing)()

    def seconds_passed(self) -> None:
        getattr(self.app, "draw_again", _nothing)()


class Unplugged:
    """A bot that isn't running. Events are retried for some minutes; interactions are lost."""

    in_background = False
    is_listening = True

    def deliver(self, envelope: Envelope) -> Ack | None:
        return None


def _nothing() -> None:
    return None


def _retry_headers(envelope: Envelope) -> dict[str, str | Sequence[str]]:
    if not envelope.retry_attempt:
        return {}
    return {"x-slack-retry-num": str(envelope.retry_attempt), "x-slack-retry-reason": envelope.retry_reason}


def _read(response: BoltResponse) -> Ack | None:
    if response.status != 200:
        return None
    return Ack(read_body(response.body))


def read_body(body: str) -> Json:
    """Parse an acknowledgement: empty, an object, or plain text to show to the person."""
    if not body:
        return {}
    try:
        payload = json.loads(body)
    except ValueError:
        return {"text": body}
    return payload if isinstance(payload, dict) else {"text": body}


class SocketMode:
    """Delivers through the bot's WebSocket connections, round robin."""

    in_background = True

    def __init__(self, timeout: float = SECONDS_TO_ACKNOWLEDGE) -> None:
        self.timeout = timeout
        self._connections: list[Connection] = []
        self._turn = itertools.count()
        self._lock = threading.Lock()
        self._waiting: dict[str, _Waiting] = {}

    @property
    def is_listening(self) -> bool:
        return bool(self._connections)

    @property
    def connections(self) -> int:
        return len(self._connections)

    def connect(self, connection: "Connection") -> bool:
        with self._lock:
            if len(self._connections) >= MOST_CONNECTIONS:
                return False
            self._connections.append(connection)
        return True

    def disconnected(self, connection: "Connection") -> None:
        with self._lock:
            if connection in self._connections:
                self._connections.remove(connection)

    def deliver(self, envelope: Envelope) -> Ack | None:
        connection = self._next_connection()
        if connection is None:
            return None
        waiting = self._waiting[envelope.id] = _Waiting()
        try:
            connection.send(json.dumps(_enveloped(envelope)))
            waiting.answered.wait(self.timeout)
            return waiting.ack
        except OSError:
            return None
        finally:
            del self._waiting[envelope.id]

    def _next_connection(self) -> "Connection | None":
        with self._lock:
            if not self._connections:
                return None
            return self._connections[next(self._turn) % len(self._connections)]

    def received(self, text: str) -> None:
        """Handle the bot's acknowledgements. Late ones are ignored."""
        message = json.loads(text)
        waiting = self._waiting.get(message.get("envelope_id", ""))
        if waiting is not None:
            waiting.ack = Ack(message.get("payload") or {})
            waiting.answered.set()

    def disconnect(self, reason: str = "refresh_requested") -> None:
        """Ask the bot to reconnect, and close the connections."""
        self._end_all(json.dumps({"type": "disconnect", "reason": reason, "debug_info": {"host": "simulated"}}))

    def hang_up(self) -> None:
        """Close the connections without notice, as when the network fails."""
        self._end_all(None)

    def _end_all(self, last_words: str | None) -> None:
        for connection in list(self._connections):
            self.disconnected(connection)
            with suppress(OSError):
                if last_words is not None:
                    connection.send(last_words)
                connection.close()


class Connection(Protocol):
    def send(self, text: str) -> None: ...

    def close(self) -> None: ...


@dataclass
class _Waiting:
    answered: threading.Event = field(default_factory=threading.Event)
    ack: Ack | None = None


def _enveloped(envelope: Envelope) -> Json:
    wrapped: Json = {
        "envelope_id": envelope.id,
        "type": envelope.kind,
        "accepts_response_payload": envelope.accepts_response_payload,
        "payload": envelope.payload,
    }
    if envelope.is_event:
        wrapped |= {"retry_attempt": envelope.retry_attempt, "retry_reason": envelope.retry_reason}
    return wrapped


class SignedHttp:
    """Sends signed HTTP POST requests, as to a bot with a public URL."""

    in_background = True
    is_listening = True

    def __init__(
        self,
        url: str,
        signing_secret: str,
        clock: Clock | None = None,
        timeout: float = SECONDS_TO_ACKNOWLEDGE,
    ) -> None:
        # The bot rejects timestamps older than five minutes by its own clock, which is usually the real one.
        self.url, self.secret, self.clock, self.timeout = url, signing_secret, clock or SystemClock(), timeout
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def deliver(self, envelope: Envelope) -> Ack | None:
        try:
            with self._opener.open(self._request(envelope), timeout=self.timeout) as response:
                return Ack(read_body(response.read().decode())) if response.status == 200 else None
        except (urllib.error.URLError, OSError):
            return None

    def _request(self, envelope: Envelope) -> urllib.request.Request:
        body, content_type = _encoded(envelope)
        timestamp = str(int(self.clock.now().timestamp()))
        signature = hmac.new(self.secret.encode(), f"v0:{timestamp}:{body}".encode(), hashlib.sha256).hexdigest()
        headers = {
            "Content-Type": content_type,
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": f"v0={signature}",
        } | {name: str(value) for name, value in _retry_headers(envelope).items()}
        return urllib.request.Request(self.url, body.encode(), headers, method="POST")  # noqa: S310


def _encoded(envelope: Envelope) -> tuple[str, str]:
    if envelope.kind == "events_api":
        return json.dumps(envelope.payload), "application/json"
    form = envelope.payload if envelope.kind == "slash_commands" else {"payload": json.dumps(envelope.payload)}
    return urllib.parse.urlencode(form), "application/x-www-form-urlencoded"

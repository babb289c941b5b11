"""Connection status between Slack and the bot, for health checks and logs."""

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.core.clock import Clock
from bot.slack.client import AT_ONCE, TIMEOUT
from bot.slack.replies import understood

logger = logging.getLogger(__name__)

LOOK_EVERY = 10.0
"""Seconds between checks of the connection; a lost one is reopened."""
GAP = timedelta(seconds=30)
"""Slack's regular reconnects, every few hours, take less. In a quiet workspace one may look like a gap: the extra
resync does no harm."""


@dataclass(frozen=True, slots=True)
class Contact:
    """Connection status. `refusal`: error code if Slack refuses the connection."""

    is_connected: bool
    last_at: datetime | None
    refusal: str | None = None
    requests: int | None = None
    """Requests received in HTTP mode; None in Socket Mode."""


class Door(WebClient):
    """Client that opens Socket Mode connections and logs refusals. slack_sdk retries every ten seconds."""

    refusal: str | None = None

    def apps_connections_open(self, *, app_token: str, **arguments: object) -> SlackResponse:
        try:
            answer = super().apps_connections_open(app_token=app_token, **arguments)
        except SlackApiError as refused:
            self.note(understood(refused))
            raise
        self.note(None)
        return answer

    def note(self, refusal: str | None) -> None:
        """Log a change of the refusal code, once per change and not at every retry."""
        if refusal == self.refusal:
            return
        self.refusal = refusal
        if refusal is None:
            logger.info("Slack accepts SLACK_APP_TOKEN again")
        else:
            words = "Slack rejected SLACK_APP_TOKEN, so no one can use Weft"
            logger.error(words, extra={"code": refusal})


class Socket:
    """A Socket Mode connection that is kept open and renewed when it breaks."""

    def __init__(
        self, app: App, app_token: str, clock: Clock, sdk_logger: logging.Logger, *, on_gap: Callable[[], None]
    ) -> None:
        """`on_gap`: called on reconnecting after a gap, during which events were lost."""
        self.clock, self.on_gap = clock, on_gap
        self.heard_at: datetime | None = None
        self.door = Door(base_url=app.client.base_url, timeout=TIMEOUT, retry_handlers=[])
        self.handler = SocketModeHandler(
            app,
            app_token,
            logger=sdk_logger,
            web_client=self.door,
            proxy=app.client.proxy,
            ping_interval=LOOK_EVERY,
            concurrency=AT_ONCE,
        )
        self.handler.client.on_message_listeners.append(self.heard)

    def connect(self) -> None:
        self.handler.connect()  # type: ignore[no-untyped-call]

    def close(self) -> None:
        self.handler.close()  # type: ignore[no-untyped-call]

    def heard(self, message: str) -> None:
        before, self.heard_at = self.heard_at, self.clock.now()
        if before is not None and self.heard_at - before > GAP and is_hello(message):
            self.on_gap()

    def contact(self) -> Contact:
        moments = [moment for moment in (self.heard_at, self.ponged_at()) if moment is not None]
        return Contact(self.handler.client.is_connected(), max(moments, default=None), self.door.refusal)

    def ponged_at(self) -> datetime | None:
        session = self.handler.client.current_session
        seconds = session.last_ping_pong_time if session is not None else None
        return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


def is_hello(message: str) -> bool:
    """Return whether this is a connection's first message. Searches before it parses, for speed in busy workspaces."""
    return '"hello"' in message and json.loads(message).get("type") == "hello"

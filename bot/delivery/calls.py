"""The few calls that delivery makes, each within Slack's limits."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web import SlackResponse

from bot.core.clock import Clock
from bot.core.message import Message
from bot.core.watcher import NOBODY, Watcher
from bot.delivery.failures import understand
from bot.delivery.pacing import CHANGE, HISTORY, OPEN, PERSON, POST, REMOVE, REPLIES, Pacer
from storage.outbox import OutboxMessage

METADATA_TYPE = "weft_message"
CLOCKS_DIFFER_BY = timedelta(minutes=5)


class NotReadyError(SlackClientError):
    """A limit of Slack's says: not yet."""


@dataclass(frozen=True, slots=True)
class Posted:
    channel: str
    ts: str | None
    """Not known of a file that was shared: Slack does not tell."""


class PacedCalls:
    """A client without retries of its own: a request that is sent again by a library can post twice."""

    def __init__(self, client: WebClient, clock: Clock, pacer: Pacer, watcher: Watcher = NOBODY) -> None:
        self.client, self.clock, self.pacer, self.watcher = client, clock, pacer, watcher

    def ready_at(self, method: str, channel: str | None = None) -> datetime:
        return self.pacer.ready_at(method, self.clock.now(), channel)

    def is_ready(self, method: str, channel: str | None = None) -> bool:
        return self.ready_at(method, channel) <= self.clock.now()

    def call(self, method: str, request: Callable[[], SlackResponse], channel: str | None = None) -> SlackResponse:
        if not self.is_ready(method, channel):
            raise NotReadyError(method)
        try:
            return request()
        except SlackApiError as error:
            wait = understand(error).retry_after
            if wait is not None:
                self.pacer.wait(method, self.clock.now() + wait)
                self.watcher.turned_away(method)
            raise
        finally:
            self.pacer.called(method, self.clock.now(), channel)

    def open(self, people: Sequence[str]) -> str:
        """The conversation of these people. Asking twice gives the same one."""
        answer = self.call(OPEN, lambda: self.client.conversations_open(users=list(people)))
        channel: str = answer["channel"]["id"]
        return channel

    def post(self, row: OutboxMessage, words: Message) -> Posted:
        metadata = {"event_type": METADATA_TYPE, "event_payload": {"key": opaque_key(row)}}
        answer = self.call(
            POST,
            lambda: self.client.chat_postMessage(
                channel=address(row),
                text=words.text,
                blocks=words.blocks or None,
                metadata=metadata,
                thread_ts=row.thread_ts,
                unfurl_links=False,
                unfurl_media=False,
            ),
            address(row),
        )
        return Posted(answer["channel"], answer["ts"])

    def change(self, row: OutboxMessage, at: Posted) -> Posted:
        """Done twice, it is done once: the words are the same."""
        text, blocks, ts = row.text, row.blocks or None, at.ts or ""
        self.call(CHANGE, lambda: self.client.chat_update(channel=at.channel, ts=ts, text=text, blocks=blocks))
        return at

    def remove(self, at: Posted) -> Posted:
        """What is gone already is removed."""
        try:
            self.call(REMOVE, lambda: self.client.chat_delete(channel=at.channel, ts=at.ts or ""))
        except SlackApiError as refusal:
            if understand(refusal).code != "message_not_found":
                raise
        return at

    def find(self, row: OutboxMessage, uploaded_id: str | None = None) -> Posted | None:
        """Search the conversation for this message, or its file, posted by an attempt whose answer never came."""
        channel = row.conversation_id or (self.open(row.people) if row.people else row.recipient)
        oldest = (row.first_attempt_at or self.clock.now()) - CLOCKS_DIFFER_BY
        cursor: str | None = None
        while True:
            page = self.history(channel, oldest, cursor, row.thread_ts)
            for message in page["messages"]:
                if is_this(message, row, uploaded_id):
                    return Posted(channel, message["ts"])
            cursor = (page.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                return None

    def history(self, channel: str, oldest: datetime, cursor: str | None, thread_ts: str | None) -> SlackResponse:
        since = f"{oldest.timestamp():.6f}"
        if thread_ts is not None:
            return self.call(
                REPLIES,
                lambda: self.client.conversations_replies(
                    channel=channel, ts=thread_ts, oldest=since, include_all_metadata=True, limit=100, cursor=cursor
                ),
            )
        return self.call(
            HISTORY,
            lambda: self.client.conversations_history(
                channel=channel, oldest=since, include_all_metadata=True, limit=100, cursor=cursor
            ),
        )

    def is_gone(self, person_id: str) -> bool:
        """Slack refuses a whole group without naming the one it can't reach, so each is looked up."""
        try:
            answer = self.call(PERSON, lambda: self.client.users_info(user=person_id))
        except SlackApiError as error:
            return understand(error).code in {"user_not_found", "user_not_visible"}
        except (SlackClientError, OSError, ValueError):
            return False
        return bool(answer["user"].get("deleted"))


def address(row: OutboxMessage) -> str:
    return row.conversation_id or row.recipient


def opaque_key(row: OutboxMessage) -> str:
    """Metadata can be read by every app of the workspace: the key must say nothing."""
    return hashlib.sha256(f"{row.workspace_id}:{row.posted_under}".encode()).hexdigest()[:32]


def is_this(message: dict[str, Any], row: OutboxMessage, uploaded_id: str | None) -> bool:
    if uploaded_id is not None:
        return any(file.get("id") == uploaded_id for file in message.get("files") or [])
    return key_of(message) == opaque_key(row)


def key_of(message: dict[str, Any]) -> str | None:
    payload = (message.get("metadata") or {}).get("event_payload") or {}
    key: str | None = payload.get("key")
    return key

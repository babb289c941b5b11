"""The Slack calls that delivery makes, paced within rate limits, and validation of their responses."""

import hashlib
import re
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse
from sqlalchemy.exc import SQLAlchemyError

from bot.core.clients import PostingClient
from bot.core.clock import Clock
from bot.core.message import Message
from bot.core.slack_time import SlackTime
from bot.core.watcher import NULL_METRICS, Metrics
from bot.delivery.failures import Meaning, OddAnswerError, understand
from bot.delivery.pacing import CHANGE, HISTORY, OPEN, PERSON, POST, REMOVE, REPLIES, Pacer
from storage.outbox.outgoing import Claimed, Outgoing

METADATA_TYPE = "weft_message"
CLOCKS_DIFFER_BY = timedelta(minutes=5)
TS = re.compile(r"[0-9]{1,12}\.[0-9]{1,9}")
CONVERSATION = re.compile(r"[A-Z0-9]{2,32}")


class NotReadyError(Exception):
    """A rate limit does not allow the call yet."""


@dataclass(frozen=True, slots=True)
class Posted:
    channel: str
    ts: str | None
    """None for a shared file: Slack doesn't return it."""

    @property
    def age_order(self) -> tuple[int, ...]:
        return ts_order(self.ts or "0.0")


def ts_order(ts: str) -> tuple[int, ...]:
    return tuple(int(part) for part in ts.split("."))


class PacedCalls:
    """Paced calls through a client without retries: a library that resends a request could post twice."""

    def __init__(
        self,
        client: PostingClient,
        clock: Clock,
        pacer: Pacer,
        watcher: Metrics = NULL_METRICS,
        slack_time: SlackTime | None = None,
        fence: Callable[[], AbstractContextManager[None]] = nullcontext,
    ) -> None:
        """`fence` wraps each request with a visible effect."""
        self.client, self.clock, self.pacer, self.watcher = client, clock, pacer, watcher
        self.slack_time, self.fence = slack_time or SlackTime(clock), fence
        self._conversations: dict[tuple[str, ...], str] = {}
        """Conversations opened to search their history, by recipient: the id of a person's never changes."""

    def ready_at(self, method: str, channel: str | None = None) -> timedelta:
        """Return when the method may be called, in monotonic time."""
        return self.pacer.ready_at(method, self.clock.monotonic(), channel)

    def is_ready(self, method: str, channel: str | None = None) -> bool:
        return self.ready_at(method, channel) <= self.clock.monotonic()

    def call(self, method: str, request: Callable[[], SlackResponse], channel: str | None = None) -> SlackResponse:
        if not self.is_ready(method, channel):
            raise NotReadyError(method)
        try:
            answer = request()
            self.note_date(answer)
            return answer
        except SlackApiError as error:
            self.note_date(error.response)
            failure = understand(error)
            if failure.meaning is Meaning.LATER and failure.retry_after is not None:
                self.pacer.wait(method, self.clock.monotonic() + failure.retry_after)
                self.watcher.turned_away(method)
            raise
        finally:
            self.pacer.called(method, self.clock.monotonic(), channel)

    def note_date(self, answer: object) -> None:
        """Note Slack's time. The date of a portal or a proxy that answers instead says nothing about it."""
        if isinstance(answer, SlackResponse) and isinstance(answer.data, dict) and "ok" in answer.data:
            self.slack_time.note(answer.headers)

    def open(self, people: Sequence[str]) -> str:
        """Open the conversation with these people. Idempotent."""
        answer = self.call(OPEN, lambda: self.client.conversations_open(users=list(people)))
        return conversation_in(fields_of(fields_of(answer).get("channel")).get("id"))

    def post(self, row: Outgoing, words: Message) -> Posted:
        metadata = {"event_type": METADATA_TYPE, "event_payload": {"key": opaque_key(row)}}
        with self.fence():
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
        fields = done(answer)
        return Posted(conversation_in(fields.get("channel")), ts_in(fields.get("ts")))

    def change(self, row: Claimed, at: Posted) -> Posted:
        """Update a message. Idempotent: repeating it sets the same content."""
        text, blocks, ts = row.text, row.blocks or None, at.ts or ""
        with self.fence():
            answer = self.call(
                CHANGE, lambda: self.client.chat_update(channel=at.channel, ts=ts, text=text, blocks=blocks)
            )
        done(answer)
        return at

    def remove(self, at: Posted) -> Posted:
        """Delete a message; one that is gone already counts as deleted. Needs no fence: a late deletion is fine too."""
        try:
            done(self.call(REMOVE, lambda: self.client.chat_delete(channel=at.channel, ts=at.ts or "")))
        except SlackApiError as refusal:
            if understand(refusal).code != "message_not_found":
                raise
        return at

    def copies(self, row: Outgoing, uploaded_id: str | None = None) -> list[Posted]:
        """Find the posts of this message (or of its file) in the conversation, oldest first.

        Deleting all but the oldest needs no lock: the oldest of all is the oldest of any list that contains it, so no
        process ever deletes it.
        """
        channel = self.conversation_of(row)
        oldest = (row.first_attempt_at or self.slack_time.now() or self.clock.now()) - CLOCKS_DIFFER_BY
        found: list[Posted] = []
        cursor: str | None = None
        while True:
            page = done(self.history(channel, oldest, cursor, row.thread_ts))
            found += [
                Posted(channel, ts_in(message.get("ts")))
                for message in messages_in(page)
                if is_this(message, row, uploaded_id)
            ]
            cursor = fields_of(page.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                return sorted(found, key=lambda one: one.age_order)

    def conversation_of(self, row: Outgoing) -> str:
        people = tuple(row.people)
        if row.conversation_id or not people:
            return address(row)
        if people not in self._conversations:
            self._conversations[people] = self.open(people)
        return self._conversations[people]

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
        """Return whether a person is unreachable. Slack refuses a whole group without naming the one it can't reach."""
        try:
            answer = self.call(PERSON, lambda: self.client.users_info(user=person_id))
            return bool(fields_of(done(answer).get("user")).get("deleted"))
        except SlackApiError as error:
            return understand(error).code in {"user_not_found", "user_not_visible"}
        except SQLAlchemyError:
            raise
        except Exception:  # An invalid response proves nothing.
            return False


def address(row: Outgoing) -> str:
    return row.conversation_id or row.recipient


def opaque_key(row: Outgoing) -> str:
    """Return a hash of the message's key. Every app of the workspace can read metadata, so it must reveal nothing."""
    return hashlib.sha256(f"{row.workspace_id}:{row.key}".encode()).hexdigest()[:32]


def is_this(message: dict[str, Any], row: Outgoing, uploaded_id: str | None) -> bool:
    if uploaded_id is not None:
        files = message.get("files")
        return isinstance(files, list) and any(isinstance(one, dict) and one.get("id") == uploaded_id for one in files)
    return key_of(message) == opaque_key(row)


def key_of(message: dict[str, Any]) -> str | None:
    metadata = message.get("metadata")
    payload = metadata.get("event_payload") if isinstance(metadata, dict) else None
    key = payload.get("key") if isinstance(payload, dict) else None
    return key if isinstance(key, str) else None


# Validation of responses: portals and proxies answer as well, and what they say must not count as Slack's


def fields_of(value: object) -> dict[str, Any]:
    fields = value.data if isinstance(value, SlackResponse) else value
    if not isinstance(fields, dict):
        raise OddAnswerError("not an object")
    return fields


def done(answer: object) -> dict[str, Any]:
    """Return the fields of a successful response. Raises OddAnswerError without `ok`."""
    fields = fields_of(answer)
    if isinstance(answer, SlackResponse) and fields.get("ok") is not True:
        raise OddAnswerError("ok")
    return fields


def conversation_in(value: object) -> str:
    if not isinstance(value, str) or not CONVERSATION.fullmatch(value):
        raise OddAnswerError("channel")
    return value


def ts_in(value: object) -> str:
    if not isinstance(value, str) or not TS.fullmatch(value):
        raise OddAnswerError("ts")
    return value


def messages_in(page: dict[str, Any]) -> list[dict[str, Any]]:
    messages = page.get("messages")
    if not isinstance(messages, list) or not all(isinstance(one, dict) for one in messages):
        raise OddAnswerError("messages")
    return messages

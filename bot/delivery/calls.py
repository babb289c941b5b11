"""The few calls that delivery makes, each within Slack's limits, and what their answers must look like."""

import hashlib
import re
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse
from sqlalchemy.exc import SQLAlchemyError

from bot.core.clock import Clock
from bot.core.message import Message
from bot.core.slack_time import SlackTime
from bot.core.watcher import NOBODY, Watcher
from bot.delivery.failures import Meaning, OddAnswerError, understand
from bot.delivery.pacing import CHANGE, HISTORY, OPEN, PERSON, POST, REMOVE, REPLIES, Pacer
from storage.outbox import OutboxMessage

METADATA_TYPE = "weft_message"
CLOCKS_DIFFER_BY = timedelta(minutes=5)
TS = re.compile(r"[0-9]{1,12}\.[0-9]{1,9}")
CONVERSATION = re.compile(r"[A-Z0-9]{2,32}")


class NotReadyError(Exception):
    """A limit of Slack's says: not yet."""


@dataclass(frozen=True, slots=True)
class Posted:
    channel: str
    ts: str | None
    """Not known of a file that was shared: Slack does not tell."""

    @property
    def age_order(self) -> tuple[int, ...]:
        return ts_order(self.ts or "0.0")


def ts_order(ts: str) -> tuple[int, ...]:
    return tuple(int(part) for part in ts.split("."))


class PacedCalls:
    """A client without retries of its own: a request that is sent again by a library can post twice."""

    def __init__(
        self,
        client: WebClient,
        clock: Clock,
        pacer: Pacer,
        watcher: Watcher = NOBODY,
        slack_time: SlackTime | None = None,
        fence: Callable[[], AbstractContextManager[None]] = nullcontext,
    ) -> None:
        """`fence` is put around each request that people see."""
        self.client, self.clock, self.pacer, self.watcher = client, clock, pacer, watcher
        self.slack_time, self.fence = slack_time or SlackTime(clock), fence
        self._conversations: dict[tuple[str, ...], str] = {}
        """The conversations that were opened to search them: a person's stays the same for good."""

    def ready_at(self, method: str, channel: str | None = None) -> timedelta:
        """By the monotonic clock."""
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
        if isinstance(answer, SlackResponse):
            self.slack_time.note(answer.headers)

    def open(self, people: Sequence[str]) -> str:
        """The conversation of these people. Asking twice gives the same one."""
        answer = self.call(OPEN, lambda: self.client.conversations_open(users=list(people)))
        return conversation_in(fields_of(fields_of(answer).get("channel")).get("id"))

    def post(self, row: OutboxMessage, words: Message) -> Posted:
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

    def change(self, row: OutboxMessage, at: Posted) -> Posted:
        """Done twice, it is done once: the words are the same."""
        text, blocks, ts = row.text, row.blocks or None, at.ts or ""
        with self.fence():
            answer = self.call(
                CHANGE, lambda: self.client.chat_update(channel=at.channel, ts=ts, text=text, blocks=blocks)
            )
        done(answer)
        return at

    def remove(self, at: Posted) -> Posted:
        """What is gone already is removed. Without a fence: whenever it is carried out, it is what was wanted."""
        try:
            done(self.call(REMOVE, lambda: self.client.chat_delete(channel=at.channel, ts=at.ts or "")))
        except SlackApiError as refusal:
            if understand(refusal).code != "message_not_found":
                raise
        return at

    def copies(self, row: OutboxMessage, uploaded_id: str | None = None) -> list[Posted]:
        """Search the conversation for this message, or its file, as attempts posted it. The oldest comes first.

        Deleting all but the oldest of them is safe without a lock: the oldest of all is the oldest of every list that
        contains it, so no one ever deletes it.
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

    def conversation_of(self, row: OutboxMessage) -> str:
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
        """Slack refuses a whole group without naming the one it can't reach, so each is looked up."""
        try:
            answer = self.call(PERSON, lambda: self.client.users_info(user=person_id))
            return bool(fields_of(done(answer).get("user")).get("deleted"))
        except SlackApiError as error:
            return understand(error).code in {"user_not_found", "user_not_visible"}
        except SQLAlchemyError:
            raise
        except Exception:  # Any answer that is none: then it is not known that they are gone.
            return False


def address(row: OutboxMessage) -> str:
    return row.conversation_id or row.recipient


def opaque_key(row: OutboxMessage) -> str:
    """Metadata can be read by every app of the workspace: the key must say nothing."""
    return hashlib.sha256(f"{row.workspace_id}:{row.posted_under}".encode()).hexdigest()[:32]


def is_this(message: dict[str, Any], row: OutboxMessage, uploaded_id: str | None) -> bool:
    if uploaded_id is not None:
        files = message.get("files")
        return isinstance(files, list) and any(isinstance(one, dict) and one.get("id") == uploaded_id for one in files)
    return key_of(message) == opaque_key(row)


def key_of(message: dict[str, Any]) -> str | None:
    metadata = message.get("metadata")
    payload = metadata.get("event_payload") if isinstance(metadata, dict) else None
    key = payload.get("key") if isinstance(payload, dict) else None
    return key if isinstance(key, str) else None


# What an answer must look like: whatever else comes, from a portal or a proxy, is not Slack's word


def fields_of(value: object) -> dict[str, Any]:
    fields = value.data if isinstance(value, SlackResponse) else value
    if not isinstance(fields, dict):
        raise OddAnswerError("not an object")
    return fields


def done(answer: object) -> dict[str, Any]:
    """What an answer says that says "done"."""
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

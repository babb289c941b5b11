"""Dispatches Slack's events to the handlers of all features, and retries failed ones.

Bolt calls only the first matching listener, so one listener per event type dispatches to all handlers. By then the
event is acknowledged, and Slack never sends it again: a handler that fails is retried with the same event, and when
the retries are exhausted, a resync with Slack is requested.
"""

import logging
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from slack_bolt import App
from slack_sdk import WebClient

from bot.core import resync
from bot.core.clients import PostingClient, ReadingClient
from bot.core.feature import Clients, Event, EventHandler, Feature
from bot.core.work import Bot
from bot.slack.client import SLACK_FAILURES, reads_of
from bot.slack.payload import Payload
from storage.db import is_busy

logger = logging.getLogger(__name__)

CHANNEL_TYPES = {"channel": "channels", "group": "groups", "im": "im", "mpim": "mpim"}
"""Maps `channel_type` of message events to the suffix of the event type in the manifest."""
RETRY_AFTER = (timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=10), timedelta(minutes=30))
MOST_RETRIES = 1000
"""Size of the retry queue. Events beyond it are left to the resync."""
RETRIES = "events.retries"

Handlers = Mapping[str, tuple[EventHandler, ...]]
"""Handlers by event type, named as in the manifest: `reaction_added`, `message.channels`."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """A call of one handler with one event."""

    kind: str
    call: Callable[[], None]
    failed: int = 0
    due_at: datetime | None = None


def listen(app: App, bot: Bot, features: Iterable[Feature]) -> None:
    handlers = handlers_by_kind(features)
    reads = reads_of(app.client)
    for kind in {kind.partition(".")[0] for kind in handlers}:
        app.event(kind)(partial(dispatch, bot, handlers, reads))


def handlers_by_kind(features: Iterable[Feature]) -> Handlers:
    handlers: dict[str, tuple[EventHandler, ...]] = {}
    for feature in features:
        for table in feature.slack_events:
            for kind, handler in table.items():
                handlers[kind] = (*handlers.get(kind, ()), handler)
    return handlers


def dispatch(
    bot: Bot, handlers: Handlers, reads: ReadingClient, event: Event, body: Payload, client: WebClient
) -> None:
    """Call all handlers of an event, each isolated from the others' failures."""
    event = with_team(event, body.get("team_id"))
    kind = kind_of(event)
    for handler in handlers.get(kind, ()):
        run(bot, Attempt(kind, partial(handler, bot, Clients(reads=reads, posts=PostingClient(client)), event)))


def run(bot: Bot, attempt: Attempt) -> None:
    try:
        attempt.call()
    except Exception as problem:
        if isinstance(problem, SLACK_FAILURES) or is_busy(problem):
            about = {"event": attempt.kind, "kind": type(problem).__name__}
            logger.warning("an event handler did not get through", extra=about)
        else:
            logger.exception("an event handler failed", extra={"event": attempt.kind})
        retry_later(bot, attempt)


def retry_later(bot: Bot, attempt: Attempt) -> None:
    retries: deque[Attempt] = bot.memory.setdefault(RETRIES, deque())
    if attempt.failed < len(RETRY_AFTER) and len(retries) < MOST_RETRIES:
        due_at = bot.clock.now() + RETRY_AFTER[attempt.failed]
        retries.append(replace(attempt, failed=attempt.failed + 1, due_at=due_at))
    else:
        logger.error("an event was given up; Slack is read again instead", extra={"event": attempt.kind})
        resync.request(bot)


def retry_due(bot: Bot, _client: ReadingClient) -> None:
    """Retry each due attempt once; those that fail again go to the end of the queue."""
    retries: deque[Attempt] = bot.memory.get(RETRIES, deque())
    for _ in range(len(retries)):
        attempt = retries.popleft()
        if attempt.due_at is None or attempt.due_at <= bot.clock.now():
            run(bot, attempt)
        else:
            retries.append(attempt)


def with_team(event: Event, team_id: str | None) -> Event:
    """Fill in a missing team of the event's user from the payload; in a shared channel it may be another company's."""
    user = event.get("user")
    return event | {"user": {"team_id": team_id} | user} if team_id and isinstance(user, dict) else event


def kind_of(event: Event) -> str:
    kind = str(event.get("type"))
    if kind != "message":
        return kind
    where = str(event.get("channel_type"))
    return f"message.{CHANNEL_TYPES.get(where, where)}"

"""The unit of work: a transaction, and what services need during it."""

import random
from collections.abc import Callable, Generator, Iterable, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any, Generic, Self, TypeVar

from sqlalchemy.orm import Session

from bot.core.clock import Clock
from bot.core.message import File, Message
from bot.core.parts import parts
from bot.core.watcher import NULL_METRICS, Metrics
from storage.db import Database
from storage.kinds import Attention, Deed, Importance, MessageKind
from storage.locks import lock_name
from storage.outbox import outbox
from storage.outbox.files import OutboxFile
from storage.outbox.keys import MessageKey, as_key
from storage.scope import Scope

ACTOR: ContextVar[str] = ContextVar("actor", default="")
"""Id of the person whose interaction or event is being handled; empty for the bot's own jobs."""


Answer = TypeVar("Answer")


class DomainEvent(Generic[Answer]):
    """Something that happened in one feature and that others handle in the same transaction."""

    __slots__ = ()

    @classmethod
    def on(cls, *handlers: "Callable[[Work, Self], Answer]") -> "Subscription":
        """Handlers of this event, as a feature lists them."""
        return cls, handlers


Subscription = tuple[type[DomainEvent[Any]], tuple[Callable[["Work", Any], Any], ...]]
Handlers = Mapping[type[DomainEvent[Any]], tuple[Callable[["Work", Any], Any], ...]]


@dataclass(frozen=True)
class Work(Scope):
    """A transaction with its timestamp, random generator, and an outbox for messages to send on commit."""

    rng: random.Random
    handlers: Handlers = field(default_factory=dict)

    def raise_(self, event: DomainEvent[Answer]) -> list[Answer]:
        """Call all handlers of this event, in the order of the features. Returns their answers."""
        return [handler(self, event) for handler in self.handlers.get(type(event), ())]

    def send(
        self,
        message: Message,
        *,
        to: str | Iterable[str],
        key: MessageKey | str,
        at: datetime | None = None,
        importance: Importance = Importance.PERSONAL,
        attention: Attention = Attention.ASKED_FOR,
        until: datetime | None = None,
        file: File | None = None,
        thread_ts: str | None = None,
        again: bool = False,
    ) -> bool:
        """Put a message into the outbox for a channel, a person or a group. Returns False if the key already exists.

        A message that is too large is split; the other parts get the keys `…:part:2` and so on.
        `attention`: whether it counts against the recipient's quota. `until`: expiry, after which it is not sent.
        `file`: posted after the message, which goes out in any case. `thread_ts`: the message it replies to.
        `again`: requeue the message if it was cancelled before it was sent.
        """
        recipient = to if isinstance(to, str) else outbox.BETWEEN_PEOPLE.join(sorted(to))
        first, *others = parts(message)
        named = as_key(key)
        put = partial(
            outbox.put,
            self,
            recipient=recipient,
            text=message.text,
            due_at=at or self.now,
            importance=importance,
            expires_at=until,
            thread_ts=thread_ts,
            again=again,
        )
        is_new = put(
            key=named,
            blocks=first.blocks,
            attention=attention,
            file=kept(file) if file is not None else None,
        )
        for number, part in enumerate(others if is_new else (), 2):
            put(key=named.numbered(number), blocks=part.blocks)
        return is_new

    def take_back(self, *keys: MessageKey | str) -> None:
        """Cancel messages that were not sent yet."""
        outbox.cancel(self, keys=keys)

    def take_back_about(self, *kinds: MessageKind, subject_id: int, to: str | None = None) -> None:
        """Messages of these kinds about this row. `to`: only what is for this person alone."""
        outbox.cancel_about(self, *kinds, subject_id=subject_id, recipient=to)

    def rewrite(self, key: str, message: Message) -> None:
        """Replace the content of an unsent message."""
        outbox.rewrite_waiting(self, key=key, text=message.text, blocks=message.blocks)

    def change(self, key: MessageKey | str, message: Message) -> bool:
        """Replace the content of a message, whether sent or not. Returns False if it no longer exists."""
        return outbox.change(self, key=as_key(key).text, deed=Deed.CHANGE, text=message.text, blocks=message.blocks)

    def remove(self, key: MessageKey | str) -> bool:
        """Delete a message, whether sent or not. Returns False if it no longer exists."""
        return outbox.change(self, key=as_key(key).text, deed=Deed.REMOVE, text="", blocks=[])


def kept(file: File) -> OutboxFile:
    return OutboxFile(name=file.name[:255], title=file.title[:255], alt=file.alt[:1000], content=file.data)


@dataclass(frozen=True)
class Bot:
    db: Database
    clock: Clock
    rng: random.Random
    workspace_id: str
    handlers: Handlers = field(default_factory=dict)
    """The handlers of all features, by the type of the domain event."""
    watcher: Metrics = NULL_METRICS
    memory: dict[str, Any] = field(default_factory=dict, compare=False)
    """Process-local state of features, by name. Lost on exit."""
    process: str = ""
    """Unique id of this process among those that share the database."""

    @contextmanager
    def begin(self) -> Generator[Work]:
        """Open a transaction that commits at the end, or rolls back on an exception.

        Transactions of the same acting person are serialized across processes by a lock, so what a service reads can't
        be changed by another click of theirs before it writes.
        """
        with self.db.transaction() as session:
            if actor := ACTOR.get():
                lock_name(session, f"{self.workspace_id}:{actor}")
            yield self.work(session)

    @contextmanager
    def look(self) -> Generator[Work]:
        """Open a read-only snapshot that blocks no writer."""
        with self.db.snapshot() as session:
            yield self.work(session)

    def work(self, session: Session) -> Work:
        dice = random.Random(self.rng.getrandbits(64))  # noqa: S311 - chance for matching, not for secrets
        return Work(session, self.workspace_id, self.clock.now(), dice, self.handlers)

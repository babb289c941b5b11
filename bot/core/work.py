"""The unit of work: a transaction, and what services need during it."""

import random
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from bot.core.clock import Clock
from bot.core.message import Block, File, Message
from bot.core.page import Page
from bot.core.parts import parts
from bot.core.watcher import NOBODY, Watcher
from storage.db import Database
from storage.kinds import Attention, Deed, Importance
from storage.locks import lock_name
from storage.outbox import outbox
from storage.outbox.files import OutboxFile
from storage.outbox.outbox import OutboxMessage
from storage.scope import Scope

ACTOR: ContextVar[str] = ContextVar("actor", default="")
"""Id of the person whose interaction or event is being handled; empty for the bot's own jobs."""


@dataclass(frozen=True)
class Work(Scope):
    """A transaction with its timestamp, random generator, and an outbox for messages to send on commit."""

    rng: random.Random
    plugs: "Plugs"
    """Hooks through which features extend each other."""

    def send(
        self,
        message: Message,
        *,
        to: str | Iterable[str],
        key: str,
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
            key=key,
            blocks=first.blocks,
            attention=attention,
            file=kept(file) if file is not None else None,
        )
        for number, part in enumerate(others if is_new else (), 2):
            put(key=f"{key}:part:{number}", blocks=part.blocks)
        return is_new

    def take_back(self, *keys: str) -> None:
        """Cancel messages that were not sent yet."""
        outbox.cancel(self, keys=keys)

    def take_back_all(self, beginning: str, *, to: str | None = None) -> None:
        """Cancel unsent messages whose key equals or extends this one: `round:17:intro:4:without:U12`.

        `to`: only those for this one recipient.
        """
        outbox.cancel_beginning(self, beginning=beginning, recipient=to)

    def waiting(self, beginning: str) -> Sequence[OutboxMessage]:
        """Return the unsent messages whose key equals or extends this one."""
        return outbox.waiting(self, beginning=beginning)

    def rewrite(self, key: str, message: Message) -> None:
        """Replace the content of an unsent message."""
        outbox.rewrite_waiting(self, key=key, text=message.text, blocks=message.blocks)

    def change(self, key: str, message: Message) -> bool:
        """Replace the content of a message, whether sent or not. Returns False if it no longer exists."""
        return outbox.change(self, key=key, deed=Deed.CHANGE, text=message.text, blocks=message.blocks, now=self.now)

    def remove(self, key: str) -> bool:
        """Delete a message, whether sent or not. Returns False if it no longer exists."""
        return outbox.change(self, key=key, deed=Deed.REMOVE, text="", blocks=[], now=self.now)


def kept(file: File) -> OutboxFile:
    return OutboxFile(name=file.name[:255], title=file.title[:255], alt=file.alt[:1000], content=file.data)


@dataclass(frozen=True, slots=True)
class Met:
    """A meeting that one participant has just confirmed."""

    person_id: str
    """Person who confirmed it."""
    partners: tuple[str, ...]
    origin: str
    """Source of the meeting as stored: `match:12`."""


WhenGone = Callable[[Work, str], None]
AfterMeeting = Callable[[Work, Met], list[dict[str, Any]]]
"""Returns a feature's buttons for a person who has just confirmed a meeting."""
WaysToTeam = Callable[[Work, str, str], list[Block]]
"""Returns a feature's blocks for a person who wants a coffee with a team."""
DrawHome = Callable[[Work, str, Page], list[Block]]


def empty_home(work: Work, person_id: str, page: Page) -> list[Block]:
    return []


@dataclass(frozen=True)
class Plugs:
    """Hooks that features provide for each other, collected from the list of features."""

    when_gone: tuple[WhenGone, ...] = ()
    """Called when a person left the company or can't be reached."""
    after_meeting: tuple[AfterMeeting, ...] = ()
    ways_to_team: tuple[WaysToTeam, ...] = ()
    draw_home: DrawHome = empty_home


@dataclass(frozen=True)
class Bot:
    db: Database
    clock: Clock
    rng: random.Random
    workspace_id: str
    plugs: Plugs = Plugs()
    watcher: Watcher = NOBODY
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
        return Work(session, self.workspace_id, self.clock.now(), dice, self.plugs)

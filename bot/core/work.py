"""One transaction, and everything a service needs while it lasts."""

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
"""The id of the person whose click, command or event is being handled; empty for what the bot does by itself."""


@dataclass(frozen=True)
class Work(Scope):
    """A transaction, the moment it happens in, its dice, and a way to send messages when it succeeds."""

    rng: random.Random
    plugs: "Plugs"
    """Where features have their say in what another one does."""

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
        """Put a message into the outbox, for a channel, a person or several. False when the key is known.

        `attention`: whether it counts against the budget of whoever gets it. `until`: from then on the message has
        lost its sense and is not sent any more. What is too large for one message goes in several, whose keys go on
        from this one: `…:part:2`. `file`: it follows the message, which is posted in any case. `thread_ts`: the
        message that it answers. `again`: if it was taken back before it was sent, it counts after all.
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
        """Messages that are not sent yet and should not be."""
        outbox.cancel(self, keys=keys)

    def take_back_all(self, beginning: str, *, to: str | None = None) -> None:
        """The message of this key, and those whose keys go on from it: `round:17:intro:4:without:U12`.

        `to`: only what is for this person alone.
        """
        outbox.cancel_beginning(self, beginning=beginning, recipient=to)

    def waiting(self, beginning: str) -> Sequence[OutboxMessage]:
        """Messages that are not sent yet: the one of this key, and those whose keys go on from it."""
        return outbox.waiting(self, beginning=beginning)

    def rewrite(self, key: str, message: Message) -> None:
        """Other words for a message that is not sent yet."""
        outbox.rewrite_waiting(self, key=key, text=message.text, blocks=message.blocks)

    def change(self, key: str, message: Message) -> bool:
        """Other words for a message, be it sent or not. False when it is not there any more."""
        return outbox.change(self, key=key, deed=Deed.CHANGE, text=message.text, blocks=message.blocks, now=self.now)

    def remove(self, key: str) -> bool:
        """Take a message back, be it sent or not. False when it is not there any more."""
        return outbox.change(self, key=key, deed=Deed.REMOVE, text="", blocks=[], now=self.now)


def kept(file: File) -> OutboxFile:
    return OutboxFile(name=file.name[:255], title=file.title[:255], alt=file.alt[:1000], content=file.data)


@dataclass(frozen=True, slots=True)
class Met:
    """People met, and one of them has just said so."""

    person_id: str
    """Who said so."""
    partners: tuple[str, ...]
    origin: str
    """What brought it about, as the meeting keeps it: `match:12`."""


WhenGone = Callable[[Work, str], None]
AfterMeeting = Callable[[Work, Met], list[dict[str, Any]]]
"""Buttons that a feature offers to somebody who has just met people."""
WaysToTeam = Callable[[Work, str, str], list[Block]]
"""What a feature makes of somebody's wish to have coffee with a team."""
DrawHome = Callable[[Work, str, Page], list[Block]]


def empty_home(work: Work, person_id: str, page: Page) -> list[Block]:
    return []


@dataclass(frozen=True)
class Plugs:
    """What features do in moments that belong to others: put together from the list of features."""

    when_gone: tuple[WhenGone, ...] = ()
    """Somebody left the company or can't be reached any more."""
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
    """What features keep in this process alone, each under its name. It is lost with the process."""
    process: str = ""
    """The name by which the processes that share a database tell each other apart."""

    @contextmanager
    def begin(self) -> Generator[Work]:
        """Open a transaction; it is committed at the end, or nothing of it happened.

        What one person does at the same moment, in whichever process, is decided one after the other: so whatever a
        service looks at before it acts has not changed by another click of theirs.
        """
        with self.db.transaction() as session:
            if actor := ACTOR.get():
                lock_name(session, f"{self.workspace_id}:{actor}")
            yield self.work(session)

    @contextmanager
    def look(self) -> Generator[Work]:
        """Read without keeping any writer waiting."""
        with self.db.snapshot() as session:
            yield self.work(session)

    def work(self, session: Session) -> Work:
        dice = random.Random(self.rng.getrandbits(64))  # noqa: S311 - chance for matching, not for secrets
        return Work(session, self.workspace_id, self.clock.now(), dice, self.plugs)

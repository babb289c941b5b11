"""Outbox: messages to send, and their outcome."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Index,
    String,
    UniqueConstraint,
    delete,
    exists,
    func,
    select,
    text,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column

from storage.kinds import Attention, Deed, DeliveryState, Importance, MessageKind
from storage.outbox.files import OutboxFile
from storage.outbox.keys import MessageKey, as_key
from storage.schema import SlackId, Table
from storage.scope import Scope
from storage.upsert import insert_into

BETWEEN_PEOPLE = ","


class OutboxMessage(Table):
    """One message to one conversation, deduplicated by its key."""

    __tablename__ = "outbox_messages"
    __table_args__ = (
        UniqueConstraint("workspace_id", "key"),
        Index(None, "workspace_id", "state", "importance", "due_at"),
        Index(None, "workspace_id", "sent_at"),
        Index(None, "workspace_id", "recipient", "state"),
        Index(None, "workspace_id", "about_key"),
        Index(None, "workspace_id", "kind", "subject_id"),
        Index(None, "workspace_id", "looks", sqlite_where=text("looks > 0"), postgresql_where=text("looks > 0")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[SlackId]
    key: Mapped[str] = mapped_column(String(255))
    kind: Mapped[MessageKind] = mapped_column(default=MessageKind.OTHER)
    subject_id: Mapped[int | None]
    """The row that messages of this kind are about."""
    part: Mapped[int] = mapped_column(default=1)
    """Its number, where one message goes in several."""
    recipient: Mapped[str] = mapped_column(String(300))
    """A channel, a person, or several people separated by commas."""
    deed: Mapped[Deed] = mapped_column(default=Deed.POST)
    about_key: Mapped[str | None] = mapped_column(String(255))
    """Key of the message to change, delete or share a file after."""
    thread_ts: Mapped[str | None] = mapped_column(String(32))
    """The thread to reply in."""
    conversation_id: Mapped[SlackId | None]
    text: Mapped[str]
    blocks: Mapped[list[dict[str, Any]]]
    importance: Mapped[int]
    attention: Mapped[Attention] = mapped_column(default=Attention.ASKED_FOR)
    """The quota it counts against."""
    has_file: Mapped[bool] = mapped_column(default=False)
    state: Mapped[DeliveryState] = mapped_column(default=DeliveryState.WAITING)
    due_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    first_attempt_at: Mapped[datetime | None]
    is_uncertain: Mapped[bool] = mapped_column(default=False)
    """An attempt may have reached Slack: look there before posting again."""
    epoch: Mapped[int] = mapped_column(default=0)
    """Lease epoch of the last claim. Only that epoch's holder may save the result."""
    looks: Mapped[int] = mapped_column(default=0)
    """Number of the next check for duplicates in Slack after an attempt with unknown result; 0: no check."""
    sent_at: Mapped[datetime | None]
    ts: Mapped[str | None] = mapped_column(String(32))
    error: Mapped[str | None] = mapped_column(String(64))

    @property
    def people(self) -> list[str]:
        """Return the recipients who are people; none for a channel."""
        return people_in(self.recipient)

    @property
    def message_key(self) -> MessageKey:
        return MessageKey(self.key, self.kind, self.subject_id, self.part)


def people_in(recipient: str) -> list[str]:
    return [one for one in recipient.split(BETWEEN_PEOPLE) if one[:1] in {"U", "W"}]


def put(
    scope: Scope,
    *,
    key: MessageKey | str,
    recipient: str,
    text: str,
    blocks: list[dict[str, Any]],
    due_at: datetime,
    importance: Importance = Importance.PERSONAL,
    attention: Attention = Attention.ASKED_FOR,
    expires_at: datetime | None = None,
    file: OutboxFile | None = None,
    thread_ts: str | None = None,
    again: bool = False,
) -> bool:
    """Add a message to send. False if its key exists, so callers may run repeatedly.

    `again`: replace one that was canceled before any attempt.
    """
    named = as_key(key)
    if again:
        free_key(scope, key=named)
    row = insert_into(scope, OutboxMessage).values(
        workspace_id=scope.workspace_id,
        **columns_of(named),
        recipient=recipient,
        text=text,
        blocks=blocks,
        due_at=due_at,
        importance=int(importance),
        attention=attention,
        expires_at=expires_at,
        thread_ts=thread_ts,
    )
    message_id = scope.session.scalar(row.on_conflict_do_nothing().returning(OutboxMessage.id))
    if message_id is None:
        return False
    if file is not None:
        share_after(scope, scope.session.get_one(OutboxMessage, message_id), file)
    return True


def columns_of(key: MessageKey) -> dict[str, Any]:
    return {"key": key.text, "kind": key.kind, "subject_id": key.subject_id, "part": key.part}


def share_after(scope: Scope, row: OutboxMessage, file: OutboxFile) -> None:
    """Add the file as a message of its own after the text, so that a refused file doesn't hold back the text."""
    share = OutboxMessage(
        workspace_id=row.workspace_id,
        **columns_of(row.message_key.file()),
        recipient=row.recipient,
        text="",
        blocks=[],
        due_at=row.due_at,
        importance=int(Importance.ANSWER),
        has_file=True,
        thread_ts=row.thread_ts,
        deed=Deed.SHARE,
        about_key=row.key,
    )
    scope.session.add(share)
    scope.session.flush()
    file.message_id, file.workspace_id = share.id, row.workspace_id
    scope.session.add(file)
    scope.session.flush()


def free_key(scope: Scope, *, key: MessageKey) -> None:
    taken_back = delete(OutboxMessage).where(
        OutboxMessage.workspace_id == scope.workspace_id,
        OutboxMessage.key.in_([key.text, key.file().text]),
        OutboxMessage.state == DeliveryState.CANCELLED,
        OutboxMessage.attempts == 0,
        OutboxMessage.looks == 0,
    )
    scope.session.execute(taken_back)


def message(scope: Scope, *, key: MessageKey | str, lock: bool = False) -> OutboxMessage | None:
    is_it = OutboxMessage.key == as_key(key).text
    chosen = select(OutboxMessage).where(OutboxMessage.workspace_id == scope.workspace_id, is_it)
    return scope.session.scalar(chosen.with_for_update().execution_options(populate_existing=True) if lock else chosen)


def change(scope: Scope, *, key: str, deed: Deed, text: str, blocks: list[dict[str, Any]]) -> bool:
    """Change or delete the message of this key. False if it no longer exists.

    Before any attempt to send, it is changed in place, else in Slack. A new change cancels earlier ones, so that they
    can't overtake each other.
    """
    first = message(scope, key=key, lock=True)
    if first is None or first.state in {DeliveryState.GIVEN_UP, DeliveryState.CANCELLED, DeliveryState.PAST}:
        return False
    if first.state is DeliveryState.WAITING and first.attempts == 0 and not first.is_uncertain:
        first.text, first.blocks = text, blocks
        if deed is Deed.REMOVE:
            cancel(scope, keys=[key])
        return True
    earlier = changes_of(scope, key=key)
    cancel(scope, keys=[row.key for row in earlier])
    scope.session.add(
        OutboxMessage(
            workspace_id=scope.workspace_id,
            **columns_of(first.message_key.changed(deed, len(earlier) + 1)),
            recipient=first.recipient,
            text=text,
            blocks=blocks,
            due_at=scope.now,
            importance=int(Importance.ANSWER),
            deed=deed,
            about_key=key,
            looks=int(any(is_unsettled(row) for row in earlier)),
        )
    )
    scope.session.flush()
    return True


def is_unsettled(row: OutboxMessage) -> bool:
    """Return whether Slack may still carry out an attempt, after later ones."""
    return row.looks > 0 or row.state is DeliveryState.SENDING


def changes_of(scope: Scope, *, key: str) -> Sequence[OutboxMessage]:
    chosen = select(OutboxMessage).where(
        OutboxMessage.workspace_id == scope.workspace_id,
        OutboxMessage.about_key == key,
        OutboxMessage.deed.in_([Deed.CHANGE, Deed.REMOVE]),
    )
    return scope.session.scalars(chosen.order_by(OutboxMessage.id)).all()


def cancel(scope: Scope, *, keys: Iterable[MessageKey | str]) -> None:
    """Cancel waiting messages and their files. Messages being sent are left alone.

    One that an attempt may have delivered is looked for in Slack and deleted.
    """
    chosen = update(OutboxMessage).where(
        OutboxMessage.workspace_id == scope.workspace_id,
        OutboxMessage.key.in_([one.text for key in keys for one in (as_key(key), as_key(key).file())]),
        OutboxMessage.state == DeliveryState.WAITING,
    )
    scope.session.execute(chosen.values(state=DeliveryState.CANCELLED))


def cancel_for(scope: Scope, *, person_id: str) -> Sequence[OutboxMessage]:
    """Cancel all messages waiting for this person, alone or with others. Returns them."""
    waiting = select(OutboxMessage).where(
        OutboxMessage.workspace_id == scope.workspace_id,
        OutboxMessage.state == DeliveryState.WAITING,
        OutboxMessage.recipient.contains(person_id, autoescape=True),
    )
    theirs = [row for row in scope.session.scalars(waiting) if person_id in row.people]
    for row in theirs:
        row.state = DeliveryState.CANCELLED
    return theirs


def cancel_about(scope: Scope, *kinds: MessageKind, subject_id: int, recipient: str | None = None) -> None:
    """Take back what waits of these kinds about this row. `recipient`: only what is for this person alone."""
    chosen = update(OutboxMessage).where(
        *are_about(scope, kinds, subject_id, DeliveryState.WAITING),
        *([OutboxMessage.recipient == recipient] if recipient is not None else []),
    )
    scope.session.execute(chosen.values(state=DeliveryState.CANCELLED))


def are_about(
    scope: Scope, kinds: Iterable[MessageKind], subject_id: int | None, *states: DeliveryState
) -> list[ColumnElement[bool]]:
    return [
        OutboxMessage.workspace_id == scope.workspace_id,
        OutboxMessage.kind.in_(kinds),
        *([OutboxMessage.subject_id == subject_id] if subject_id is not None else []),
        OutboxMessage.state.in_(states),
    ]


def waiting(scope: Scope, kind: MessageKind, *, subject_id: int | None = None) -> Sequence[OutboxMessage]:
    """Messages of this kind about this row that are still to be sent."""
    chosen = select(OutboxMessage).where(*are_about(scope, [kind], subject_id, DeliveryState.WAITING))
    return scope.session.scalars(chosen.order_by(OutboxMessage.id)).all()


def rewrite_waiting(scope: Scope, *, key: str, text: str, blocks: Sequence[dict[str, Any]]) -> None:
    """Replace the text of a waiting message. One being sent keeps its own."""
    chosen = update(OutboxMessage).where(
        OutboxMessage.workspace_id == scope.workspace_id,
        OutboxMessage.key == key,
        OutboxMessage.state == DeliveryState.WAITING,
    )
    scope.session.execute(chosen.values(text=text, blocks=list(blocks)))


def is_waiting(scope: Scope, kind: MessageKind, *, subject_id: int, is_unseen: bool = False) -> bool:
    """Return whether a message of this kind about this row is waiting.

    `is_unseen`: and no attempt can have brought it to Slack, so no one has it yet.
    """
    unseen = [OutboxMessage.is_uncertain.is_(False)] if is_unseen else []
    there = exists().where(*are_about(scope, [kind], subject_id, DeliveryState.WAITING), *unseen)
    return scope.session.scalar(select(there)) or False


def is_pending(scope: Scope, kind: MessageKind, *, subject_id: int | None = None) -> bool:
    """Return whether a message of this kind, about this row or any, is waiting or being sent."""
    there = exists().where(*are_about(scope, [kind], subject_id, DeliveryState.WAITING, DeliveryState.SENDING))
    return scope.session.scalar(select(there)) or False


def move_channel(scope: Scope, *, old: str, new: str) -> None:
    for column in (OutboxMessage.recipient, OutboxMessage.conversation_id):
        there = update(OutboxMessage).where(OutboxMessage.workspace_id == scope.workspace_id, column == old)
        scope.session.execute(there.values({column: new}))


def counts(scope: Scope) -> dict[DeliveryState, int]:
    """Count messages by state."""
    chosen = select(OutboxMessage.state, func.count()).where(OutboxMessage.workspace_id == scope.workspace_id)
    known = {state: count for state, count in scope.session.execute(chosen.group_by(OutboxMessage.state))}
    return {state: known.get(state, 0) for state in DeliveryState}


def oldest_unsent_at(scope: Scope) -> datetime | None:
    """Return when the oldest overdue message was due; None if there is none."""
    unsent = OutboxMessage.state.in_([DeliveryState.WAITING, DeliveryState.SENDING])
    chosen = select(func.min(OutboxMessage.due_at)).where(OutboxMessage.workspace_id == scope.workspace_id, unsent)
    oldest = scope.session.scalar(chosen)
    return oldest if oldest is not None and oldest <= scope.now else None


def errors_since(scope: Scope, *, before: datetime) -> Sequence[str]:
    """Return error codes of waiting messages first attempted before then."""
    chosen = select(OutboxMessage.error).where(
        OutboxMessage.workspace_id == scope.workspace_id,
        OutboxMessage.state == DeliveryState.WAITING,
        OutboxMessage.error.is_not(None),
        OutboxMessage.first_attempt_at <= before,
    )
    return [code for code in scope.session.scalars(chosen.distinct()) if code is not None]


def last_sent_at(scope: Scope) -> datetime | None:
    return scope.session.scalar(
        select(func.max(OutboxMessage.sent_at)).where(OutboxMessage.workspace_id == scope.workspace_id)
    )

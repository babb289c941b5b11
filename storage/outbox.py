"""Messages that are decided and not yet sent, and what became of them."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Index,
    String,
    UniqueConstraint,
    delete,
    exists,
    func,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column

from storage.kinds import Attention, Deed, DeliveryState, Importance
from storage.outbox_files import OutboxFile
from storage.schema import SlackId, Table
from storage.scope import Scope
from storage.upsert import insert_into

BETWEEN_PEOPLE = ","


class OutboxMessage(Table):
    """One message for one conversation. Its key says why it exists, and makes it exist once."""

    __tablename__ = "outbox_messages"
    __table_args__ = (
        UniqueConstraint("workspace_id", "key"),
        Index(None, "workspace_id", "state", "importance", "due_at"),
        Index(None, "workspace_id", "sent_at"),
        Index(None, "workspace_id", "recipient", "state"),
        Index(None, "workspace_id", "about_key"),
        Index(None, "workspace_id", "looks", sqlite_where=text("looks > 0"), postgresql_where=text("looks > 0")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[SlackId]
    key: Mapped[str] = mapped_column(String(255))
    recipient: Mapped[str] = mapped_column(String(300))
    """A channel, a person, or several people with commas between them."""
    deed: Mapped[Deed] = mapped_column(default=Deed.POST)
    about_key: Mapped[str | None] = mapped_column(String(255))
    """The key of the message that is changed or removed."""
    thread_ts: Mapped[str | None] = mapped_column(String(32))
    """The message that it answers."""
    conversation_id: Mapped[SlackId | None]
    text: Mapped[str]
    blocks: Mapped[list[dict[str, Any]]]
    importance: Mapped[int]
    attention: Mapped[Attention] = mapped_column(default=Attention.ASKED_FOR)
    """Whether it counts against the budget of whoever gets it."""
    has_file: Mapped[bool] = mapped_column(default=False)
    shares: Mapped[bool] = mapped_column(default=False)
    """Whether it may be said in one message with others for the same person. Such a message is never changed later."""
    said_with: Mapped[str | None] = mapped_column(String(255))
    """The key of the message that it is, or was, said in."""
    state: Mapped[DeliveryState] = mapped_column(default=DeliveryState.WAITING)
    due_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    first_attempt_at: Mapped[datetime | None]
    is_uncertain: Mapped[bool] = mapped_column(default=False)
    """An attempt may have reached Slack: look before posting again."""
    epoch: Mapped[int] = mapped_column(default=0)
    """The lease's epoch in which it was claimed last: only its holder then may note what became of that."""
    looks: Mapped[int] = mapped_column(default=0)
    """The number of the next look for copies of it, if an attempt ever ended unknown; 0: nothing to look for."""
    sent_at: Mapped[datetime | None]
    ts: Mapped[str | None] = mapped_column(String(32))
    error: Mapped[str | None] = mapped_column(String(64))

    @property
    def people(self) -> list[str]:
        """Whom it is for; nobody in particular when it goes to a channel."""
        everyone = self.recipient.split(BETWEEN_PEOPLE)
        return [one for one in everyone if one[:1] in {"U", "W"}]

    @property
    def posted_under(self) -> str:
        """The key that its post has in Slack."""
        return self.said_with or self.key


def put(
    scope: Scope,
    *,
    key: str,
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
    shares: bool = False,
) -> bool:
    """Keep a message for sending. The key makes it happen once, however often the caller runs.

    `again`: one that was taken back before anybody tried to send it is to be sent after all.
    """
    if again:
        free_key(scope, key=key)
    row = insert_into(scope, OutboxMessage).values(
        workspace_id=scope.workspace_id,
        key=key,
        recipient=recipient,
        text=text,
        blocks=blocks,
        due_at=due_at,
        importance=int(importance),
        attention=attention,
        expires_at=expires_at,
        thread_ts=thread_ts,
        shares=shares,
    )
    message_id = scope.session.scalar(row.on_conflict_do_nothing().returning(OutboxMessage.id))
    if message_id is None:
        return False
    if file is not None:
        share_after(scope, scope.session.get_one(OutboxMessage, message_id), file)
    return True


def share_after(scope: Scope, row: OutboxMessage, file: OutboxFile) -> None:
    """A file follows its words in a step of its own, so that a file that Slack refuses holds back no words."""
    share = OutboxMessage(
        workspace_id=row.workspace_id,
        key=f"{row.key}:file",
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


def free_key(scope: Scope, *, key: str) -> None:
    taken_back = delete(OutboxMessage).where(
        OutboxMessage.workspace_id == scope.workspace_id,
        OutboxMessage.key.in_([key, f"{key}:file"]),
        OutboxMessage.state == DeliveryState.CANCELLED,
        OutboxMessage.attempts == 0,
        OutboxMessage.looks == 0,
    )
    scope.session.execute(taken_back)


def message(scope: Scope, *, key: str, lock: bool = False) -> OutboxMessage | None:
    chosen = select(OutboxMessage).where(OutboxMessage.workspace_id == scope.workspace_id, OutboxMessage.key == key)
    return scope.session.scalar(chosen.with_for_update().execution_options(populate_existing=True) if lock else chosen)


def change(scope: Scope, *, key: str, deed: Deed, text: str, blocks: list[dict[str, Any]], now: datetime) -> bool:
    """The message of this key gets other words, or goes. False when there is no such message any more.

    What nobody has tried to send yet is changed where it waits; the rest is changed in Slack. Of several changes only
    the newest counts, so that they can't overtake each other.
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
            key=f"{key}:{deed.value}:{len(earlier) + 1}",
            recipient=first.recipient,
            text=text,
            blocks=blocks,
            due_at=now,
            importance=int(Importance.ANSWER),
            deed=deed,
            about_key=key,
            looks=int(any(is_unsettled(row) for row in earlier)),
        )
    )
    scope.session.flush()
    return True


def is_unsettled(row: OutboxMessage) -> bool:
    """Whether Slack could still carry out an attempt, later than what comes after it."""
    return row.looks > 0 or row.state is DeliveryState.SENDING


def changes_of(scope: Scope, *, key: str) -> Sequence[OutboxMessage]:
    chosen = select(OutboxMessage).where(
        OutboxMessage.workspace_id == scope.workspace_id,
        OutboxMessage.about_key == key,
        OutboxMessage.deed.in_([Deed.CHANGE, Deed.REMOVE]),
    )
    return scope.session.scalars(chosen.order_by(OutboxMessage.id)).all()


def cancel(scope: Scope, *, keys: Iterable[str]) -> None:
    """Take back what was not sent yet. What is being sent right now is left alone.

    One that an attempt may have brought to Slack is looked for there, and deleted.
    """
    chosen = update(OutboxMessage).where(
        OutboxMessage.workspace_id == scope.workspace_id,
        OutboxMessage.key.in_([one for key in keys for one in (key, f"{key}:file")]),
        OutboxMessage.state == DeliveryState.WAITING,
    )
    scope.session.execute(chosen.values(state=DeliveryState.CANCELLED))


def cancel_for(scope: Scope, *, person_id: str) -> None:
    """Take back whatever waits for this person, alone or together with others."""
    waiting = select(OutboxMessage).where(
        OutboxMessage.workspace_id == scope.workspace_id,
        OutboxMessage.state == DeliveryState.WAITING,
        OutboxMessage.recipient.contains(person_id, autoescape=True),
    )
    for row in scope.session.scalars(waiting):
        if person_id in row.people:
            row.state = DeliveryState.CANCELLED


def cancel_beginning(scope: Scope, *, beginning: str, recipient: str | None = None) -> None:
    chosen = update(OutboxMessage).where(
        OutboxMessage.workspace_id == scope.workspace_id,
        or_(OutboxMessage.key == beginning, OutboxMessage.key.startswith(f"{beginning}:", autoescape=True)),
        OutboxMessage.state == DeliveryState.WAITING,
        *([OutboxMessage.recipient == recipient] if recipient is not None else []),
    )
    scope.session.execute(chosen.values(state=DeliveryState.CANCELLED))


def waiting(scope: Scope, *, beginning: str) -> Sequence[OutboxMessage]:
    """The message of this key, and those whose keys go on from it, as far as they are still to be sent."""
    chosen = select(OutboxMessage).where(
        OutboxMessage.workspace_id == scope.workspace_id,
        or_(OutboxMessage.key == beginning, OutboxMessage.key.startswith(f"{beginning}:", autoescape=True)),
        OutboxMessage.state == DeliveryState.WAITING,
    )
    return scope.session.scalars(chosen.order_by(OutboxMessage.id)).all()


def rewrite_waiting(scope: Scope, *, key: str, text: str, blocks: Sequence[dict[str, Any]]) -> None:
    """What is being sent right now keeps its words."""
    chosen = update(OutboxMessage).where(
        OutboxMessage.workspace_id == scope.workspace_id,
        OutboxMessage.key == key,
        OutboxMessage.state == DeliveryState.WAITING,
    )
    scope.session.execute(chosen.values(text=text, blocks=list(blocks)))


def waits(scope: Scope, *, beginning: str, is_unseen: bool = False) -> bool:
    """Whether the message of this key, or one whose key goes on from it, is still to be sent, and can be taken back.

    `is_unseen`: and no attempt can have brought it to Slack, so no one has it yet.
    """
    there = exists().where(
        OutboxMessage.workspace_id == scope.workspace_id,
        or_(OutboxMessage.key == beginning, OutboxMessage.key.startswith(f"{beginning}:", autoescape=True)),
        OutboxMessage.state == DeliveryState.WAITING,
        *([OutboxMessage.is_uncertain.is_(False)] if is_unseen else []),
    )
    return scope.session.scalar(select(there)) or False


def is_pending(scope: Scope, *, beginning: str) -> bool:
    """Whether the message of this key, or one whose key goes on from it, is waiting or being sent right now."""
    there = exists().where(
        OutboxMessage.workspace_id == scope.workspace_id,
        or_(OutboxMessage.key == beginning, OutboxMessage.key.startswith(f"{beginning}:", autoescape=True)),
        OutboxMessage.state.in_([DeliveryState.WAITING, DeliveryState.SENDING]),
    )
    return scope.session.scalar(select(there)) or False


def move_channel(scope: Scope, *, old: str, new: str) -> None:
    for column in (OutboxMessage.recipient, OutboxMessage.conversation_id):
        there = update(OutboxMessage).where(OutboxMessage.workspace_id == scope.workspace_id, column == old)
        scope.session.execute(there.values({column: new}))


def counts(scope: Scope) -> dict[DeliveryState, int]:
    """How many messages stand where."""
    chosen = select(OutboxMessage.state, func.count()).where(OutboxMessage.workspace_id == scope.workspace_id)
    known = {state: count for state, count in scope.session.execute(chosen.group_by(OutboxMessage.state))}
    return {state: known.get(state, 0) for state in DeliveryState}


def oldest_unsent_at(scope: Scope, *, now: datetime) -> datetime | None:
    """Since when the longest waiting message should have been sent."""
    unsent = OutboxMessage.state.in_([DeliveryState.WAITING, DeliveryState.SENDING])
    chosen = select(func.min(OutboxMessage.due_at)).where(OutboxMessage.workspace_id == scope.workspace_id, unsent)
    oldest = scope.session.scalar(chosen)
    return oldest if oldest is not None and oldest <= now else None


def errors_since(scope: Scope, *, before: datetime) -> Sequence[str]:
    """What the last attempts ended with, of messages that wait and were first tried before this moment."""
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

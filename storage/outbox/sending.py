"""The sender's queries: messages due, claimed and interrupted."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, bindparam, exists, func, literal_column, select, update

from storage.kinds import Attention, Deed, DeliveryState
from storage.outbox.outbox import BETWEEN_PEOPLE, OutboxMessage
from storage.outbox.outgoing import COLUMNS, Outgoing
from storage.polling import WORKSPACE, polled
from storage.scope import Scope


def is_waiting(workspace_id: str, at: datetime) -> list[ColumnElement[bool]]:
    return [
        OutboxMessage.workspace_id == workspace_id,
        OutboxMessage.state == DeliveryState.WAITING,
        OutboxMessage.due_at <= at,
    ]


def in_turn() -> tuple[Any, ...]:
    return OutboxMessage.importance, OutboxMessage.due_at, OutboxMessage.id


def needs_conversation() -> ColumnElement[bool]:
    """Return the condition for messages to several people without an open conversation. For one, Slack opens it."""
    together = OutboxMessage.recipient.contains(BETWEEN_PEOPLE)
    return (OutboxMessage.deed == Deed.POST) & OutboxMessage.conversation_id.is_(None) & together


def is_one_of(ids: Collection[int]) -> ColumnElement[bool]:
    """Return the condition for these ids, as literals: databases limit the number of bind parameters."""
    return OutboxMessage.id.in_(bindparam("ids", list(ids), expanding=True, literal_execute=True, unique=True))


def due_to_open(scope: Scope, *, limit: int, put_off: Collection[int] = ()) -> list[Outgoing]:
    """Return due messages that need a conversation opened first, by priority, without the ids in `put_off`."""
    return first_due(scope, needs_conversation(), limit, put_off)


def due_to_post(scope: Scope, *, limit: int, put_off: Collection[int] = ()) -> list[Outgoing]:
    return first_due(scope, ~needs_conversation(), limit, put_off)


def first_due(scope: Scope, which: ColumnElement[bool], limit: int, put_off: Collection[int]) -> list[Outgoing]:
    chosen = select(*COLUMNS).where(*is_waiting(scope.workspace_id, scope.now), which, ~is_one_of(put_off))
    return [Outgoing(*found) for found in scope.session.execute(chosen.order_by(*in_turn()).limit(limit))]


def select_due(scope: Scope, *, ids: Collection[int]) -> Sequence[int]:
    """Return those of these ids that are waiting and due."""
    chosen = select(OutboxMessage.id).where(*is_waiting(scope.workspace_id, scope.now), is_one_of(ids))
    return scope.session.scalars(chosen).all()


def first_due_after(scope: Scope) -> datetime | None:
    waiting = (OutboxMessage.workspace_id == scope.workspace_id, OutboxMessage.state == DeliveryState.WAITING)
    return scope.session.scalar(
        select(func.min(OutboxMessage.due_at)).where(*waiting, OutboxMessage.due_at > scope.now)
    )


def cannot_wait(scope: Scope, row: OutboxMessage, *, until: datetime) -> bool:
    """Return whether a program's message to the same person falls due and expires by `until`, so it goes first."""
    there = exists().where(
        *is_waiting(row.workspace_id, until),
        OutboxMessage.recipient == row.recipient,
        OutboxMessage.id != row.id,
        OutboxMessage.attention.in_([Attention.PROGRAM, Attention.AHEAD]),
        OutboxMessage.expires_at > scope.now,
        OutboxMessage.expires_at <= until,
    )
    return scope.session.scalar(select(there)) or False


def earliest_wait(scope: Scope) -> set[str]:
    """Return recipients with waiting messages."""
    waiting = (OutboxMessage.workspace_id == scope.workspace_id, OutboxMessage.state == DeliveryState.WAITING)
    return set(scope.session.scalars(select(OutboxMessage.recipient).where(*waiting)))


def next_due_at(scope: Scope) -> datetime | None:
    """Return when the next message is due, also if overdue."""
    return first_due_at(scope)[0]


first_due_at = polled(
    select(func.min(OutboxMessage.due_at)).where(
        OutboxMessage.workspace_id == WORKSPACE, OutboxMessage.state == DeliveryState.WAITING
    )
)


def claim(scope: Scope, message_id: int, *, epoch: int) -> OutboxMessage | None:
    """Claim a message for sending. None if it was canceled or is locked."""
    row = scope.session.get(OutboxMessage, message_id, with_for_update={"skip_locked": True}, populate_existing=True)
    if row is None or row.state != DeliveryState.WAITING:
        return None
    row.state, row.epoch = DeliveryState.SENDING, epoch
    return row


def get_locked(scope: Scope, message_id: int) -> OutboxMessage | None:
    """Return the message, locked; None if it was deleted with its person."""
    scope.session.flush()  # Reading anew must not undo pending changes.
    return scope.session.get(OutboxMessage, message_id, with_for_update=True, populate_existing=True)


def requeue_interrupted(scope: Scope) -> Sequence[int]:
    """Requeue messages whose sender died, and return their ids. They are looked for in Slack before posting."""
    if ids := being_sent(scope):
        interrupted = update(OutboxMessage).where(
            OutboxMessage.workspace_id == scope.workspace_id, OutboxMessage.state == DeliveryState.SENDING
        )
        scope.session.execute(interrupted.values(state=DeliveryState.WAITING, is_uncertain=True, looks=1))
    return ids


ENDED = (DeliveryState.SENT, DeliveryState.GIVEN_UP, DeliveryState.CANCELLED)


def watched_looks(scope: Scope) -> dict[int, int]:
    """Return the ids of finished messages that an attempt may have duplicated, each with its next search."""
    there = (OutboxMessage.workspace_id == scope.workspace_id, OutboxMessage.looks > literal_column("0"))
    chosen = select(OutboxMessage.id, OutboxMessage.looks).where(*there, OutboxMessage.state.in_(ENDED))
    return {message_id: looks for message_id, looks in scope.session.execute(chosen.order_by(OutboxMessage.id))}


def get_many(scope: Scope, ids: Collection[int]) -> list[Outgoing]:
    chosen = select(*COLUMNS).where(OutboxMessage.workspace_id == scope.workspace_id, is_one_of(ids))
    return [Outgoing(*found) for found in scope.session.execute(chosen.order_by(OutboxMessage.id))]


being_sent = polled(
    select(OutboxMessage.id).where(
        OutboxMessage.workspace_id == WORKSPACE, OutboxMessage.state == DeliveryState.SENDING
    )
)
"""Messages being sent, or left so by a process that died."""


def sent_between(scope: Scope, *, since: datetime, until: datetime) -> list[Outgoing]:
    there = (OutboxMessage.workspace_id == scope.workspace_id, OutboxMessage.sent_at.between(since, until))
    chosen = select(*COLUMNS).where(*there).order_by(OutboxMessage.sent_at)
    return [Outgoing(*found) for found in scope.session.execute(chosen)]

"""The sender's queries: messages due, claimed and interrupted."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from functools import cache
from typing import Any, cast

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Integer,
    Select,
    bindparam,
    exists,
    func,
    literal_column,
    select,
    update,
)
from sqlalchemy.orm import defer

from storage.asked import WORKSPACE, cached_query
from storage.kinds import Attention, Deed, DeliveryState
from storage.outbox.outbox import BETWEEN_PEOPLE, OutboxMessage
from storage.scope import Scope


def is_waiting(workspace_id: str, now: datetime) -> list[ColumnElement[bool]]:
    return [
        OutboxMessage.workspace_id == workspace_id,
        OutboxMessage.state == DeliveryState.WAITING,
        OutboxMessage.due_at <= now,
    ]


def in_turn() -> tuple[Any, ...]:
    return OutboxMessage.importance, OutboxMessage.due_at, OutboxMessage.id


def needs_conversation() -> ColumnElement[bool]:
    """Return the condition for messages to several people without an open conversation. For one, Slack opens it."""
    together = OutboxMessage.recipient.contains(BETWEEN_PEOPLE)
    return (OutboxMessage.deed == Deed.POST) & OutboxMessage.conversation_id.is_(None) & together


def has_conversation() -> ColumnElement[bool]:
    return ~needs_conversation()


WITHOUT_WORDS = (defer(OutboxMessage.text, raiseload=True), defer(OutboxMessage.blocks, raiseload=True))
"""Claiming reads the message again with its text. Until then most rows are only checked."""


SOME_IDS: BindParameter[int] = bindparam("ids", expanding=True, literal_execute=True)
"""Ids as literals: databases limit the number of bind parameters."""


def due_to_open(scope: Scope, *, now: datetime, limit: int, put_off: Collection[int] = ()) -> Sequence[OutboxMessage]:
    """Return due messages that need a conversation opened first, by priority, without the ids in `put_off`."""
    return first_due(scope, needs_conversation, now=now, limit=limit, put_off=put_off)


def due_to_post(scope: Scope, *, now: datetime, limit: int, put_off: Collection[int] = ()) -> Sequence[OutboxMessage]:
    return first_due(scope, has_conversation, now=now, limit=limit, put_off=put_off)


def first_due(
    scope: Scope, which: Callable[[], ColumnElement[bool]], *, now: datetime, limit: int, put_off: Collection[int]
) -> Sequence[OutboxMessage]:
    asked = {"workspace_id": scope.workspace_id, "now": now, "most": limit, "ids": list(put_off)}
    return scope.session.scalars(select_first_due(which), asked).all()


@cache
def select_first_due(which: Callable[[], ColumnElement[bool]]) -> Select[OutboxMessage]:
    waiting = is_waiting(WORKSPACE, cast(datetime, bindparam("now")))
    chosen = select(OutboxMessage).where(*waiting, which(), ~OutboxMessage.id.in_(SOME_IDS))
    return chosen.order_by(*in_turn()).limit(bindparam("most", type_=Integer())).options(*WITHOUT_WORDS)


def select_due(scope: Scope, *, now: datetime, ids: Collection[int]) -> Sequence[int]:
    """Return those of these ids that are waiting and due."""
    chosen = select(OutboxMessage.id).where(*is_waiting(scope.workspace_id, now), OutboxMessage.id.in_(SOME_IDS))
    return scope.session.scalars(chosen, {"ids": list(ids)}).all()


def first_due_after(scope: Scope, *, now: datetime) -> datetime | None:
    waiting = (OutboxMessage.workspace_id == scope.workspace_id, OutboxMessage.state == DeliveryState.WAITING)
    return scope.session.scalar(select(func.min(OutboxMessage.due_at)).where(*waiting, OutboxMessage.due_at > now))


def cannot_wait(scope: Scope, row: OutboxMessage, *, now: datetime, until: datetime) -> bool:
    """Return whether a program's message to the same person falls due and expires by `until`, so it goes first."""
    there = exists().where(
        *is_waiting(row.workspace_id, until),
        OutboxMessage.recipient == row.recipient,
        OutboxMessage.id != row.id,
        OutboxMessage.attention.in_([Attention.PROGRAM, Attention.AHEAD]),
        OutboxMessage.expires_at > now,
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


@cached_query
def first_due_at() -> Select[datetime | None]:
    waiting = (OutboxMessage.workspace_id == WORKSPACE, OutboxMessage.state == DeliveryState.WAITING)
    return select(func.min(OutboxMessage.due_at)).where(*waiting)


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
    found = scope.session.connection().execute(select_watched(), {"workspace_id": scope.workspace_id})
    return {message_id: looks for message_id, looks in found}


@cache
def select_watched() -> Select[int, int]:
    there = (OutboxMessage.workspace_id == WORKSPACE, OutboxMessage.looks > literal_column("0"))
    chosen = select(OutboxMessage.id, OutboxMessage.looks).where(*there, OutboxMessage.state.in_(ENDED))
    return chosen.order_by(OutboxMessage.id)


def get_many(scope: Scope, ids: Collection[int]) -> Sequence[OutboxMessage]:
    chosen = select(OutboxMessage).where(OutboxMessage.workspace_id == scope.workspace_id)
    return scope.session.scalars(chosen.where(OutboxMessage.id.in_(ids)).order_by(OutboxMessage.id)).all()


@cached_query
def being_sent() -> Select[int]:
    """Select messages being sent, or left so by a process that died."""
    sending = (OutboxMessage.workspace_id == WORKSPACE, OutboxMessage.state == DeliveryState.SENDING)
    return select(OutboxMessage.id).where(*sending)


@cached_query
def select_sent(*, since: datetime, until: datetime) -> Select[OutboxMessage]:
    there = (OutboxMessage.workspace_id == WORKSPACE, OutboxMessage.sent_at >= since)
    chosen = select(OutboxMessage).where(*there, OutboxMessage.sent_at <= until)
    return chosen.order_by(OutboxMessage.sent_at)

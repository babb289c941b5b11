"""What of the outbox goes next, and what is on its way."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, exists, func, literal_column, select, update
from sqlalchemy.orm import defer

from storage.asked import WORKSPACE, asked_often
from storage.kinds import Attention, Deed, DeliveryState
from storage.outbox import BETWEEN_PEOPLE, OutboxMessage
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
    """Slack opens the conversation with one person by itself when a message comes."""
    together = OutboxMessage.recipient.contains(BETWEEN_PEOPLE)
    return (OutboxMessage.deed == Deed.POST) & OutboxMessage.conversation_id.is_(None) & together


WITHOUT_WORDS = (defer(OutboxMessage.text, raiseload=True), defer(OutboxMessage.blocks, raiseload=True))
"""Claiming reads a message anew, with its words. Until then most rows are only looked at."""


def is_one_of(ids: Collection[int]) -> ColumnElement[bool]:
    """However many: they stand in the statement itself, where no database counts them."""
    return OutboxMessage.id.in_(bindparam("ids", list(ids), expanding=True, literal_execute=True, unique=True))


def due_to_open(scope: Scope, *, now: datetime, limit: int, put_off: Collection[int] = ()) -> Sequence[OutboxMessage]:
    """Messages whose conversation has to be opened before, the most important first. `put_off`: not these ids."""
    return first_due(scope, now, needs_conversation(), limit, put_off)


def due_to_post(scope: Scope, *, now: datetime, limit: int, put_off: Collection[int] = ()) -> Sequence[OutboxMessage]:
    return first_due(scope, now, ~needs_conversation(), limit, put_off)


def first_due(
    scope: Scope, now: datetime, which: ColumnElement[bool], limit: int, put_off: Collection[int]
) -> Sequence[OutboxMessage]:
    chosen = select(OutboxMessage).where(*is_waiting(scope.workspace_id, now), which, ~is_one_of(put_off))
    return scope.session.scalars(chosen.order_by(*in_turn()).limit(limit).options(*WITHOUT_WORDS)).all()


def select_due(scope: Scope, *, now: datetime, ids: Collection[int]) -> Sequence[int]:
    """Which of these ids wait and are due."""
    chosen = select(OutboxMessage.id).where(*is_waiting(scope.workspace_id, now), is_one_of(ids))
    return scope.session.scalars(chosen).all()


def first_due_after(scope: Scope, *, now: datetime) -> datetime | None:
    waiting = (OutboxMessage.workspace_id == scope.workspace_id, OutboxMessage.state == DeliveryState.WAITING)
    return scope.session.scalar(select(func.min(OutboxMessage.due_at)).where(*waiting, OutboxMessage.due_at > now))


def cannot_wait(scope: Scope, row: OutboxMessage, *, now: datetime, until: datetime) -> bool:
    """Whether the same person is to get something of a program before then that will have lost its sense by then.

    What may be said together with this message is no reason to wait.
    """
    there = exists().where(
        *is_waiting(row.workspace_id, until),
        OutboxMessage.recipient == row.recipient,
        *([OutboxMessage.shares.is_(False)] if row.shares else []),
        OutboxMessage.attention == Attention.PROGRAM,
        OutboxMessage.expires_at > now,
        OutboxMessage.expires_at <= until,
    )
    return scope.session.scalar(select(there)) or False


def awaited(scope: Scope) -> set[str]:
    """Whoever alone will get something that waits."""
    waiting = (OutboxMessage.workspace_id == scope.workspace_id, OutboxMessage.state == DeliveryState.WAITING)
    return set(scope.session.scalars(select(OutboxMessage.recipient).where(*waiting)))


def next_due_at(scope: Scope) -> datetime | None:
    """When the next message is due, be it long ago."""
    return first_due_at(scope)[0]


@asked_often
def first_due_at() -> Select[datetime | None]:
    waiting = (OutboxMessage.workspace_id == WORKSPACE, OutboxMessage.state == DeliveryState.WAITING)
    return select(func.min(OutboxMessage.due_at)).where(*waiting)


def claim(scope: Scope, message_id: int, *, epoch: int) -> OutboxMessage | None:
    """Take a message for sending. None when it was taken back, or someone is changing it right now."""
    row = scope.session.get(OutboxMessage, message_id, with_for_update={"skip_locked": True}, populate_existing=True)
    if row is None or row.state != DeliveryState.WAITING:
        return None
    row.state, row.epoch = DeliveryState.SENDING, epoch
    return row


def get_locked(scope: Scope, message_id: int) -> OutboxMessage | None:
    """None when it was deleted: its person was forgotten meanwhile."""
    scope.session.flush()  # What is read anew must not undo what was just changed.
    return scope.session.get(OutboxMessage, message_id, with_for_update=True, populate_existing=True)


def return_interrupted(scope: Scope) -> Sequence[int]:
    """Messages that a process was sending when it died wait again; Slack is asked before they are posted.

    Returns their ids.
    """
    if ids := being_sent(scope):
        interrupted = update(OutboxMessage).where(
            OutboxMessage.workspace_id == scope.workspace_id, OutboxMessage.state == DeliveryState.SENDING
        )
        scope.session.execute(interrupted.values(state=DeliveryState.WAITING, is_uncertain=True, looks=1))
    return ids


ENDED = (DeliveryState.SENT, DeliveryState.GIVEN_UP, DeliveryState.CANCELLED)


def watched_looks(scope: Scope) -> dict[int, int]:
    """Ids of messages with an end, of which an attempt may have made a copy in Slack, each with its next look."""
    there = (OutboxMessage.workspace_id == scope.workspace_id, OutboxMessage.looks > literal_column("0"))
    chosen = select(OutboxMessage.id, OutboxMessage.looks).where(*there, OutboxMessage.state.in_(ENDED))
    return {message_id: looks for message_id, looks in scope.session.execute(chosen.order_by(OutboxMessage.id))}


def get_many(scope: Scope, ids: Collection[int]) -> Sequence[OutboxMessage]:
    chosen = select(OutboxMessage).where(OutboxMessage.workspace_id == scope.workspace_id, is_one_of(ids))
    return scope.session.scalars(chosen.order_by(OutboxMessage.id)).all()


@asked_often
def being_sent() -> Select[int]:
    """Messages that a process is sending, or was when it died."""
    sending = (OutboxMessage.workspace_id == WORKSPACE, OutboxMessage.state == DeliveryState.SENDING)
    return select(OutboxMessage.id).where(*sending)


@asked_often
def select_sent(*, since: datetime, until: datetime) -> Select[OutboxMessage]:
    there = (OutboxMessage.workspace_id == WORKSPACE, OutboxMessage.sent_at >= since)
    chosen = select(OutboxMessage).where(*there, OutboxMessage.sent_at <= until)
    return chosen.order_by(OutboxMessage.sent_at)

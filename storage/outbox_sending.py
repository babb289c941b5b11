"""What of the outbox goes next, and what is on its way."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, select, update
from sqlalchemy.orm import Session

from storage.asked import asked_often
from storage.kinds import Attention, Deed, DeliveryState
from storage.outbox import BETWEEN_PEOPLE, OutboxMessage


def is_waiting(workspace_id: str, now: datetime) -> list[ColumnElement[bool]]:
    return [
        OutboxMessage.workspace_id == workspace_id,
        OutboxMessage.state == DeliveryState.WAITING,
        OutboxMessage.due_at <= now,
    ]


def in_turn() -> tuple[Any, ...]:
    return OutboxMessage.importance, OutboxMessage.due_at, OutboxMessage.id


def needs_conversation() -> ColumnElement[bool]:
    """Slack opens the conversation with one person by itself when a message comes, but not for a file."""
    together = OutboxMessage.recipient.contains(BETWEEN_PEOPLE)
    alone = OutboxMessage.recipient.startswith("U") | OutboxMessage.recipient.startswith("W")
    posts = OutboxMessage.deed == Deed.POST
    return posts & OutboxMessage.conversation_id.is_(None) & (together | (OutboxMessage.has_file & alone))


def due_to_open(session: Session, *, workspace_id: str, now: datetime, limit: int) -> Sequence[OutboxMessage]:
    """Messages whose conversation has to be opened before, the most important first."""
    chosen = select(OutboxMessage).where(*is_waiting(workspace_id, now), needs_conversation())
    return session.scalars(chosen.order_by(*in_turn()).limit(limit)).all()


def due_to_post(session: Session, *, workspace_id: str, now: datetime, limit: int) -> Sequence[OutboxMessage]:
    chosen = select(OutboxMessage).where(*is_waiting(workspace_id, now), ~needs_conversation())
    return session.scalars(chosen.order_by(*in_turn()).limit(limit)).all()


def cannot_wait(session: Session, row: OutboxMessage, *, now: datetime, until: datetime) -> bool:
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
    return session.scalar(select(there)) or False


def awaited(session: Session, *, workspace_id: str) -> set[str]:
    """Whoever alone will get something that waits."""
    waiting = (OutboxMessage.workspace_id == workspace_id, OutboxMessage.state == DeliveryState.WAITING)
    return set(session.scalars(select(OutboxMessage.recipient).where(*waiting)))


def next_due_at(session: Session, *, workspace_id: str) -> datetime | None:
    """When the next message is due, be it long ago."""
    return first_due_at(session, workspace_id=workspace_id)[0]


@asked_often
def first_due_at(*, workspace_id: str) -> Select[datetime | None]:
    waiting = (OutboxMessage.workspace_id == workspace_id, OutboxMessage.state == DeliveryState.WAITING)
    return select(func.min(OutboxMessage.due_at)).where(*waiting)


def claim(session: Session, message_id: int, *, now: datetime) -> OutboxMessage | None:
    """Take a message for sending. None when somebody else was first, or it was taken back."""
    row = session.get(OutboxMessage, message_id, with_for_update={"skip_locked": True}, populate_existing=True)
    if row is None or row.state != DeliveryState.WAITING:
        return None
    row.state = DeliveryState.SENDING
    row.attempts += 1
    row.first_attempt_at = row.first_attempt_at or now
    return row


def return_interrupted(session: Session, *, workspace_id: str) -> int:
    """Messages that a process was sending when it died wait again; Slack is asked before they are posted."""
    if not being_sent(session, workspace_id=workspace_id):
        return 0
    interrupted = update(OutboxMessage).where(
        OutboxMessage.workspace_id == workspace_id, OutboxMessage.state == DeliveryState.SENDING
    )
    result = session.execute(interrupted.values(state=DeliveryState.WAITING, is_uncertain=True))
    return int(result.rowcount)  # type: ignore[attr-defined]


@asked_often
def being_sent(*, workspace_id: str) -> Select[int]:
    """One of those that somebody is sending, or was when they died."""
    sending = (OutboxMessage.workspace_id == workspace_id, OutboxMessage.state == DeliveryState.SENDING)
    return select(OutboxMessage.id).where(*sending).limit(1)


@asked_often
def sent_since(*, workspace_id: str, since: datetime) -> Select[OutboxMessage]:
    chosen = select(OutboxMessage).where(OutboxMessage.workspace_id == workspace_id, OutboxMessage.sent_at >= since)
    return chosen.order_by(OutboxMessage.sent_at)

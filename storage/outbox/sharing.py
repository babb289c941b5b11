"""Merging: several messages to one person in a single post, under the key of one."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import or_, select

from storage.kinds import DeliveryState
from storage.outbox.outbox import OutboxMessage
from storage.outbox.sending import in_turn, is_waiting
from storage.scope import Scope


def companions(scope: Scope, row: OutboxMessage, *, now: datetime, limit: int) -> Sequence[OutboxMessage]:
    """Return waiting messages that can be merged with this one, locked."""
    chosen = select(OutboxMessage).where(
        *is_waiting(row.workspace_id, now),
        OutboxMessage.recipient == row.recipient,
        OutboxMessage.id != row.id,
        OutboxMessage.shares.is_(True),
        OutboxMessage.attention == row.attention,
        OutboxMessage.is_uncertain.is_(False),
        or_(OutboxMessage.expires_at.is_(None), OutboxMessage.expires_at > now),
    )
    return scope.session.scalars(chosen.order_by(*in_turn()).limit(limit).with_for_update(skip_locked=True)).all()


def of_one_post(scope: Scope, row: OutboxMessage, *, lock: bool = True) -> Sequence[OutboxMessage]:
    """Return this message and those merged with it, in the order of the post."""
    key = row.posted_under
    chosen = select(OutboxMessage).where(
        OutboxMessage.workspace_id == row.workspace_id,
        OutboxMessage.recipient == row.recipient,
        or_(OutboxMessage.key == key, OutboxMessage.said_with == key),
    )
    chosen = chosen.order_by(*in_turn())
    return scope.session.scalars(chosen.with_for_update() if lock else chosen).all()


def is_on_its_way(row: OutboxMessage) -> bool:
    """Return whether it is neither canceled nor finished."""
    return row.state is DeliveryState.SENDING or (row.state is DeliveryState.WAITING and row.is_uncertain)

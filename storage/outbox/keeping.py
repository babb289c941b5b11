"""Retention of outbox messages, and what is forgotten about a person."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, String, cast, delete, func, or_, select, union_all, update

from storage.kinds import DeliveryState
from storage.outbox.outbox import OutboxMessage
from storage.polling import WORKSPACE, parameter, polled
from storage.scope import Scope

AT_ONCE = 1000
SHOWS_PEOPLE = (OutboxMessage.recipient, OutboxMessage.text, cast(OutboxMessage.blocks, String))
"""Columns that may contain a person's id, besides the key."""

DOUBT_UNSENT = """
UPDATE outbox_messages SET is_uncertain = TRUE, looks = 1, first_attempt_at = coalesce(first_attempt_at, due_at)
WHERE state = 'waiting'
"""
"""Waiting messages in a restored copy may have been sent since it was made: look in Slack before posting."""


def sent_to(scope: Scope, *, person_id: str) -> Sequence[OutboxMessage]:
    """Return messages to this person, alone or with others, sent or not."""
    chosen = select(OutboxMessage).where(
        OutboxMessage.workspace_id == scope.workspace_id, OutboxMessage.recipient.contains(person_id, autoescape=True)
    )
    return [row for row in scope.session.scalars(chosen.order_by(OutboxMessage.id)) if person_id in row.people]


def forget_person(scope: Scope, *, person_id: str) -> None:
    """Delete messages to and about this person, sent or not.

    Messages that exist because of them, such as the notice to a partner, only lose the id in their key.
    """
    about = or_(*(column.contains(person_id, autoescape=True) for column in SHOWS_PEOPLE))
    scope.session.execute(delete(OutboxMessage).where(OutboxMessage.workspace_id == scope.workspace_id, about))
    because = OutboxMessage.key.contains(person_id, autoescape=True)
    chosen = update(OutboxMessage).where(OutboxMessage.workspace_id == scope.workspace_id, because)
    scope.session.execute(
        chosen.values(key=func.replace(OutboxMessage.key, person_id, anonymize(scope.workspace_id, person_id)))
    )


def anonymize(workspace_id: str, person_id: str) -> str:
    """Return a hash for keys, distinct for each person so that keys stay unique."""
    return hashlib.sha256(f"{workspace_id}:{person_id}".encode()).hexdigest()[:16]


def done_before(workspace_id: str, before: datetime) -> Select[int]:
    """Select finished messages due before then."""
    return select(OutboxMessage.id).where(
        OutboxMessage.workspace_id == workspace_id,
        OutboxMessage.state.in_([DeliveryState.SENT, DeliveryState.GIVEN_UP, DeliveryState.CANCELLED]),
        *has_expired(before),
    )


def has_expired(before: datetime) -> list[ColumnElement[bool]]:
    """Return conditions on the due date and the sent date: a wrong clock may have decided it as due long ago."""
    return [OutboxMessage.due_at < before, or_(OutboxMessage.sent_at.is_(None), OutboxMessage.sent_at < before)]


def erase_words(scope: Scope, *, before: datetime) -> None:
    """Empty finished messages. Their keys stay, so that none is sent again."""
    ids = scope.session.scalars(done_before(scope.workspace_id, before).limit(AT_ONCE)).all()
    if ids:
        old = update(OutboxMessage).where(OutboxMessage.id.in_(ids))
        scope.session.execute(old.values(state=DeliveryState.PAST, text="", blocks=[], looks=0))


def past_before(workspace_id: str, before: datetime) -> Select[int]:
    """Select emptied messages due before then."""
    return select(OutboxMessage.id).where(
        OutboxMessage.workspace_id == workspace_id,
        OutboxMessage.state == DeliveryState.PAST,
        *has_expired(before),
    )


EXPIRED = union_all(
    done_before(WORKSPACE, parameter("words_before")), past_before(WORKSPACE, parameter("keys_before"))
).subquery()
exists_before = polled(select(EXPIRED.c.id).limit(1))
"""One message whose retention has expired, if there is any."""


def delete_past(scope: Scope, *, before: datetime) -> None:
    ids = scope.session.scalars(past_before(scope.workspace_id, before).limit(AT_ONCE)).all()
    if ids:
        scope.session.execute(delete(OutboxMessage).where(OutboxMessage.id.in_(ids)))

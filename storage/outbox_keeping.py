"""How long the outbox keeps what was said, and what it keeps of a person."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, String, cast, delete, func, or_, select, union_all, update

from storage.asked import WORKSPACE, asked_often
from storage.kinds import DeliveryState
from storage.outbox import OutboxMessage
from storage.scope import Scope

AT_ONCE = 1000
SHOWS_PEOPLE = (OutboxMessage.recipient, OutboxMessage.text, cast(OutboxMessage.blocks, String))
"""Where a person's id can stand in a message, beside its key."""

DOUBT_UNSENT = """
UPDATE outbox_messages SET is_uncertain = TRUE, looks = 1, first_attempt_at = coalesce(first_attempt_at, due_at)
WHERE state = 'waiting'
"""
"""What waits in an old copy of the database may have been sent since the copy was made: look for it before posting."""


def sent_to(scope: Scope, *, person_id: str) -> Sequence[OutboxMessage]:
    """What went, or will go, to this person alone or together with others."""
    chosen = select(OutboxMessage).where(
        OutboxMessage.workspace_id == scope.workspace_id, OutboxMessage.recipient.contains(person_id, autoescape=True)
    )
    return [row for row in scope.session.scalars(chosen.order_by(OutboxMessage.id)) if person_id in row.people]


def forget_person(scope: Scope, *, person_id: str) -> None:
    """Messages to this person and about them go, be they sent or not.

    Those that only exist because of them, such as the word to a partner that somebody can't come, lose the id.
    """
    about = or_(*(column.contains(person_id, autoescape=True) for column in SHOWS_PEOPLE))
    scope.session.execute(delete(OutboxMessage).where(OutboxMessage.workspace_id == scope.workspace_id, about))
    because = OutboxMessage.key.contains(person_id, autoescape=True)
    chosen = update(OutboxMessage).where(OutboxMessage.workspace_id == scope.workspace_id, because)
    scope.session.execute(
        chosen.values(key=func.replace(OutboxMessage.key, person_id, nameless(scope.workspace_id, person_id)))
    )


def nameless(workspace_id: str, person_id: str) -> str:
    """Two who are forgotten must not become one: keys stay different."""
    return hashlib.sha256(f"{workspace_id}:{person_id}".encode()).hexdigest()[:16]


def done_before(workspace_id: str, before: datetime) -> Select[int]:
    """Messages that have done their work, and are as old as that."""
    return select(OutboxMessage.id).where(
        OutboxMessage.workspace_id == workspace_id,
        OutboxMessage.state.in_([DeliveryState.SENT, DeliveryState.GIVEN_UP, DeliveryState.CANCELLED]),
        *is_as_old(before),
    )


def is_as_old(before: datetime) -> list[ColumnElement[bool]]:
    """A machine with a wrong date may have decided it as due long ago: what counts then is when it was sent."""
    return [OutboxMessage.due_at < before, or_(OutboxMessage.sent_at.is_(None), OutboxMessage.sent_at < before)]


@asked_often
def an_old_one(*, words_before: datetime, keys_before: datetime) -> Select[int]:
    """One of the messages that are kept longer than needed, if there is any."""
    old = union_all(done_before(WORKSPACE, words_before), past_before(WORKSPACE, keys_before)).subquery()
    return select(old.c.id).limit(1)


def erase_words(scope: Scope, *, before: datetime) -> None:
    """Of messages that have done their work only the key is kept, so that none of them is ever put again."""
    ids = scope.session.scalars(done_before(scope.workspace_id, before).limit(AT_ONCE)).all()
    if ids:
        old = update(OutboxMessage).where(OutboxMessage.id.in_(ids))
        scope.session.execute(old.values(state=DeliveryState.PAST, text="", blocks=[], looks=0))


def past_before(workspace_id: str, before: datetime) -> Select[int]:
    """Messages of which only the key is left, and that are as old as that."""
    return select(OutboxMessage.id).where(
        OutboxMessage.workspace_id == workspace_id,
        OutboxMessage.state == DeliveryState.PAST,
        *is_as_old(before),
    )


def delete_past(scope: Scope, *, before: datetime) -> None:
    ids = scope.session.scalars(past_before(scope.workspace_id, before).limit(AT_ONCE)).all()
    if ids:
        scope.session.execute(delete(OutboxMessage).where(OutboxMessage.id.in_(ids)))

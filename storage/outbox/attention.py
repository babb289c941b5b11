"""Quota use: recent unsolicited messages by person."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, Date, Index, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from storage.kinds import Attention
from storage.polling import WORKSPACE, parameter, polled
from storage.schema import SlackId, Table
from storage.scope import Scope


class QuotaUse(Table):
    """A message counted against a person's quota, saved in the transaction that claims it."""

    __tablename__ = "spent_attention"
    __table_args__ = (Index(None, "workspace_id", "person_id", "spent_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[SlackId]
    person_id: Mapped[SlackId]
    message_id: Mapped[int]
    """Outbox id, without a foreign key, as the message may be deleted earlier."""
    attention: Mapped[Attention]
    spent_at: Mapped[datetime]
    spent_on: Mapped[date] = mapped_column(Date)
    """The person's local day then, stored so that travel doesn't allow two messages on one day."""


def uses_since(scope: Scope, *, person_id: str, since: datetime) -> Sequence[QuotaUse]:
    chosen = select(QuotaUse).where(
        QuotaUse.workspace_id == scope.workspace_id,
        QuotaUse.person_id == person_id,
        QuotaUse.spent_at >= since,
    )
    return scope.session.scalars(chosen.order_by(QuotaUse.spent_at)).all()


def uses_of_people(scope: Scope, *, person_ids: Sequence[str], since: datetime) -> Sequence[QuotaUse]:
    chosen = select(QuotaUse).where(
        QuotaUse.workspace_id == scope.workspace_id,
        QuotaUse.person_id.in_(person_ids),
        QuotaUse.spent_at >= since,
    )
    return scope.session.scalars(chosen.order_by(QuotaUse.spent_at)).all()


def refund(scope: Scope, *, person_ids: Iterable[str], message_id: int) -> None:
    """Refund the quota of a message that was not sent."""
    scope.session.execute(
        delete(QuotaUse).where(
            QuotaUse.workspace_id == scope.workspace_id,
            QuotaUse.person_id.in_(list(person_ids)),
            QuotaUse.message_id == message_id,
        )
    )


def uses_of(scope: Scope, *, person_id: str) -> Sequence[QuotaUse]:
    chosen = select(QuotaUse).where(QuotaUse.workspace_id == scope.workspace_id, QuotaUse.person_id == person_id)
    return scope.session.scalars(chosen.order_by(QuotaUse.spent_at)).all()


def forget_person(scope: Scope, *, person_id: str) -> None:
    scope.session.execute(
        delete(QuotaUse).where(QuotaUse.workspace_id == scope.workspace_id, QuotaUse.person_id == person_id)
    )


def delete_older(scope: Scope, *, before: datetime) -> None:
    scope.session.execute(delete(QuotaUse).where(*is_older(scope.workspace_id, before)))


def is_older(workspace_id: str, before: datetime) -> tuple[ColumnElement[bool], ...]:
    return QuotaUse.workspace_id == workspace_id, QuotaUse.spent_at < before


exists_before = polled(select(QuotaUse.id).where(*is_older(WORKSPACE, parameter("before"))).limit(1))
"""One if there is any."""

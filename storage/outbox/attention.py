"""Quota use: recent unsolicited messages by person."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, Date, Index, Select, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from storage.asked import WORKSPACE, asked_often
from storage.kinds import Attention
from storage.schema import SlackId, Table
from storage.scope import Scope


class SpentAttention(Table):
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


def spent_since(scope: Scope, *, person_id: str, since: datetime) -> Sequence[SpentAttention]:
    chosen = select(SpentAttention).where(
        SpentAttention.workspace_id == scope.workspace_id,
        SpentAttention.person_id == person_id,
        SpentAttention.spent_at >= since,
    )
    return scope.session.scalars(chosen.order_by(SpentAttention.spent_at)).all()


def spent_by_several(scope: Scope, *, person_ids: Sequence[str], since: datetime) -> Sequence[SpentAttention]:
    chosen = select(SpentAttention).where(
        SpentAttention.workspace_id == scope.workspace_id,
        SpentAttention.person_id.in_(person_ids),
        SpentAttention.spent_at >= since,
    )
    return scope.session.scalars(chosen.order_by(SpentAttention.spent_at)).all()


def give_back(scope: Scope, *, person_ids: Iterable[str], message_id: int) -> None:
    """Refund the quota of a message that was not sent."""
    scope.session.execute(
        delete(SpentAttention).where(
            SpentAttention.workspace_id == scope.workspace_id,
            SpentAttention.person_id.in_(list(person_ids)),
            SpentAttention.message_id == message_id,
        )
    )


def spent_by(scope: Scope, *, person_id: str) -> Sequence[SpentAttention]:
    chosen = select(SpentAttention).where(
        SpentAttention.workspace_id == scope.workspace_id, SpentAttention.person_id == person_id
    )
    return scope.session.scalars(chosen.order_by(SpentAttention.spent_at)).all()


def forget_person(scope: Scope, *, person_id: str) -> None:
    scope.session.execute(
        delete(SpentAttention).where(
            SpentAttention.workspace_id == scope.workspace_id, SpentAttention.person_id == person_id
        )
    )


@asked_often
def an_older_one(*, before: datetime) -> Select[int]:
    """Select one if there is any."""
    return select(SpentAttention.id).where(*is_older(WORKSPACE, before)).limit(1)


def delete_older(scope: Scope, *, before: datetime) -> None:
    scope.session.execute(delete(SpentAttention).where(*is_older(scope.workspace_id, before)))


def is_older(workspace_id: str, before: datetime) -> tuple[ColumnElement[bool], ...]:
    return SpentAttention.workspace_id == workspace_id, SpentAttention.spent_at < before

"""The Slack workspace that Weft is installed in, and which process carries its messages."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import String, bindparam, or_, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.schema import SlackId, Table, table_of
from storage.upsert import insert_into, lock_or_add


class Workspace(Table):
    __tablename__ = "workspaces"

    workspace_id: Mapped[SlackId] = mapped_column(primary_key=True)
    name: Mapped[str]
    bot_user_id: Mapped[SlackId]
    synced_at: Mapped[datetime | None]


class CarrierLease(Table):
    """One process at a time carries messages, so that Slack's limits are kept by somebody who knows all calls."""

    __tablename__ = "carrier_leases"

    workspace_id: Mapped[SlackId] = mapped_column(primary_key=True)
    holder: Mapped[str] = mapped_column(String(64))
    until: Mapped[datetime]


LEASES = table_of(CarrierLease)
TAKE = (
    update(LEASES)
    .where(LEASES.c.workspace_id == bindparam("workspace"))
    .where(or_(LEASES.c.holder == bindparam("mine"), LEASES.c.until <= bindparam("now")))
    .values(holder=bindparam("mine"), until=bindparam("new_end"))
)
"""Put together once: it is asked for in every look at the outbox that comes late."""


def remember_workspace(session: Session, *, workspace_id: str, name: str, bot_user_id: str) -> Workspace:
    key = {"workspace_id": workspace_id}
    workspace = lock_or_add(session, Workspace, key, name=name, bot_user_id=bot_user_id)
    workspace.name, workspace.bot_user_id = name, bot_user_id
    session.flush()
    return workspace


def workspaces(session: Session) -> Sequence[Workspace]:
    return session.scalars(select(Workspace).order_by(Workspace.name, Workspace.workspace_id)).all()


def take_lease(session: Session, *, workspace_id: str, holder: str, now: datetime, until: datetime) -> bool:
    """Take or keep the lease. False while another process holds it."""
    wanted = {"workspace": workspace_id, "mine": holder, "now": now, "new_end": until}
    if session.connection().execute(TAKE, wanted).rowcount:
        return True
    # Two processes that start together both find none: one is quicker, and the other sees it.
    first = insert_into(session, CarrierLease).values(workspace_id=workspace_id, holder=holder, until=until)
    return session.scalar(first.on_conflict_do_nothing().returning(CarrierLease.holder)) is not None


def lease(session: Session, *, workspace_id: str) -> CarrierLease | None:
    return session.get(CarrierLease, workspace_id)


def give_up_lease(session: Session, *, workspace_id: str, holder: str) -> None:
    lease = session.get(CarrierLease, workspace_id, with_for_update=True)
    if lease is not None and lease.holder == holder:
        session.delete(lease)

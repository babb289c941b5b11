"""The Slack workspace that Weft is installed in, and which process carries its messages."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.schema import SlackId, Table
from storage.upsert import insert_into


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


def remember_workspace(session: Session, *, workspace_id: str, name: str, bot_user_id: str) -> Workspace:
    workspace = session.get(Workspace, workspace_id)
    if workspace is None:
        workspace = Workspace(workspace_id=workspace_id, name=name, bot_user_id=bot_user_id)
        session.add(workspace)
    workspace.name, workspace.bot_user_id = name, bot_user_id
    session.flush()
    return workspace


def take_lease(session: Session, *, workspace_id: str, holder: str, now: datetime, until: datetime) -> bool:
    """Take or keep the lease. False while another process holds it."""
    lease = session.get(CarrierLease, workspace_id, with_for_update=True)
    if lease is None:  # Two processes that start together both find none: one is quicker, and the other sees it.
        taken = insert_into(session, CarrierLease).values(workspace_id=workspace_id, holder=holder, until=until)
        session.execute(taken.on_conflict_do_nothing())
        lease = session.get(CarrierLease, workspace_id, with_for_update=True)
    if lease is None or (lease.holder != holder and lease.until > now):
        return False
    lease.holder, lease.until = holder, until
    return True


def lease(session: Session, *, workspace_id: str) -> CarrierLease | None:
    return session.get(CarrierLease, workspace_id)


def give_up_lease(session: Session, *, workspace_id: str, holder: str) -> None:
    lease = session.get(CarrierLease, workspace_id, with_for_update=True)
    if lease is not None and lease.holder == holder:
        session.delete(lease)

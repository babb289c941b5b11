"""The Slack workspace of the installation, and the lease on sending its messages."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import String, bindparam, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.schema import SlackId, Table, table_of
from storage.scope import Scope
from storage.upsert import insert_into, lock_or_add

FREE = ""
"""Holder of a released lease."""


class Workspace(Table):
    __tablename__ = "workspaces"

    workspace_id: Mapped[SlackId] = mapped_column(primary_key=True)
    name: Mapped[str]
    bot_user_id: Mapped[SlackId]
    synced_at: Mapped[datetime | None]


class CarrierLease(Table):
    """The lease for sending: one process at a time, so that it knows all calls and keeps Slack's rate limits.

    No clock time is stored: the holder increments `beat`, and others measure with their own clocks how long it has
    stood still.
    """

    __tablename__ = "carrier_leases"

    workspace_id: Mapped[SlackId] = mapped_column(primary_key=True)
    holder: Mapped[str] = mapped_column(String(64))
    epoch: Mapped[int]
    """Number of takeovers. Claims and results are valid only in the epoch they began in."""
    beat: Mapped[int]


LEASES = table_of(CarrierLease)
BEAT = (
    update(LEASES)
    .where(LEASES.c.workspace_id == bindparam("workspace"))
    .where(LEASES.c.holder == bindparam("mine"), LEASES.c.epoch == bindparam("my_epoch"))
    .values(beat=LEASES.c.beat + 1)
)
"""Built once, as it runs with every claim."""


def remember_workspace(scope: Scope, *, name: str, bot_user_id: str) -> Workspace:
    key = {"workspace_id": scope.workspace_id}
    workspace = lock_or_add(scope, Workspace, key, name=name, bot_user_id=bot_user_id)
    workspace.name, workspace.bot_user_id = name, bot_user_id
    scope.session.flush()
    return workspace


def workspaces(session: Session) -> Sequence[Workspace]:
    return session.scalars(select(Workspace).order_by(Workspace.name, Workspace.workspace_id)).all()


def lease(scope: Scope) -> CarrierLease | None:
    return scope.session.get(CarrierLease, scope.workspace_id)


def extend_lease(scope: Scope, *, holder: str, epoch: int) -> bool:
    """Increment the beat and lock the lease until the transaction ends. False if another process took over."""
    mine = {"workspace": scope.workspace_id, "mine": holder, "my_epoch": epoch}
    return bool(scope.session.connection().execute(BEAT, mine).rowcount)


def take_lease(scope: Scope, *, holder: str, seen: tuple[int, int] | None) -> int | None:
    """Take over the lease if it is as seen (epoch, beat; None: there was none). Returns the new epoch, or None."""
    if seen is None:
        # Of two processes that start together, one inserts the row and the other gets None.
        first = insert_into(scope, CarrierLease).values(workspace_id=scope.workspace_id, holder=holder, epoch=1, beat=1)
        new_epoch: int | None = scope.session.scalar(first.on_conflict_do_nothing().returning(CarrierLease.epoch))
        return new_epoch
    epoch, beats = seen
    unchanged = update(LEASES).where(
        LEASES.c.workspace_id == scope.workspace_id, LEASES.c.epoch == epoch, LEASES.c.beat == beats
    )
    taken = scope.session.execute(unchanged.values(holder=holder, epoch=epoch + 1, beat=beats + 1))
    is_mine = bool(taken.rowcount)  # type: ignore[attr-defined]
    return epoch + 1 if is_mine else None


def give_up_lease(scope: Scope, *, holder: str, epoch: int) -> None:
    """Release the lease. The row stays, so that epochs are never reused."""
    mine = update(LEASES).where(
        LEASES.c.workspace_id == scope.workspace_id, LEASES.c.holder == holder, LEASES.c.epoch == epoch
    )
    scope.session.execute(mine.values(holder=FREE, beat=LEASES.c.beat + 1))

"""The Slack workspace that Weft is installed in, and which process carries its messages."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import String, bindparam, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.schema import SlackId, Table, table_of
from storage.scope import Scope
from storage.upsert import insert_into, lock_or_add

FREE = ""
"""The holder of a lease that was given back."""


class Workspace(Table):
    __tablename__ = "workspaces"

    workspace_id: Mapped[SlackId] = mapped_column(primary_key=True)
    name: Mapped[str]
    bot_user_id: Mapped[SlackId]
    synced_at: Mapped[datetime | None]


class CarrierLease(Table):
    """One process at a time carries messages, so that one process knows all calls and keeps Slack's limits.

    No moment of a clock is kept here: the holder counts `beat` up, and others measure with their own clocks for how
    long it stood still.
    """

    __tablename__ = "carrier_leases"

    workspace_id: Mapped[SlackId] = mapped_column(primary_key=True)
    holder: Mapped[str] = mapped_column(String(64))
    epoch: Mapped[int]
    """Counts the takeovers. Claims and results count only under the epoch that they were begun under."""
    beat: Mapped[int]


LEASES = table_of(CarrierLease)
BEAT = (
    update(LEASES)
    .where(LEASES.c.workspace_id == bindparam("workspace"))
    .where(LEASES.c.holder == bindparam("mine"), LEASES.c.epoch == bindparam("my_epoch"))
    .values(beat=LEASES.c.beat + 1)
)
"""Built once: it runs with every claim."""


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


def beat(scope: Scope, *, holder: str, epoch: int) -> bool:
    """Count up, and lock the lease until the transaction ends. False when another process has taken over."""
    mine = {"workspace": scope.workspace_id, "mine": holder, "my_epoch": epoch}
    return bool(scope.session.connection().execute(BEAT, mine).rowcount)


def take_lease(scope: Scope, *, holder: str, seen: tuple[int, int] | None) -> int | None:
    """Take the lease over if it still is as it was seen (epoch, beat; None: there was none). Returns the new epoch."""
    if seen is None:
        # Two processes that start together both find none: one is quicker, and the other sees it.
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
    """The row stays, so that epochs never come twice."""
    mine = update(LEASES).where(
        LEASES.c.workspace_id == scope.workspace_id, LEASES.c.holder == holder, LEASES.c.epoch == epoch
    )
    scope.session.execute(mine.values(holder=FREE, beat=LEASES.c.beat + 1))

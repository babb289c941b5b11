"""Endorsements of celebrations: at most one a person, in whatever order Slack's events arrive."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from storage.celebrations.celebrations import Celebration
from storage.kinds import CelebrationState, Reach
from storage.polling import WORKSPACE, parameter, polled
from storage.schema import SlackId, Table
from storage.scope import Scope
from storage.upsert import add_if_missing, lock_or_add


class Cheer(Table):
    """Latest known state of a person's reaction. Kept when removed, so that older events don't bring it back."""

    __tablename__ = "secondings"
    __table_args__ = (Index(None, "workspace_id", "person_id"),)

    celebration_id: Mapped[int] = mapped_column(ForeignKey("celebrations.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[SlackId] = mapped_column(primary_key=True)
    workspace_id: Mapped[SlackId]
    is_on: Mapped[bool]
    moved_at: Mapped[int] = mapped_column(BigInteger)
    """Slack's timestamp of the event, in microseconds since 1970."""
    first_on_at: Mapped[datetime]


class CheerAnnounced(Table):
    """Record that a person was notified of endorsements: once for each celebration."""

    __tablename__ = "secondings_told"
    __table_args__ = (Index(None, "workspace_id", "person_id"),)

    celebration_id: Mapped[int] = mapped_column(ForeignKey("celebrations.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[SlackId] = mapped_column(primary_key=True)
    workspace_id: Mapped[SlackId]
    told_at: Mapped[datetime]


def record(scope: Scope, *, celebration_id: int, person_id: str, is_on: bool, moved_at: int) -> bool:
    """Save the reaction's state unless a newer one is known. Returns whether it changes."""
    key = {"celebration_id": celebration_id, "person_id": person_id}
    first = {"is_on": is_on, "moved_at": moved_at, "first_on_at": scope.now}
    if add_if_missing(scope, Cheer, **key, **first):
        return is_on
    row = lock_or_add(scope, Cheer, key, **first)
    if moved_at < row.moved_at or (moved_at == row.moved_at and is_on):
        return False
    changed, row.is_on, row.moved_at = row.is_on is not is_on, is_on, moved_at
    return changed


def seconders_of(scope: Scope, *, celebration_ids: Iterable[int]) -> dict[int, list[Cheer]]:
    """Return current endorsements by celebration, in order of arrival."""
    wanted, found = list(celebration_ids), dict[int, list[Cheer]]()
    for start in range(0, len(wanted), 500):
        chosen = select(Cheer).where(Cheer.celebration_id.in_(wanted[start : start + 500]), Cheer.is_on)
        for row in scope.session.scalars(chosen.order_by(Cheer.first_on_at, Cheer.person_id)):
            found.setdefault(row.celebration_id, []).append(row)
    return found


def secondings_of(scope: Scope, *, celebration_id: int) -> Sequence[Cheer]:
    """Return all rows, removed reactions included."""
    return scope.session.scalars(select(Cheer).where(Cheer.celebration_id == celebration_id)).all()


def seconded_by(scope: Scope, *, person_id: str) -> Sequence[Cheer]:
    chosen = select(Cheer).where(Cheer.workspace_id == scope.workspace_id, Cheer.person_id == person_id, Cheer.is_on)
    return scope.session.scalars(chosen.order_by(Cheer.celebration_id)).all()


def announced_to(scope: Scope, *, celebration_ids: Iterable[int]) -> set[tuple[int, str]]:
    wanted, found = list(celebration_ids), set[tuple[int, str]]()
    for start in range(0, len(wanted), 500):
        chosen = select(CheerAnnounced.celebration_id, CheerAnnounced.person_id).where(
            CheerAnnounced.celebration_id.in_(wanted[start : start + 500])
        )
        found |= {(celebration_id, person_id) for celebration_id, person_id in scope.session.execute(chosen)}
    return found


def mark_announced(scope: Scope, *, person_id: str, celebration_ids: Iterable[int]) -> None:
    for each in celebration_ids:
        about = {"celebration_id": each, "person_id": person_id}
        add_if_missing(scope, CheerAnnounced, **about, told_at=scope.now)


seconded_since = polled(
    select(Celebration)
    .where(
        Celebration.workspace_id == WORKSPACE,
        Celebration.state == CelebrationState.OPEN,
        Celebration.reach == Reach.CHANNEL,
        Celebration.made_at > parameter("since"),
        select(Cheer.person_id)
        .where(Cheer.celebration_id == Celebration.id, Cheer.is_on, Cheer.first_on_at <= parameter("settled"))
        .exists(),
    )
    .order_by(Celebration.id)
)
"""Celebrations in channels, shared since then, whose first endorsement is from `settled` or earlier."""


def drop(scope: Scope, *, celebration_id: int) -> None:
    """Delete all endorsements of a celebration."""
    scope.session.execute(delete(Cheer).where(Cheer.celebration_id == celebration_id))


def forget_person(scope: Scope, *, person_id: str) -> None:
    for table in (Cheer, CheerAnnounced):
        scope.session.execute(
            delete(table).where(table.workspace_id == scope.workspace_id, table.person_id == person_id)
        )

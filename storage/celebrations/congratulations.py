"""People who may be asked to congratulate, and those who did."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from storage.celebrations.celebrations import Celebration
from storage.kinds import CelebrationState
from storage.schema import SlackId, Table
from storage.scope import Scope
from storage.upsert import add_if_missing, lock_or_add


class Congratulator(Table):
    """One of the people closest to someone celebrated, or anyone who congratulated unasked."""

    __tablename__ = "congratulators"
    __table_args__ = (Index(None, "workspace_id", "person_id"),)

    celebration_id: Mapped[int] = mapped_column(ForeignKey("celebrations.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[SlackId] = mapped_column(primary_key=True)
    workspace_id: Mapped[SlackId]
    other_id: Mapped[SlackId | None]
    """The celebrated person they know."""
    met_on: Mapped[date | None] = mapped_column(Date)
    wrote_at: Mapped[datetime | None]


def congratulator(scope: Scope, *, celebration_id: int, person_id: str) -> Congratulator | None:
    return scope.session.get(Congratulator, (celebration_id, person_id))


def authors(scope: Scope, *, celebration_id: int) -> Sequence[str]:
    """Ids of the people who wrote."""
    wrote = select(Congratulator.person_id).where(
        Congratulator.workspace_id == scope.workspace_id,
        Congratulator.celebration_id == celebration_id,
        Congratulator.wrote_at.is_not(None),
    )
    return scope.session.scalars(wrote).all()


def invite(scope: Scope, row: Celebration, person_id: str, *, other_id: str, met_on: date) -> None:
    add_if_missing(scope, Congratulator, celebration_id=row.id, person_id=person_id, other_id=other_id, met_on=met_on)


def mark_written(scope: Scope, row: Celebration, person_id: str) -> bool:
    """Record that this person congratulated. False if they had before."""
    key = {"celebration_id": row.id, "person_id": person_id}
    known = lock_or_add(scope, Congratulator, key)
    if known.wrote_at is not None:
        return False
    known.wrote_at = scope.now
    scope.session.flush()
    return True


def open_invitations(
    scope: Scope, *, person_ids: Iterable[str], since: datetime
) -> Sequence[tuple[Congratulator, Celebration]]:
    """Return open invitations of these people to congratulate, on celebrations shared since then."""
    wanted, found = list(person_ids), list[tuple[Congratulator, Celebration]]()
    for start in range(0, len(wanted), 500):
        chosen = (
            select(Congratulator, Celebration)
            .join(Celebration, Celebration.id == Congratulator.celebration_id)
            .where(
                Congratulator.workspace_id == scope.workspace_id,
                Congratulator.person_id.in_(wanted[start : start + 500]),
                Congratulator.wrote_at.is_(None),
                Congratulator.other_id.is_not(None),
                Celebration.state == CelebrationState.OPEN,
                Celebration.shared_at > since,
            )
            .order_by(Celebration.id, Congratulator.person_id)
        )
        found += [(one, celebration) for one, celebration in scope.session.execute(chosen)]
    return found


def congratulations_of(scope: Scope, *, person_id: str) -> Sequence[Congratulator]:
    chosen = select(Congratulator).where(
        Congratulator.workspace_id == scope.workspace_id, Congratulator.person_id == person_id
    )
    return scope.session.scalars(chosen.order_by(Congratulator.celebration_id)).all()


def forget_person(scope: Scope, *, person_id: str) -> None:
    for column in (Congratulator.person_id, Congratulator.other_id):
        scope.session.execute(
            delete(Congratulator).where(Congratulator.workspace_id == scope.workspace_id, column == person_id)
        )

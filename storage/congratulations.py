"""Who may be asked to congratulate, and who did."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.celebrations import Celebration
from storage.kinds import CelebrationState
from storage.schema import SlackId, Table
from storage.upsert import add_if_missing, lock_or_add


class Congratulator(Table):
    """One of the few who know somebody best for whom something went well; or somebody who wrote unasked."""

    __tablename__ = "congratulators"
    __table_args__ = (Index(None, "workspace_id", "person_id"),)

    celebration_id: Mapped[int] = mapped_column(ForeignKey("celebrations.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[SlackId] = mapped_column(primary_key=True)
    workspace_id: Mapped[SlackId]
    other_id: Mapped[SlackId | None]
    """Whom of those celebrated they know."""
    met_on: Mapped[date | None] = mapped_column(Date)
    wrote_at: Mapped[datetime | None]


def congratulator(session: Session, *, celebration_id: int, person_id: str) -> Congratulator | None:
    return session.get(Congratulator, (celebration_id, person_id))


def invite(session: Session, row: Celebration, person_id: str, *, other_id: str, met_on: date) -> None:
    add_if_missing(
        session,
        Congratulator,
        celebration_id=row.id,
        person_id=person_id,
        workspace_id=row.workspace_id,
        other_id=other_id,
        met_on=met_on,
    )


def note_written(session: Session, row: Celebration, person_id: str, *, at: datetime) -> bool:
    """False when this person has written before."""
    key = {"celebration_id": row.id, "person_id": person_id}
    known = lock_or_add(session, Congratulator, key, workspace_id=row.workspace_id)
    if known.wrote_at is not None:
        return False
    known.wrote_at = at
    session.flush()
    return True


def open_invitations(
    session: Session, *, workspace_id: str, person_ids: Iterable[str], since: datetime
) -> Sequence[tuple[Congratulator, Celebration]]:
    """Those of these people who could congratulate now, on something shared since then."""
    wanted, found = list(person_ids), list[tuple[Congratulator, Celebration]]()
    for start in range(0, len(wanted), 500):
        chosen = (
            select(Congratulator, Celebration)
            .join(Celebration, Celebration.id == Congratulator.celebration_id)
            .where(
                Congratulator.workspace_id == workspace_id,
                Congratulator.person_id.in_(wanted[start : start + 500]),
                Congratulator.wrote_at.is_(None),
                Congratulator.other_id.is_not(None),
                Celebration.state == CelebrationState.OPEN,
                Celebration.shared_at > since,
            )
            .order_by(Celebration.id, Congratulator.person_id)
        )
        found += [(one, celebration) for one, celebration in session.execute(chosen)]
    return found


def of_person(session: Session, *, workspace_id: str, person_id: str) -> Sequence[Congratulator]:
    chosen = select(Congratulator).where(
        Congratulator.workspace_id == workspace_id, Congratulator.person_id == person_id
    )
    return session.scalars(chosen.order_by(Congratulator.celebration_id)).all()


def forget_person(session: Session, *, workspace_id: str, person_id: str) -> None:
    for column in (Congratulator.person_id, Congratulator.other_id):
        session.execute(delete(Congratulator).where(Congratulator.workspace_id == workspace_id, column == person_id))

"""What people note for themselves about somebody they met. Nobody else ever sees it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Index, String, UniqueConstraint, delete, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.schema import SlackId, Table
from storage.upsert import insert_into


class Note(Table):
    """One person's words about another, after one meeting."""

    __tablename__ = "notes"
    __table_args__ = (
        UniqueConstraint("workspace_id", "person_id", "other_id", "origin"),
        Index(None, "workspace_id", "other_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[SlackId]
    person_id: Mapped[SlackId]
    """Whose note it is."""
    other_id: Mapped[SlackId]
    """About whom."""
    origin: Mapped[str] = mapped_column(String(64))
    """The meeting after which it was written, as the meeting keeps it: `match:12`."""
    words: Mapped[str] = mapped_column(String(1000))
    written_at: Mapped[datetime]


def keep(
    session: Session, *, workspace_id: str, person_id: str, other_id: str, origin: str, words: str, at: datetime
) -> None:
    """One note for each meeting and other: other words replace it, and no words take it away."""
    whose = {"workspace_id": workspace_id, "person_id": person_id, "other_id": other_id, "origin": origin}
    if not words:
        session.execute(delete(Note).filter_by(**whose))
        return
    put = insert_into(session, Note).values(**whose, words=words, written_at=at)
    replaced = {"words": put.excluded.words, "written_at": put.excluded.written_at}
    session.execute(put.on_conflict_do_update(index_elements=list(whose), set_=replaced, where=Note.words != words))


def note(session: Session, *, workspace_id: str, person_id: str, other_id: str, origin: str) -> Note | None:
    chosen = select(Note).where(Note.workspace_id == workspace_id, Note.person_id == person_id)
    return session.scalar(chosen.where(Note.other_id == other_id, Note.origin == origin))


def notes_of(session: Session, *, workspace_id: str, person_id: str) -> Sequence[Note]:
    """All notes of this person, the newest first."""
    chosen = select(Note).where(Note.workspace_id == workspace_id, Note.person_id == person_id)
    return session.scalars(chosen.order_by(Note.written_at.desc(), Note.id.desc())).all()


def notes_about(session: Session, *, workspace_id: str, person_id: str, other_id: str) -> Sequence[Note]:
    """What this person noted about that one, the newest first."""
    chosen = select(Note).where(
        Note.workspace_id == workspace_id, Note.person_id == person_id, Note.other_id == other_id
    )
    return session.scalars(chosen.order_by(Note.written_at.desc(), Note.id.desc())).all()


def newest_of(session: Session, *, workspace_id: str, person_ids: Sequence[str]) -> dict[tuple[str, str], str]:
    """The latest words of each of these people about each other one."""
    chosen = select(Note.person_id, Note.other_id, Note.words).where(
        Note.workspace_id == workspace_id, Note.person_id.in_(person_ids)
    )
    in_order = session.execute(chosen.order_by(Note.written_at, Note.id))
    return {(person_id, other_id): words for person_id, other_id, words in in_order}


def forget_person(session: Session, *, workspace_id: str, person_id: str) -> None:
    """Their notes go, and so does what others noted about them."""
    named = or_(Note.person_id == person_id, Note.other_id == person_id)
    session.execute(delete(Note).where(Note.workspace_id == workspace_id, named))

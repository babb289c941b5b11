"""What people note for themselves about somebody they met. Nobody else ever sees it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Index, String, UniqueConstraint, delete, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from storage.schema import SlackId, Table
from storage.scope import Scope
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


def keep(scope: Scope, *, person_id: str, other_id: str, origin: str, words: str, at: datetime) -> None:
    """One note for each meeting and other: other words replace it, and no words take it away."""
    whose = {"workspace_id": scope.workspace_id, "person_id": person_id, "other_id": other_id, "origin": origin}
    if not words:
        scope.session.execute(delete(Note).filter_by(**whose))
        return
    put = insert_into(scope, Note).values(**whose, words=words, written_at=at)
    replaced = {"words": put.excluded.words, "written_at": put.excluded.written_at}
    scope.session.execute(
        put.on_conflict_do_update(index_elements=list(whose), set_=replaced, where=Note.words != words)
    )


def note(scope: Scope, *, person_id: str, other_id: str, origin: str) -> Note | None:
    chosen = select(Note).where(Note.workspace_id == scope.workspace_id, Note.person_id == person_id)
    return scope.session.scalar(chosen.where(Note.other_id == other_id, Note.origin == origin))


def notes_of(scope: Scope, *, person_id: str) -> Sequence[Note]:
    """All notes of this person, the newest first."""
    chosen = select(Note).where(Note.workspace_id == scope.workspace_id, Note.person_id == person_id)
    return scope.session.scalars(chosen.order_by(Note.written_at.desc(), Note.id.desc())).all()


def notes_about(scope: Scope, *, person_id: str, other_id: str) -> Sequence[Note]:
    """What this person noted about that one, the newest first."""
    chosen = select(Note).where(
        Note.workspace_id == scope.workspace_id, Note.person_id == person_id, Note.other_id == other_id
    )
    return scope.session.scalars(chosen.order_by(Note.written_at.desc(), Note.id.desc())).all()


def newest_of(scope: Scope, *, person_ids: Sequence[str]) -> dict[tuple[str, str], str]:
    """The latest words of each of these people about each other one."""
    chosen = select(Note.person_id, Note.other_id, Note.words).where(
        Note.workspace_id == scope.workspace_id, Note.person_id.in_(person_ids)
    )
    in_order = scope.session.execute(chosen.order_by(Note.written_at, Note.id))
    return {(person_id, other_id): words for person_id, other_id, words in in_order}


def forget_person(scope: Scope, *, person_id: str) -> None:
    """Their notes go, and so does what others noted about them."""
    named = or_(Note.person_id == person_id, Note.other_id == person_id)
    scope.session.execute(delete(Note).where(Note.workspace_id == scope.workspace_id, named))

"""Private notes about people met, visible to the author only."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Index, String, UniqueConstraint, delete, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from storage.schema import SlackId, Table
from storage.scope import Scope
from storage.upsert import insert_into


class Note(Table):
    """One person's note about another, after one meeting."""

    __tablename__ = "notes"
    __table_args__ = (
        UniqueConstraint("workspace_id", "person_id", "other_id", "origin"),
        Index(None, "workspace_id", "other_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[SlackId]
    person_id: Mapped[SlackId]
    """The author."""
    other_id: Mapped[SlackId]
    """The subject."""
    origin: Mapped[str] = mapped_column(String(64))
    """Origin of the meeting: `match:12`."""
    words: Mapped[str] = mapped_column(String(1000))
    written_at: Mapped[datetime]


def save_note(scope: Scope, *, person_id: str, other_id: str, origin: str, words: str, at: datetime) -> None:
    """Save the note for a meeting and person, replacing an earlier one. Empty words delete it."""
    whose = {"workspace_id": scope.workspace_id, "person_id": person_id, "other_id": other_id, "origin": origin}
    if not words:
        scope.session.execute(delete(Note).filter_by(**whose))
        return
    put = insert_into(scope, Note).values(**whose, words=words, written_at=at)
    replaced = {"words": put.excluded.words, "written_at": put.excluded.written_at}
    scope.session.execute(
        put.on_conflict_do_update(index_elements=list(whose), set_=replaced, where=Note.words != words)
    )


def find_note(scope: Scope, *, person_id: str, other_id: str, origin: str) -> Note | None:
    chosen = select(Note).where(Note.workspace_id == scope.workspace_id, Note.person_id == person_id)
    return scope.session.scalar(chosen.where(Note.other_id == other_id, Note.origin == origin))


def notes_of(scope: Scope, *, person_id: str) -> Sequence[Note]:
    """Return all notes by this person, newest first."""
    chosen = select(Note).where(Note.workspace_id == scope.workspace_id, Note.person_id == person_id)
    return scope.session.scalars(chosen.order_by(Note.written_at.desc(), Note.id.desc())).all()


def notes_about(scope: Scope, *, person_id: str, other_id: str) -> Sequence[Note]:
    """Return notes by one person about another, newest first."""
    chosen = select(Note).where(
        Note.workspace_id == scope.workspace_id, Note.person_id == person_id, Note.other_id == other_id
    )
    return scope.session.scalars(chosen.order_by(Note.written_at.desc(), Note.id.desc())).all()


def newest_of(scope: Scope, *, person_ids: Sequence[str]) -> dict[tuple[str, str], str]:
    """Return the latest note by (author, subject)."""
    chosen = select(Note.person_id, Note.other_id, Note.words).where(
        Note.workspace_id == scope.workspace_id, Note.person_id.in_(person_ids)
    )
    in_order = scope.session.execute(chosen.order_by(Note.written_at, Note.id))
    return {(person_id, other_id): words for person_id, other_id, words in in_order}


def forget_person(scope: Scope, *, person_id: str) -> None:
    """Delete notes by and about them."""
    named = or_(Note.person_id == person_id, Note.other_id == person_id)
    scope.session.execute(delete(Note).where(Note.workspace_id == scope.workspace_id, named))

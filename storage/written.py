"""Written coffees: what people who hardly share working hours answered, until they all see it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.schema import SlackId, Table
from storage.upsert import lock_or_add


class WrittenAnswer(Table):
    """One person's answers in a match. Their words are kept only until a message has brought them to the others."""

    __tablename__ = "written_answers"
    __table_args__ = (Index(None, "workspace_id", "person_id"),)

    match_id: Mapped[int] = mapped_column(ForeignKey("matches.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[SlackId] = mapped_column(primary_key=True)
    workspace_id: Mapped[SlackId]
    answers: Mapped[list[str]] = mapped_column(JSON)
    """In the order of the questions; empty where they left one out."""
    answered_at: Mapped[datetime]
    shown_at: Mapped[datetime | None]


def answers_in(session: Session, *, match_id: int) -> dict[str, WrittenAnswer]:
    chosen = select(WrittenAnswer).where(WrittenAnswer.match_id == match_id)
    return {row.person_id: row for row in session.scalars(chosen.order_by(WrittenAnswer.answered_at))}


def answer(
    session: Session, *, workspace_id: str, match_id: int, person_id: str, answers: Sequence[str], at: datetime
) -> None:
    """Answering again replaces what was said before."""
    key = {"match_id": match_id, "person_id": person_id}
    row = lock_or_add(session, WrittenAnswer, key, workspace_id=workspace_id, answers=list(answers), answered_at=at)
    row.answers, row.answered_at = list(answers), at
    session.flush()


def answers_of(session: Session, *, workspace_id: str, person_id: str) -> Sequence[WrittenAnswer]:
    chosen = select(WrittenAnswer).where(
        WrittenAnswer.workspace_id == workspace_id, WrittenAnswer.person_id == person_id
    )
    return session.scalars(chosen.order_by(WrittenAnswer.match_id)).all()


def forget_match(session: Session, *, match_id: int) -> None:
    session.execute(delete(WrittenAnswer).where(WrittenAnswer.match_id == match_id))


def forget_person(session: Session, *, workspace_id: str, person_id: str) -> None:
    session.execute(
        delete(WrittenAnswer).where(WrittenAnswer.workspace_id == workspace_id, WrittenAnswer.person_id == person_id)
    )

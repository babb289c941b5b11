"""Async coffees: answers of people whose working hours hardly overlap, until all have seen them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from storage.schema import SlackId, Table
from storage.scope import Scope
from storage.upsert import lock_or_add


class WrittenAnswer(Table):
    """A person's answers in a match, kept until a message has shown them to the others."""

    __tablename__ = "written_answers"
    __table_args__ = (Index(None, "workspace_id", "person_id"),)

    match_id: Mapped[int] = mapped_column(ForeignKey("matches.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[SlackId] = mapped_column(primary_key=True)
    workspace_id: Mapped[SlackId]
    answers: Mapped[list[str]] = mapped_column(JSON)
    """In the order of the questions; empty where one was skipped."""
    answered_at: Mapped[datetime]
    shown_at: Mapped[datetime | None]


def answers_of_match(scope: Scope, *, match_id: int) -> dict[str, WrittenAnswer]:
    chosen = select(WrittenAnswer).where(WrittenAnswer.match_id == match_id)
    return {row.person_id: row for row in scope.session.scalars(chosen.order_by(WrittenAnswer.answered_at))}


def save_answer(scope: Scope, *, match_id: int, person_id: str, answers: Sequence[str]) -> None:
    """Save the answers, replacing earlier ones."""
    key = {"match_id": match_id, "person_id": person_id}
    row = lock_or_add(scope, WrittenAnswer, key, answers=list(answers), answered_at=scope.now)
    row.answers, row.answered_at = list(answers), scope.now
    scope.session.flush()


def answers_of(scope: Scope, *, person_id: str) -> Sequence[WrittenAnswer]:
    chosen = select(WrittenAnswer).where(
        WrittenAnswer.workspace_id == scope.workspace_id, WrittenAnswer.person_id == person_id
    )
    return scope.session.scalars(chosen.order_by(WrittenAnswer.match_id)).all()


def forget_match(scope: Scope, *, match_id: int) -> None:
    scope.session.execute(delete(WrittenAnswer).where(WrittenAnswer.match_id == match_id))


def forget_person(scope: Scope, *, person_id: str) -> None:
    scope.session.execute(
        delete(WrittenAnswer).where(
            WrittenAnswer.workspace_id == scope.workspace_id, WrittenAnswer.person_id == person_id
        )
    )

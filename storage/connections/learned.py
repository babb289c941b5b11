"""Learnings that people want to share from a coffee, and the consent of those they met."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, delete, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.schema import SlackId, Table
from storage.scope import Scope


class Learned(Table):
    """One person's learning from one meeting."""

    __tablename__ = "learned"
    __table_args__ = (UniqueConstraint("workspace_id", "origin", "person_id"), Index(None, "workspace_id", "person_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[SlackId]
    program_id: Mapped[int] = mapped_column(ForeignKey("programs.id", ondelete="CASCADE"))
    """The program in whose channel it would be shared."""
    origin: Mapped[str] = mapped_column(String(64))
    """Origin of the meeting: `match:12`."""
    person_id: Mapped[SlackId]
    words: Mapped[str] = mapped_column(String(300))
    written_at: Mapped[datetime]
    shared_at: Mapped[datetime | None]
    """When it was posted, after all had agreed."""
    consents: Mapped[list["Consent"]] = relationship(cascade="all, delete-orphan", order_by="Consent.person_id")


class Consent(Table):
    """A person's consent to sharing. A no is never revealed."""

    __tablename__ = "learned_consents"
    __table_args__ = (Index(None, "workspace_id", "person_id"),)

    learned_id: Mapped[int] = mapped_column(ForeignKey("learned.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[SlackId] = mapped_column(primary_key=True)
    workspace_id: Mapped[SlackId]
    agrees: Mapped[bool | None]
    answered_at: Mapped[datetime | None]


def learned(scope: Scope, *, learned_id: int) -> Learned | None:
    chosen = select(Learned).where(Learned.id == learned_id, Learned.workspace_id == scope.workspace_id)
    return scope.session.scalar(chosen.with_for_update())


def of_meeting(scope: Scope, *, origin: str, person_id: str) -> Learned | None:
    chosen = select(Learned).where(Learned.workspace_id == scope.workspace_id, Learned.origin == origin)
    return scope.session.scalar(chosen.where(Learned.person_id == person_id))


def of_person(scope: Scope, *, person_id: str) -> list[Learned]:
    chosen = select(Learned).where(Learned.workspace_id == scope.workspace_id, Learned.person_id == person_id)
    return list(scope.session.scalars(chosen.order_by(Learned.id)))


def consents_of(scope: Scope, *, person_id: str) -> list[Consent]:
    chosen = select(Consent).where(Consent.workspace_id == scope.workspace_id, Consent.person_id == person_id)
    return list(scope.session.scalars(chosen.order_by(Consent.learned_id)))


def forget_person(scope: Scope, *, person_id: str) -> None:
    """Delete their learnings, and those that await their consent."""
    for row in of_person(scope, person_id=person_id):
        scope.session.delete(row)
    for consent in consents_of(scope, person_id=person_id):
        waiting = scope.session.get(Learned, consent.learned_id)
        if waiting is not None and waiting.shared_at is None:
            scope.session.delete(waiting)
    scope.session.flush()
    scope.session.execute(
        delete(Consent).where(Consent.workspace_id == scope.workspace_id, Consent.person_id == person_id)
    )

"""Times offered in introductions, and who chose which."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, Index, delete, select, update
from sqlalchemy.orm import Mapped, mapped_column

from storage.schema import SlackId, Table
from storage.scope import Scope
from storage.upsert import add_if_missing


class Slot(Table):
    """A time at which all people of a match could meet."""

    __tablename__ = "slots"

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[SlackId]
    match_id: Mapped[int] = mapped_column(ForeignKey("matches.id", ondelete="CASCADE"), index=True)
    starts_at: Mapped[datetime]
    minutes: Mapped[int] = mapped_column(default=15, server_default="15")
    """Length of the meeting."""
    is_offered: Mapped[bool] = mapped_column(default=True)
    """Kept after a newer introduction, so that old buttons still work and ids are not reused."""


class SlotChoice(Table):
    """A person's choice of a slot."""

    __tablename__ = "slot_choices"
    __table_args__ = (Index(None, "workspace_id", "person_id"),)

    slot_id: Mapped[int] = mapped_column(ForeignKey("slots.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[SlackId] = mapped_column(primary_key=True)
    workspace_id: Mapped[SlackId]
    chosen_at: Mapped[datetime]


def offer(scope: Scope, *, match_id: int, starts: Sequence[datetime], minutes: int) -> Sequence[Slot]:
    """Replace the offered slots of a match."""
    withdrawn = update(Slot).where(Slot.match_id == match_id, Slot.is_offered)
    scope.session.execute(withdrawn.values(is_offered=False))
    slots = [Slot(workspace_id=scope.workspace_id, match_id=match_id, starts_at=at, minutes=minutes) for at in starts]
    scope.session.add_all(slots)
    scope.session.flush()
    return slots


def match_of_slot(scope: Scope, *, slot_id: int) -> int | None:
    return scope.session.scalar(
        select(Slot.match_id).where(Slot.id == slot_id, Slot.workspace_id == scope.workspace_id)
    )


def minutes_of(scope: Scope, *, match_id: int, starts_at: datetime) -> int | None:
    """Return the length of the meeting offered for this time."""
    chosen = select(Slot.minutes).where(Slot.match_id == match_id, Slot.starts_at == starts_at)
    return scope.session.scalar(chosen.order_by(Slot.id.desc()).limit(1))


def starts_of(scope: Scope, *, match_id: int, offered: bool | None = None) -> Sequence[datetime]:
    """Return times offered to a match. `offered`: only current ones."""
    chosen = select(Slot.starts_at).where(Slot.match_id == match_id)
    return scope.session.scalars(chosen.where(Slot.is_offered) if offered else chosen).all()


def slot(scope: Scope, *, slot_id: int) -> Slot:
    return scope.session.get_one(Slot, slot_id, populate_existing=True)


def add_choice(scope: Scope, *, chosen: Slot, person_id: str) -> None:
    """Save the choice. Idempotent."""
    about = {"slot_id": chosen.id, "person_id": person_id}
    add_if_missing(scope, SlotChoice, **about, chosen_at=scope.now)


def delete_choices(scope: Scope, *, match_id: int, starts_at: datetime) -> None:
    """Delete all choices of this time."""
    canceled = select(Slot.id).where(Slot.match_id == match_id, Slot.starts_at == starts_at)
    scope.session.execute(delete(SlotChoice).where(SlotChoice.slot_id.in_(canceled)))


def people_by_slot(scope: Scope, *, slot_id: int) -> set[str]:
    return set(scope.session.scalars(select(SlotChoice.person_id).where(SlotChoice.slot_id == slot_id)))


def choices_of(scope: Scope, *, person_id: str) -> list[tuple[Slot, datetime]]:
    """Return a person's chosen slots, and when they chose each."""
    chosen = (
        select(Slot, SlotChoice.chosen_at)
        .join(SlotChoice, SlotChoice.slot_id == Slot.id)
        .where(SlotChoice.workspace_id == scope.workspace_id, SlotChoice.person_id == person_id)
        .order_by(Slot.id)
    )
    return [(row, at) for row, at in scope.session.execute(chosen)]


def forget_person(scope: Scope, *, person_id: str) -> None:
    scope.session.execute(
        delete(SlotChoice).where(SlotChoice.workspace_id == scope.workspace_id, SlotChoice.person_id == person_id)
    )

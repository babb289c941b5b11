"""Times that an introduction offers, and who chose which."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, Index, delete, select, update
from sqlalchemy.orm import Mapped, mapped_column

from storage.schema import SlackId, Table
from storage.scope import Scope
from storage.upsert import add_if_missing


class Slot(Table):
    """A time at which everybody of a match could meet."""

    __tablename__ = "slots"

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[SlackId]
    match_id: Mapped[int] = mapped_column(ForeignKey("matches.id", ondelete="CASCADE"), index=True)
    starts_at: Mapped[datetime]
    minutes: Mapped[int] = mapped_column(default=15, server_default="15")
    """How long they would meet."""
    is_offered: Mapped[bool] = mapped_column(default=True)
    """Slots of an older introduction stay, so that its buttons can be answered and their ids are never used again."""


class SlotChoice(Table):
    """That a slot works for a person."""

    __tablename__ = "slot_choices"
    __table_args__ = (Index(None, "workspace_id", "person_id"),)

    slot_id: Mapped[int] = mapped_column(ForeignKey("slots.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[SlackId] = mapped_column(primary_key=True)
    workspace_id: Mapped[SlackId]
    chosen_at: Mapped[datetime]


def offer(scope: Scope, *, match_id: int, starts: Sequence[datetime], minutes: int) -> Sequence[Slot]:
    """These are the slots of the match from now on, and no others."""
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
    """How long the meeting is that was offered for this moment."""
    chosen = select(Slot.minutes).where(Slot.match_id == match_id, Slot.starts_at == starts_at)
    return scope.session.scalar(chosen.order_by(Slot.id.desc()).limit(1))


def starts_of(scope: Scope, *, match_id: int, offered: bool | None = None) -> Sequence[datetime]:
    """Times that were offered to a match; `offered`: only those that still are."""
    chosen = select(Slot.starts_at).where(Slot.match_id == match_id)
    return scope.session.scalars(chosen.where(Slot.is_offered) if offered else chosen).all()


def slot(scope: Scope, *, slot_id: int) -> Slot:
    return scope.session.get_one(Slot, slot_id, populate_existing=True)


def choose(scope: Scope, *, chosen: Slot, person_id: str, at: datetime) -> None:
    """Choosing twice changes nothing."""
    about = {"slot_id": chosen.id, "person_id": person_id}
    add_if_missing(scope, SlotChoice, **about, chosen_at=at)


def who_chose(scope: Scope, *, slot_id: int) -> set[str]:
    return set(scope.session.scalars(select(SlotChoice.person_id).where(SlotChoice.slot_id == slot_id)))


def choices_of(scope: Scope, *, person_id: str) -> list[tuple[Slot, datetime]]:
    """What a person chose, and when."""
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

"""Block lists: people someone would rather not be matched with, visible to them only."""

from collections.abc import Iterable, Sequence

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from storage.schema import SlackId, Table
from storage.scope import Scope
from storage.upsert import add_if_missing


class Apart(Table):
    """One person's block. It applies in every program, and the other never learns of it."""

    __tablename__ = "apart"

    workspace_id: Mapped[SlackId] = mapped_column(primary_key=True)
    person_id: Mapped[SlackId] = mapped_column(primary_key=True)
    other_id: Mapped[SlackId] = mapped_column(primary_key=True)


def wishes_of(scope: Scope, *, person_id: str) -> Sequence[str]:
    chosen = select(Apart.other_id).where(Apart.workspace_id == scope.workspace_id, Apart.person_id == person_id)
    return scope.session.scalars(chosen.order_by(Apart.other_id)).all()


def replace_wishes(scope: Scope, *, person_id: str, others: Iterable[str]) -> None:
    scope.session.execute(delete(Apart).where(Apart.workspace_id == scope.workspace_id, Apart.person_id == person_id))
    for other in sorted(set(others)):
        add_if_missing(scope, Apart, person_id=person_id, other_id=other)


def all_pairs(scope: Scope) -> list[tuple[str, str]]:
    """Return all blocks together, for matching only."""
    chosen = select(Apart.person_id, Apart.other_id).where(Apart.workspace_id == scope.workspace_id)
    return [
        (person, other) for person, other in scope.session.execute(chosen.order_by(Apart.person_id, Apart.other_id))
    ]


def pairs_apart_among(scope: Scope, *, person_ids: Sequence[str]) -> set[frozenset[str]]:
    """Return blocked pairs with any of these people on either side."""
    named = or_(Apart.person_id.in_(person_ids), Apart.other_id.in_(person_ids))
    chosen = select(Apart.person_id, Apart.other_id).where(Apart.workspace_id == scope.workspace_id, named)
    return {frozenset(pair) for pair in scope.session.execute(chosen)}


def forget_person(scope: Scope, *, person_id: str) -> None:
    named = or_(Apart.person_id == person_id, Apart.other_id == person_id)
    scope.session.execute(delete(Apart).where(Apart.workspace_id == scope.workspace_id, named))

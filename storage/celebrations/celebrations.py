"""Shoutouts and wins, and the people in them."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, delete, func, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.connections.connections import FORGOTTEN
from storage.kinds import CelebrationKind, CelebrationState, Part, Reach
from storage.polling import WORKSPACE, parameter, polled
from storage.schema import SlackId, Table
from storage.scope import Scope

UNNAMED = "someone"
"""Replaces a forgotten person's mention in other people's words."""


class Celebration(Table):
    """A shoutout or a win by its author."""

    __tablename__ = "celebrations"
    __table_args__ = (
        Index(None, "workspace_id", "channel_id", "ts"),
        Index(None, "workspace_id", "person_id", "made_at"),
        Index(None, "workspace_id", "made_at"),
        UniqueConstraint("workspace_id", "origin"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[SlackId]
    origin: Mapped[str] = mapped_column(String(100))
    """Deduplication key: the form or command it came from."""
    kind: Mapped[CelebrationKind]
    person_id: Mapped[SlackId]
    """The author."""
    words: Mapped[str]
    change: Mapped[str]
    """The impact: what changed because of it."""
    link: Mapped[str | None] = mapped_column(String(500))
    """Permalink of the celebrated message."""
    groups: Mapped[list[dict[str, Any]]]
    """Thanked user groups: `[{"id": "S1"}]`. Their members are among the people."""
    reach: Mapped[Reach]
    state: Mapped[CelebrationState] = mapped_column(default=CelebrationState.OPEN)
    seconding_emoji: Mapped[str] = mapped_column(String(100))
    made_at: Mapped[datetime]
    edited_at: Mapped[datetime | None]

    channel_id: Mapped[SlackId | None]
    ts: Mapped[str | None] = mapped_column(String(32))
    """With `channel_id`: its message in Slack, once delivered."""
    attempt: Mapped[int] = mapped_column(default=1)
    """Number of the attempt to post it: after a refusal, the author may try again."""
    shared_at: Mapped[datetime | None]
    reactions_read_at: Mapped[datetime | None]
    people_told_at: Mapped[datetime | None]
    """When people outside of the channel were notified."""
    invited_at: Mapped[datetime | None]
    """When the people who may congratulate were chosen."""

    people: Mapped[list["CelebrationPerson"]] = relationship(
        cascade="all, delete-orphan", order_by="CelebrationPerson.place"
    )

    def those(self, part: Part) -> list[str]:
        return [one.person_id for one in self.people if one.part is part]

    @property
    def celebrated(self) -> list[str]:
        """Return the ids of people it honors."""
        return self.those(Part.RECEIVER) if self.kind is CelebrationKind.SHOUTOUT else [self.person_id]

    @property
    def everyone(self) -> set[str]:
        return {self.person_id, *(one.person_id for one in self.people)}


class CelebrationPerson(Table):
    """A person who is thanked, or who helped."""

    __tablename__ = "celebration_people"
    __table_args__ = (Index(None, "workspace_id", "person_id"),)

    celebration_id: Mapped[int] = mapped_column(ForeignKey("celebrations.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[SlackId] = mapped_column(primary_key=True)
    workspace_id: Mapped[SlackId]
    place: Mapped[int]
    """Position in the order of naming."""
    part: Mapped[Part]
    is_named: Mapped[bool] = mapped_column(default=True)
    """Whether they were named themselves, and not only as a member of a group."""


def celebration(scope: Scope, *, celebration_id: int, lock: bool = False) -> Celebration | None:
    found = scope.session.get(Celebration, celebration_id, with_for_update=lock or None, populate_existing=lock)
    return found if found is not None and found.workspace_id == scope.workspace_id else None


def put_people(scope: Scope, row: Celebration, people: Iterable[tuple[str, Part, bool]]) -> None:
    """Replace the people. Each is kept once, as named first."""
    named: dict[str, tuple[Part, bool]] = {}
    for person_id, part, is_named in people:
        named.setdefault(person_id, (part, is_named))
    row.people = [
        CelebrationPerson(person_id=person_id, workspace_id=row.workspace_id, place=place, part=part, is_named=is_named)
        for place, (person_id, (part, is_named)) in enumerate(named.items())
    ]
    scope.session.flush()


def by_origin(scope: Scope, *, origin: str) -> Celebration | None:
    chosen = select(Celebration).where(Celebration.workspace_id == scope.workspace_id, Celebration.origin == origin)
    return scope.session.scalar(chosen)


def message_at(scope: Scope, *, channel_id: str, ts: str) -> Celebration | None:
    """Return the celebration posted as this Slack message."""
    chosen = select(Celebration).where(
        Celebration.workspace_id == scope.workspace_id, Celebration.channel_id == channel_id, Celebration.ts == ts
    )
    return scope.session.scalar(chosen.where(Celebration.state == CelebrationState.OPEN))


def made_since(scope: Scope, *, person_id: str, since: datetime) -> int:
    """Count the celebrations this person has made."""
    chosen = select(func.count()).where(
        Celebration.workspace_id == scope.workspace_id, Celebration.person_id == person_id, Celebration.made_at >= since
    )
    return scope.session.scalar(chosen) or 0


def wins_in_public(scope: Scope, *, person_id: str, since: datetime) -> int:
    chosen = select(func.count()).where(
        Celebration.workspace_id == scope.workspace_id,
        Celebration.person_id == person_id,
        Celebration.kind == CelebrationKind.WIN,
        Celebration.reach == Reach.CHANNEL,
        Celebration.state != CelebrationState.WITHDRAWN,
        Celebration.made_at > since,
    )
    return scope.session.scalar(chosen) or 0


def thanked_since(scope: Scope, *, person_id: str, since: datetime) -> dict[str, int]:
    """Return the number of shoutouts this person gave, by receiver."""
    chosen = (
        select(CelebrationPerson.person_id, func.count())
        .join(Celebration, Celebration.id == CelebrationPerson.celebration_id)
        .where(
            Celebration.workspace_id == scope.workspace_id,
            Celebration.person_id == person_id,
            Celebration.kind == CelebrationKind.SHOUTOUT,
            Celebration.state != CelebrationState.WITHDRAWN,
            Celebration.made_at > since,
            CelebrationPerson.part == Part.RECEIVER,
        )
        .group_by(CelebrationPerson.person_id)
    )
    return {person: count for person, count in scope.session.execute(chosen)}


def thankers_of(scope: Scope, *, person_ids: Sequence[str], since: datetime) -> set[tuple[str, str]]:
    """Return pairs (giver, receiver) of shoutouts by these people."""
    chosen = (
        select(Celebration.person_id, CelebrationPerson.person_id)
        .join(Celebration, Celebration.id == CelebrationPerson.celebration_id)
        .where(
            Celebration.workspace_id == scope.workspace_id,
            Celebration.person_id.in_(person_ids),
            Celebration.kind == CelebrationKind.SHOUTOUT,
            Celebration.state != CelebrationState.WITHDRAWN,
            Celebration.made_at > since,
            CelebrationPerson.part == Part.RECEIVER,
        )
    )
    return {(giver, receiver) for giver, receiver in scope.session.execute(chosen)}


def winners_among(scope: Scope, *, person_ids: Sequence[str], since: datetime) -> set[str]:
    chosen = select(Celebration.person_id).where(
        Celebration.workspace_id == scope.workspace_id,
        Celebration.person_id.in_(person_ids),
        Celebration.kind == CelebrationKind.WIN,
        Celebration.state != CelebrationState.WITHDRAWN,
        Celebration.made_at > since,
    )
    return set(scope.session.scalars(chosen))


def written_by(scope: Scope, *, person_id: str, limit: int | None = None) -> Sequence[Celebration]:
    """Return a person's own celebrations, newest first."""
    chosen = select(Celebration).where(
        Celebration.workspace_id == scope.workspace_id,
        Celebration.person_id == person_id,
        Celebration.state != CelebrationState.WITHDRAWN,
    )
    return scope.session.scalars(chosen.order_by(Celebration.made_at.desc(), Celebration.id.desc()).limit(limit)).all()


def with_person(scope: Scope, *, person_id: str, limit: int | None = None) -> Sequence[Celebration]:
    """Return celebrations that thank a person or name them as a helper, newest first, without private wins."""
    chosen = (
        select(Celebration)
        .join(CelebrationPerson, CelebrationPerson.celebration_id == Celebration.id)
        .where(
            CelebrationPerson.workspace_id == scope.workspace_id,
            CelebrationPerson.person_id == person_id,
            Celebration.state == CelebrationState.OPEN,
            or_(Celebration.kind == CelebrationKind.SHOUTOUT, Celebration.reach != Reach.PRIVATE),
        )
    )
    return scope.session.scalars(chosen.order_by(Celebration.made_at.desc(), Celebration.id.desc()).limit(limit)).all()


def public_between(scope: Scope, *, since: datetime, until: datetime) -> Sequence[Celebration]:
    chosen = select(Celebration).where(
        Celebration.workspace_id == scope.workspace_id,
        Celebration.state == CelebrationState.OPEN,
        Celebration.reach != Reach.PRIVATE,
        Celebration.made_at >= since,
        Celebration.made_at < until,
    )
    return scope.session.scalars(chosen.order_by(Celebration.made_at, Celebration.id)).all()


in_channels = polled(
    select(Celebration)
    .where(
        Celebration.workspace_id == WORKSPACE,
        Celebration.state == CelebrationState.OPEN,
        Celebration.reach == Reach.CHANNEL,
        Celebration.ts.is_not(None),
        Celebration.made_at > parameter("since"),
    )
    .order_by(Celebration.id)
)
"""Celebrations posted to a channel since then, oldest first."""


def move_channel(scope: Scope, *, old: str, new: str) -> None:
    there = update(Celebration).where(Celebration.workspace_id == scope.workspace_id, Celebration.channel_id == old)
    scope.session.execute(there.values(channel_id=new))


def forget_person(scope: Scope, *, person_id: str) -> None:
    """Empty their wins and anonymize their shoutouts, which stay with the receivers."""
    theirs = (Celebration.workspace_id == scope.workspace_id, Celebration.person_id == person_id)
    wins = select(Celebration.id).where(*theirs, Celebration.kind == CelebrationKind.WIN)
    scope.session.execute(delete(CelebrationPerson).where(CelebrationPerson.celebration_id.in_(wins)))
    # Rows stay, emptied, so that their ids are not reused: buttons carry them.
    emptied = {"words": "", "change": "", "link": None, "state": CelebrationState.WITHDRAWN}
    scope.session.execute(update(Celebration).where(Celebration.id.in_(wins)).values(emptied))
    scope.session.execute(update(Celebration).where(*theirs).values(person_id=FORGOTTEN))
    scope.session.execute(
        delete(CelebrationPerson).where(
            CelebrationPerson.workspace_id == scope.workspace_id, CelebrationPerson.person_id == person_id
        )
    )
    named = select(Celebration).where(
        Celebration.workspace_id == scope.workspace_id,
        or_(*(column.contains(person_id, autoescape=True) for column in (Celebration.words, Celebration.change))),
    )
    for row in scope.session.scalars(named):
        for mark in (f"<@{person_id}>", person_id):
            row.words, row.change = row.words.replace(mark, UNNAMED), row.change.replace(mark, UNNAMED)

"""Meetings. Other contact between two people is in `storage.connections.contacts`."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Date, ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, aliased, mapped_column, relationship, selectinload

from storage.kinds import MetThrough
from storage.schema import SlackId, Table
from storage.scope import Scope
from storage.upsert import insert_into

AT_ONCE = 500
FORGOTTEN = "somebody"
"""Replaces the id of a forgotten person, as the others did meet someone."""


class Meeting(Table):
    """A meeting that took place."""

    __tablename__ = "meetings"
    __table_args__ = (UniqueConstraint("workspace_id", "origin"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[SlackId]
    met_on: Mapped[date] = mapped_column(Date)
    through: Mapped[MetThrough]
    origin: Mapped[str]
    """Deduplication key: what it came from, such as `match:12`."""
    seats: Mapped[list["MeetingPerson"]] = relationship(cascade="all, delete-orphan", order_by="MeetingPerson.id")


class MeetingPerson(Table):
    __tablename__ = "meeting_people"

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[SlackId]
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[SlackId] = mapped_column(index=True)


def record_meeting(scope: Scope, *, people: Sequence[str], met_on: date, through: MetThrough, origin: str) -> bool:
    """Record a meeting. False if it was recorded before."""
    about = {"workspace_id": scope.workspace_id, "met_on": met_on, "through": through, "origin": origin}
    new = insert_into(scope, Meeting).values(**about).on_conflict_do_nothing().returning(Meeting.id)
    meeting_id = scope.session.scalar(new)
    if meeting_id is None:
        return False
    scope.session.add_all(
        MeetingPerson(workspace_id=scope.workspace_id, meeting_id=meeting_id, person_id=one) for one in people
    )
    scope.session.flush()
    return True


def take_back_meeting(scope: Scope, *, origin: str) -> None:
    chosen = select(Meeting).where(Meeting.workspace_id == scope.workspace_id, Meeting.origin == origin)
    for meeting in scope.session.scalars(chosen):
        scope.session.delete(meeting)


def people_in(scope: Scope, *, origin: str) -> set[str]:
    """Return the people of a meeting; empty if there is none."""
    chosen = (
        select(MeetingPerson.person_id)
        .join(Meeting, Meeting.id == MeetingPerson.meeting_id)
        .where(Meeting.workspace_id == scope.workspace_id, Meeting.origin == origin)
    )
    return set(scope.session.scalars(chosen))


def meetings_of(scope: Scope, *, person_id: str) -> Sequence[Meeting]:
    chosen = (
        select(Meeting)
        .join(Meeting.seats)
        .where(Meeting.workspace_id == scope.workspace_id, MeetingPerson.person_id == person_id)
    )
    return scope.session.scalars(chosen.order_by(Meeting.met_on, Meeting.id)).unique().all()


def meetings_between(scope: Scope, *, person_ids: Sequence[str], since: date, until: date) -> Sequence[Meeting]:
    """Return meetings of any of these people between two days, latest first."""
    theirs = select(MeetingPerson.meeting_id).where(
        MeetingPerson.workspace_id == scope.workspace_id, MeetingPerson.person_id.in_(person_ids)
    )
    chosen = select(Meeting).where(
        Meeting.workspace_id == scope.workspace_id, Meeting.met_on.between(since, until), Meeting.id.in_(theirs)
    )
    fetched = chosen.options(selectinload(Meeting.seats))
    return scope.session.scalars(fetched.order_by(Meeting.met_on.desc(), Meeting.id.desc())).all()


@dataclass(frozen=True, slots=True)
class Met:
    """A person met: the last day and how, and the number of meetings."""

    person_id: str
    last_on: date
    through: MetThrough
    times: int
    origin: str
    """Origin of the last meeting."""


def people_met(scope: Scope, *, person_id: str) -> list[Met]:
    """Return the people this person met, most recent first, without forgotten ones."""
    mine, theirs = aliased(MeetingPerson), aliased(MeetingPerson)
    chosen = (
        select(theirs.person_id, Meeting.met_on, Meeting.through, Meeting.origin)
        .select_from(mine)
        .join(Meeting, Meeting.id == mine.meeting_id)
        .join(theirs, theirs.meeting_id == mine.meeting_id)
        .where(
            mine.workspace_id == scope.workspace_id,
            mine.person_id == person_id,
            theirs.person_id.not_in([person_id, FORGOTTEN]),
        )
        .order_by(Meeting.met_on, Meeting.id)
    )
    met: dict[str, Met] = {}
    for other_id, met_on, through, origin in scope.session.execute(chosen):
        times = met.pop(other_id).times + 1 if other_id in met else 1
        met[other_id] = Met(other_id, met_on, through, times, origin)
    return list(reversed(met.values()))


def met_pairs(scope: Scope, *, among: Collection[str] | None = None) -> list[tuple[str, str, date]]:
    """Return (lower id, higher id, day) for each meeting of each pair, of all people or among these."""
    one, other = aliased(MeetingPerson), aliased(MeetingPerson)
    chosen = (
        select(one.person_id, other.person_id, Meeting.met_on)
        .join(other, one.meeting_id == other.meeting_id)
        .join(Meeting, Meeting.id == one.meeting_id)
        .where(Meeting.workspace_id == scope.workspace_id, one.person_id < other.person_id)
        .order_by(Meeting.id, one.person_id, other.person_id)
    )
    if among is not None:
        chosen = chosen.where(one.person_id.in_(among), other.person_id.in_(among))
    return [(a, b, met_on) for a, b, met_on in scope.session.execute(chosen)]


def meetings_among(scope: Scope, *, person_ids: Sequence[str], others: Sequence[str]) -> set[tuple[str, str]]:
    """Return pairs (one of `person_ids`, one of `others`) who have met."""
    one, other = aliased(MeetingPerson), aliased(MeetingPerson)
    chosen = (
        select(one.person_id, other.person_id)
        .join(other, one.meeting_id == other.meeting_id)
        .where(one.workspace_id == scope.workspace_id, one.person_id.in_(person_ids), other.person_id.in_(others))
    )
    return {(a, b) for a, b in scope.session.execute(chosen.distinct())}


def meeting_with(scope: Scope, *, person_ids: Sequence[str]) -> Iterator[tuple[str, str, date]]:
    """Yield (person, other, day) for each meeting of these people."""
    mine, theirs = aliased(MeetingPerson), aliased(MeetingPerson)
    for start in range(0, len(person_ids), AT_ONCE):
        chosen = (
            select(mine.person_id, theirs.person_id, Meeting.met_on)
            .select_from(mine)
            .join(Meeting, Meeting.id == mine.meeting_id)
            .join(theirs, theirs.meeting_id == mine.meeting_id)
            .where(
                mine.workspace_id == scope.workspace_id,
                mine.person_id.in_(person_ids[start : start + AT_ONCE]),
                theirs.person_id.not_in([FORGOTTEN]),
                theirs.person_id != mine.person_id,
            )
            .order_by(Meeting.met_on, Meeting.id)
        )
        yield from scope.session.execute(chosen)


def forget_person(scope: Scope, *, person_id: str) -> None:
    """Anonymize their seats: the others did meet someone."""
    chosen = select(MeetingPerson).where(
        MeetingPerson.workspace_id == scope.workspace_id, MeetingPerson.person_id == person_id
    )
    for seat in scope.session.scalars(chosen):
        seat.person_id = FORGOTTEN

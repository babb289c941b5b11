"""Nudges and their outcomes, and each person's preferences."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Date, Index, String, UniqueConstraint, and_, delete, func, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from storage.kinds import DeliveryState, NudgeOutcome
from storage.outbox.outbox import OutboxMessage
from storage.people.people import Person
from storage.polling import LIMIT, WORKSPACE, parameter, polled
from storage.schema import SlackId, Table
from storage.scope import Scope
from storage.upsert import insert_into, lock_or_add

AT_ONCE = 500


USUAL_DAYS = "01234"
"""Monday to Friday, 0 is Monday."""


class Nudge(Table):
    """A suggestion in a message to one person. The text is not stored, only the subject."""

    __tablename__ = "nudges"
    __table_args__ = (
        UniqueConstraint("workspace_id", "person_id", "kind", "about"),
        Index(None, "workspace_id", "person_id", "planned_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[SlackId]
    person_id: Mapped[SlackId]
    kind: Mapped[str] = mapped_column(String(64))
    about: Mapped[str] = mapped_column(String(255))
    message_key: Mapped[str] = mapped_column(String(255))
    planned_at: Mapped[datetime]
    shown_at: Mapped[datetime | None]
    outcome: Mapped[NudgeOutcome | None]
    settled_at: Mapped[datetime | None]


class NudgeTaste(Table):
    """A person's preference for one type of nudge, and how they reacted to it."""

    __tablename__ = "nudge_tastes"

    workspace_id: Mapped[SlackId] = mapped_column(primary_key=True)
    person_id: Mapped[SlackId] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(64), primary_key=True)
    is_on: Mapped[bool | None]
    """None: the type's default."""
    ignored: Mapped[int] = mapped_column(default=0)
    """Number ignored in a row since the last answer."""
    used: Mapped[int] = mapped_column(default=0)
    less: Mapped[int] = mapped_column(default=0)
    """How often they pressed *Less of this*."""
    last_at: Mapped[datetime | None]


class NudgeCalendar(Table):
    """Days and hours at which a person wants nudges, and the day planned last."""

    __tablename__ = "nudge_calendars"

    workspace_id: Mapped[SlackId] = mapped_column(primary_key=True)
    person_id: Mapped[SlackId] = mapped_column(primary_key=True)
    is_off: Mapped[bool] = mapped_column(default=False)
    days: Mapped[str] = mapped_column(String(7), default=USUAL_DAYS)
    """Weekdays as digits, 0 is Monday."""
    from_hour: Mapped[int | None]
    until_hour: Mapped[int | None]
    """Hours; None: no limit within their working hours."""
    planned_on: Mapped[date | None] = mapped_column(Date)


# Planning


zones = polled(
    select(Person.zone).where(Person.workspace_id == WORKSPACE, Person.is_active).distinct().order_by(Person.zone)
)


@dataclass(frozen=True, slots=True)
class UsualDay:
    """Default working day of people without their own, in the format of `Person`."""

    starts: str
    ends: str
    days: str


def unplanned_at(
    scope: Scope, *, local: datetime, in_zones: Iterable[str], usual: UsualDay, after: str = "", limit: int = AT_ONCE
) -> Sequence[Person]:
    """Return the next people by id who may have started work and were not planned on this local day. `local` is the
    local time in these zones.
    """
    return unplanned(
        scope,
        in_zones=list(in_zones),
        after=after,
        day=local.date(),
        weekday=str(local.weekday()),
        hour=local.hour,
        clock=f"{local:%H:%M}",
        starts=usual.starts,
        ends=usual.ends,
        days=usual.days,
        limit=limit,
    )


def may_be_at_work(weekday: str, clock: str, usual: UsualDay) -> ColumnElement[bool]:
    """Return the condition for people who may be at work. Those working past midnight may be at any hour."""
    starts = func.coalesce(func.nullif(Person.day_starts, ""), usual.starts)
    ends = func.coalesce(func.nullif(Person.day_ends, ""), usual.ends)
    works_today = func.coalesce(func.nullif(Person.working_days, ""), usual.days).contains(weekday)
    return or_(ends <= starts, and_(works_today, starts <= clock))


def is_open_at(day: date, weekday: str, hour: int) -> ColumnElement[bool]:
    not_planned = or_(NudgeCalendar.planned_on.is_(None), NudgeCalendar.planned_on < day)
    has_begun = func.coalesce(NudgeCalendar.from_hour, 0) <= hour
    return and_(not_planned, has_begun, ~NudgeCalendar.is_off, NudgeCalendar.days.contains(weekday))


unplanned = polled(
    select(Person)
    .outerjoin(
        NudgeCalendar,
        (NudgeCalendar.workspace_id == Person.workspace_id) & (NudgeCalendar.person_id == Person.person_id),
    )
    .where(
        Person.workspace_id == WORKSPACE,
        Person.is_active,
        ~Person.is_guest,
        Person.unreachable_at.is_(None),
        Person.zone.in_(parameter("in_zones")),
        Person.person_id > parameter("after"),
        may_be_at_work(
            parameter("weekday", String()),
            parameter("clock", String()),
            UsualDay(*(parameter(name, String()) for name in ("starts", "ends", "days"))),
        ),
        or_(
            NudgeCalendar.person_id.is_(None),
            is_open_at(parameter("day"), parameter("weekday", String()), parameter("hour")),
        ),
    )
    .order_by(Person.person_id)
    .limit(LIMIT)
)


def mark_planned(scope: Scope, *, person_ids: Iterable[str], day: date) -> list[str]:
    """Mark people as planned for this day. Returns those not marked by another process."""
    wanted = sorted(person_ids)  # Sorted, so that two processes lock rows in the same order and don't deadlock.
    if not wanted:
        return []
    rows = [
        {"workspace_id": scope.workspace_id, "person_id": one, "is_off": False, "days": USUAL_DAYS} for one in wanted
    ]
    scope.session.execute(insert_into(scope, NudgeCalendar).on_conflict_do_nothing(), rows)
    noted = []
    for calendar in calendars(scope, person_ids=wanted, lock=True).values():
        if calendar.planned_on is None or calendar.planned_on < day:
            calendar.planned_on = day
            noted.append(calendar.person_id)
    scope.session.flush()
    return noted


# Preferences


def calendars(scope: Scope, *, person_ids: Sequence[str], lock: bool = False) -> dict[str, NudgeCalendar]:
    theirs = (NudgeCalendar.workspace_id == scope.workspace_id, NudgeCalendar.person_id.in_(person_ids))
    chosen = select(NudgeCalendar).where(*theirs).order_by(NudgeCalendar.person_id)
    found = scope.session.scalars(chosen.with_for_update() if lock else chosen)
    return {row.person_id: row for row in found}


def calendar(scope: Scope, *, person_id: str) -> NudgeCalendar:
    """Return the person's calendar, locked, created if missing."""
    key = {"workspace_id": scope.workspace_id, "person_id": person_id}
    return lock_or_add(scope, NudgeCalendar, key, is_off=False, days=USUAL_DAYS)


def tastes(scope: Scope, *, person_ids: Sequence[str]) -> dict[tuple[str, str], NudgeTaste]:
    """Return preferences by (person, type)."""
    theirs = (NudgeTaste.workspace_id == scope.workspace_id, NudgeTaste.person_id.in_(person_ids))
    return {(row.person_id, row.kind): row for row in scope.session.scalars(select(NudgeTaste).where(*theirs))}


def taste(scope: Scope, *, person_id: str, kind: str) -> NudgeTaste:
    key = {"workspace_id": scope.workspace_id, "person_id": person_id, "kind": kind}
    return lock_or_add(scope, NudgeTaste, key, ignored=0, used=0, less=0)


# Nudges


def nudge(scope: Scope, *, nudge_id: int) -> Nudge | None:
    found = scope.session.get(Nudge, nudge_id, with_for_update=True)
    return found if found is not None and found.workspace_id == scope.workspace_id else None


def get_many(scope: Scope, *, nudge_ids: Collection[int]) -> dict[int, Nudge]:
    chosen = select(Nudge).where(Nudge.workspace_id == scope.workspace_id, Nudge.id.in_(list(nudge_ids)))
    return {row.id: row for row in scope.session.scalars(chosen)}


@dataclass(frozen=True, slots=True)
class Waiting:
    """A nudge without outcome, with the state of its message."""

    nudge: Nudge
    state: DeliveryState | None
    sent_at: datetime | None
    expires_at: datetime | None


def unsettled(scope: Scope, *, person_ids: Sequence[str]) -> list[Waiting]:
    message = (OutboxMessage.workspace_id == Nudge.workspace_id) & (OutboxMessage.key == Nudge.message_key)
    chosen = (
        select(Nudge, OutboxMessage.state, OutboxMessage.sent_at, OutboxMessage.expires_at)
        .outerjoin(OutboxMessage, message)
        .where(Nudge.workspace_id == scope.workspace_id, Nudge.person_id.in_(person_ids), Nudge.outcome.is_(None))
    )
    return [Waiting(*row) for row in scope.session.execute(chosen.order_by(Nudge.id))]


def in_message(scope: Scope, *, message_key: str) -> Sequence[Nudge]:
    chosen = select(Nudge).where(Nudge.workspace_id == scope.workspace_id, Nudge.message_key == message_key)
    return scope.session.scalars(chosen.order_by(Nudge.id)).all()


def suggested_before(scope: Scope, *, person_ids: Sequence[str]) -> set[tuple[str, str, str]]:
    """Return (person, type, subject) of earlier nudges."""
    chosen = select(Nudge.person_id, Nudge.kind, Nudge.about).where(
        Nudge.workspace_id == scope.workspace_id, Nudge.person_id.in_(person_ids)
    )
    return {(person_id, kind, about) for person_id, kind, about in scope.session.execute(chosen)}


def times_suggested(scope: Scope, *, person_ids: Sequence[str], since: datetime) -> dict[tuple[str, str], int]:
    chosen = (
        select(Nudge.person_id, Nudge.kind, func.count())
        .where(Nudge.workspace_id == scope.workspace_id, Nudge.person_id.in_(person_ids), Nudge.planned_at >= since)
        .group_by(Nudge.person_id, Nudge.kind)
    )
    return {(person_id, kind): times for person_id, kind, times in scope.session.execute(chosen)}


def nudges_of(scope: Scope, *, person_id: str) -> Sequence[Nudge]:
    chosen = select(Nudge).where(Nudge.workspace_id == scope.workspace_id, Nudge.person_id == person_id)
    return scope.session.scalars(chosen.order_by(Nudge.id)).all()


def delete_older(scope: Scope, *, before: datetime) -> None:
    scope.session.execute(delete(Nudge).where(*is_older(scope.workspace_id, before)))


def is_older(workspace_id: str, before: datetime) -> tuple[ColumnElement[bool], ...]:
    return Nudge.workspace_id == workspace_id, Nudge.planned_at < before


exists_before = polled(select(Nudge.id).where(*is_older(WORKSPACE, parameter("before"))).limit(1))
"""One if there is any."""


def forget_person(scope: Scope, *, person_id: str) -> None:
    """Delete nudges to them and about them."""
    for table in (Nudge, NudgeTaste, NudgeCalendar):
        scope.session.execute(
            delete(table).where(table.workspace_id == scope.workspace_id, table.person_id == person_id)
        )
    about = Nudge.about.contains(person_id, autoescape=True)
    scope.session.execute(delete(Nudge).where(Nudge.workspace_id == scope.workspace_id, about))

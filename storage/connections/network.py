"""A person's pins, their wishes for a coffee with a team, and requests for an introduction."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, Index, String, delete, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from storage.kinds import RequestState
from storage.polling import NOW, WORKSPACE, parameter, polled
from storage.schema import SlackId, Table
from storage.scope import Scope
from storage.upsert import add_if_missing, lock_or_add

AT_ONCE = 500


class Pin(Table):
    """A person to stay in touch with, and how often. Visible to the owner only."""

    __tablename__ = "pins"

    workspace_id: Mapped[SlackId] = mapped_column(primary_key=True)
    person_id: Mapped[SlackId] = mapped_column(primary_key=True)
    other_id: Mapped[SlackId] = mapped_column(primary_key=True)
    every_weeks: Mapped[int]
    pinned_on: Mapped[date]


class TeamWish(Table):
    """A wish for a coffee with someone on a team, which the next matching prefers."""

    __tablename__ = "team_wishes"

    workspace_id: Mapped[SlackId] = mapped_column(primary_key=True)
    person_id: Mapped[SlackId] = mapped_column(primary_key=True)
    team: Mapped[str] = mapped_column(String(100), primary_key=True)
    wished_at: Mapped[datetime]


class IntroductionRequest(Table):
    """A request to be introduced to someone by a connector, who knows both."""

    __tablename__ = "introduction_requests"
    __table_args__ = (Index(None, "workspace_id", "person_id"), Index(None, "workspace_id", "state", "ends_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[SlackId]
    person_id: Mapped[SlackId]
    connector_person_id: Mapped[SlackId]
    target_person_id: Mapped[SlackId | None]
    """The target. For a team, the connector chooses one."""
    team: Mapped[str | None] = mapped_column(String(100))
    because: Mapped[str]
    state: Mapped[RequestState]
    asked_at: Mapped[datetime]
    lapses_at: Mapped[datetime]
    """Deadline for the answer of the person asked now."""
    ends_at: Mapped[datetime]
    """When the asker is told that it failed, whatever the reason, so that the moment reveals none."""


class NotAConnector(Table):
    """A person who opted out of being named as a connector."""

    __tablename__ = "not_connectors"

    workspace_id: Mapped[SlackId] = mapped_column(primary_key=True)
    person_id: Mapped[SlackId] = mapped_column(primary_key=True)


class LooksForWays(Table):
    """Rate limit: how often someone looked for ways to a single person today, without who that was."""

    __tablename__ = "looks_for_ways"

    workspace_id: Mapped[SlackId] = mapped_column(primary_key=True)
    person_id: Mapped[SlackId] = mapped_column(primary_key=True)
    day: Mapped[date]
    times: Mapped[int]


# Pins


def pins_of(scope: Scope, *, person_ids: Sequence[str]) -> list[Pin]:
    found: list[Pin] = []
    for start in range(0, len(person_ids), AT_ONCE):
        chosen = select(Pin).where(
            Pin.workspace_id == scope.workspace_id, Pin.person_id.in_(person_ids[start : start + AT_ONCE])
        )
        found += scope.session.scalars(chosen.order_by(Pin.person_id, Pin.pinned_on, Pin.other_id))
    return found


def replace_pins(scope: Scope, *, person_id: str, rhythms: Mapping[str, int], on: date) -> None:
    """Replace all pins. `rhythms`: weeks by person. People pinned before keep their first day."""
    known = {pin.other_id: pin for pin in pins_of(scope, person_ids=[person_id])}
    for other_id, every_weeks in sorted(rhythms.items()):
        pin = known.get(other_id)
        if pin is not None:
            pin.every_weeks = every_weeks
        else:
            key = {"workspace_id": scope.workspace_id, "person_id": person_id, "other_id": other_id}
            add_if_missing(scope, Pin, **key, every_weeks=every_weeks, pinned_on=on)
    for other_id in known.keys() - rhythms.keys():
        scope.session.delete(known[other_id])
    scope.session.flush()


def change_rhythm(scope: Scope, *, person_id: str, other_id: str, every_weeks: int) -> bool:
    """Change a pin's rhythm. False if there is no such pin."""
    pin = scope.session.get(Pin, (scope.workspace_id, person_id, other_id))
    if pin is not None:
        pin.every_weeks = every_weeks
    return pin is not None


# Wishes


def wish(scope: Scope, *, person_id: str, team: str) -> bool:
    """Save a wish. False if it exists."""
    return add_if_missing(scope, TeamWish, person_id=person_id, team=team, wished_at=scope.now)


def unwish(scope: Scope, *, person_id: str, team: str) -> None:
    whose = {"workspace_id": scope.workspace_id, "person_id": person_id, "team": team}
    scope.session.execute(delete(TeamWish).filter_by(**whose))


def wishes(scope: Scope, *, person_id: str | None = None) -> Sequence[TeamWish]:
    """Return one person's wishes, or all wishes together, which are for matching only."""
    chosen = select(TeamWish).where(TeamWish.workspace_id == scope.workspace_id)
    if person_id is not None:
        chosen = chosen.where(TeamWish.person_id == person_id)
    return scope.session.scalars(chosen.order_by(TeamWish.person_id, TeamWish.team)).all()


# Requests for an introduction


def request(scope: Scope, *, request_id: int) -> IntroductionRequest | None:
    """Return the request, locked until the transaction ends, so that concurrent answers are serialized."""
    row = scope.session.get(IntroductionRequest, request_id, with_for_update=True, populate_existing=True)
    return row if row is not None and row.workspace_id == scope.workspace_id else None


def requests_by(scope: Scope, *, person_id: str) -> Sequence[IntroductionRequest]:
    chosen = select(IntroductionRequest).where(
        IntroductionRequest.workspace_id == scope.workspace_id, IntroductionRequest.person_id == person_id
    )
    return scope.session.scalars(chosen.order_by(IntroductionRequest.id)).all()


def requests_with(scope: Scope, *, person_id: str) -> Sequence[IntroductionRequest]:
    """Return requests in which the person is asker, connector or target."""
    named = or_(
        IntroductionRequest.person_id == person_id,
        IntroductionRequest.connector_person_id == person_id,
        IntroductionRequest.target_person_id == person_id,
    )
    chosen = select(IntroductionRequest).where(IntroductionRequest.workspace_id == scope.workspace_id, named)
    return scope.session.scalars(chosen.order_by(IntroductionRequest.id)).all()


def requests_to_end(scope: Scope, *, states: Collection[RequestState], limit: int) -> Sequence[IntroductionRequest]:
    chosen = select(IntroductionRequest).where(*is_over(scope.workspace_id, states, scope.now))
    return scope.session.scalars(
        chosen.order_by(IntroductionRequest.id).limit(limit).with_for_update(skip_locked=True)
    ).all()


def is_over(workspace_id: str, states: Collection[RequestState], at: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        IntroductionRequest.workspace_id == workspace_id,
        IntroductionRequest.state.in_(states),
        IntroductionRequest.ends_at <= at,
    )


ended_request_exists = polled(
    select(IntroductionRequest.id).where(*is_over(WORKSPACE, parameter("states"), NOW)).limit(1)
)
"""One if there is any."""


def count_lookup(scope: Scope, *, person_id: str, on: date) -> int:
    """Count a query on this day. Returns the day's number."""
    key = {"workspace_id": scope.workspace_id, "person_id": person_id}
    row = lock_or_add(scope, LooksForWays, key, day=on, times=0)
    row.times, row.day = (row.times + 1 if row.day == on else 1), on
    scope.session.flush()
    return row.times


def lookups(scope: Scope, *, person_id: str) -> tuple[date, int] | None:
    row = scope.session.get(LooksForWays, (scope.workspace_id, person_id))
    return (row.day, row.times) if row is not None else None


# Opt-out from connecting others


def is_not_a_connector(scope: Scope, *, person_id: str) -> bool:
    return scope.session.get(NotAConnector, (scope.workspace_id, person_id)) is not None


def not_connectors(scope: Scope) -> set[str]:
    return set(
        scope.session.scalars(select(NotAConnector.person_id).where(NotAConnector.workspace_id == scope.workspace_id))
    )


def name_as_connector(scope: Scope, *, person_id: str, wanted: bool) -> None:
    whose = {"workspace_id": scope.workspace_id, "person_id": person_id}
    if wanted:
        scope.session.execute(delete(NotAConnector).filter_by(**whose))
    else:
        add_if_missing(scope, NotAConnector, **whose)


def forget_person(scope: Scope, *, person_id: str) -> None:
    for table in (TeamWish, NotAConnector, LooksForWays):
        scope.session.execute(
            delete(table).where(table.workspace_id == scope.workspace_id, table.person_id == person_id)
        )
    named = or_(Pin.person_id == person_id, Pin.other_id == person_id)
    scope.session.execute(delete(Pin).where(Pin.workspace_id == scope.workspace_id, named))
    for row in requests_with(scope, person_id=person_id):
        scope.session.delete(row)

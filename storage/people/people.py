"""People of the workspace and their attributes."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import BigInteger, String, Subquery, delete, false, func, select, text, update
from sqlalchemy.orm import InstrumentedAttribute, Mapped, mapped_column

from storage.kinds import Attribute, Source
from storage.schema import SlackId, Table
from storage.scope import Scope
from storage.upsert import add_if_missing, lock_or_add

SOURCES_IN_ORDER = list(Source)


class Person(Table):
    """A human of the workspace, as of Slack's last update."""

    __tablename__ = "people"

    workspace_id: Mapped[SlackId] = mapped_column(primary_key=True)
    person_id: Mapped[SlackId] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(255))
    email: Mapped[str | None] = mapped_column(String(320), index=True)
    title: Mapped[str] = mapped_column(String(255), default="")
    """From the source with precedence, else Slack's own."""
    slack_title: Mapped[str] = mapped_column(String(255), default="", server_default="")
    zone: Mapped[str] = mapped_column(String(64), default="UTC")
    locale: Mapped[str | None] = mapped_column(String(16))
    is_admin: Mapped[bool] = mapped_column(default=False)
    is_guest: Mapped[bool] = mapped_column(default=False)
    is_active: Mapped[bool] = mapped_column(default=True)
    """False when deactivated or gone from the workspace."""
    status_emoji: Mapped[str] = mapped_column(String(100), default="")
    has_away_status: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether the status emoji means out of office."""
    status_until: Mapped[datetime | None]
    quiet_until: Mapped[datetime | None]
    """End of DND that the person switched on."""
    unreachable_at: Mapped[datetime | None]
    changed_at: Mapped[int] = mapped_column(BigInteger, default=0)
    """Slack's timestamp of the profile, in seconds since 1970."""
    seen_at: Mapped[datetime]
    """Last update from Slack. Not seen by a full sync means gone."""
    known_since: Mapped[datetime | None]
    """First update from Slack. None: older than this column."""
    fields_due_at: Mapped[datetime | None]
    """When to read custom profile fields again, if an admin chose any. None: not read yet."""

    team: Mapped[str | None] = mapped_column(String(100))
    department: Mapped[str | None] = mapped_column(String(100))
    office: Mapped[str | None] = mapped_column(String(100))
    manager_id: Mapped[SlackId | None]
    level: Mapped[int | None]
    started_on: Mapped[date | None]
    country: Mapped[str | None] = mapped_column(String(2))

    working_days: Mapped[str | None] = mapped_column(String(7))
    """Set by the person, as digits, 0 is Monday. None: the default."""
    day_starts: Mapped[str | None] = mapped_column(String(5))
    day_ends: Mapped[str | None] = mapped_column(String(5))
    """Local times like `09:30`. An end before the start is on the next day."""
    topics: Mapped[list[str]] = mapped_column(default=list, server_default=text("'[]'"))
    ask_me_about: Mapped[list[str]] = mapped_column(default=list, server_default=text("'[]'"))
    meeting_link: Mapped[str | None] = mapped_column(String(500))


class PersonAttribute(Table):
    """One source's value of an attribute. `Person` holds the value of the source with precedence."""

    __tablename__ = "person_attributes"

    workspace_id: Mapped[SlackId] = mapped_column(primary_key=True)
    person_id: Mapped[SlackId] = mapped_column(primary_key=True)
    attribute: Mapped[Attribute] = mapped_column(primary_key=True)
    source: Mapped[Source] = mapped_column(primary_key=True)
    value: Mapped[str] = mapped_column(String(320))
    origin: Mapped[SlackId | None]
    """Id of the custom profile field it came from."""


class Forgotten(Table):
    """A person who asked to be forgotten, as a hash: being in a channel does not bring them back."""

    __tablename__ = "forgotten"

    workspace_id: Mapped[SlackId] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Sources with different values for a person."""

    person_id: str
    name: str
    attribute: Attribute
    said: tuple[tuple[Source, str], ...]
    """In order of precedence."""


def get(scope: Scope, *, person_id: str) -> Person | None:
    return scope.session.get(Person, (scope.workspace_id, person_id))


def lock(scope: Scope, *, person_id: str) -> Person | None:
    """Return the person, locked until the transaction ends."""
    return scope.session.get(Person, (scope.workspace_id, person_id), with_for_update=True, populate_existing=True)


def quiet_until(scope: Scope, *, among: Sequence[str] | None = None) -> dict[str, datetime | None]:
    """Return the end of known DND by active person, of all or among these."""
    chosen = select(Person.person_id, Person.quiet_until).where(
        Person.workspace_id == scope.workspace_id, Person.is_active
    )
    rows = scope.session.execute(chosen.where(Person.person_id.in_(among)) if among is not None else chosen)
    return {person_id: until for person_id, until in rows}


def get_many(scope: Scope, *, person_ids: Iterable[str]) -> dict[str, Person]:
    """Return the known ones of these people, by id."""
    wanted = list(person_ids)
    found: dict[str, Person] = {}
    for start in range(0, len(wanted), 500):
        some = (Person.workspace_id == scope.workspace_id, Person.person_id.in_(wanted[start : start + 500]))
        found |= {person.person_id: person for person in scope.session.scalars(select(Person).where(*some))}
    return found


def active(scope: Scope) -> Sequence[Person]:
    chosen = select(Person).where(Person.workspace_id == scope.workspace_id, Person.is_active)
    return scope.session.scalars(chosen.order_by(Person.person_id)).all()


def count_active(scope: Scope) -> int:
    chosen = select(func.count()).select_from(Person)
    return scope.session.scalar(chosen.where(Person.workspace_id == scope.workspace_id, Person.is_active)) or 0


def started_since(scope: Scope, *, since: date) -> Sequence[Person]:
    """Return active people, without guests, who start on this day or later, future days included."""
    here = [Person.workspace_id == scope.workspace_id, Person.is_active, ~Person.is_guest]
    chosen = select(Person).where(*here, Person.started_on >= since)
    return scope.session.scalars(chosen.order_by(Person.person_id)).all()


def active_admins(scope: Scope, *, limit: int) -> list[str]:
    chosen = select(Person.person_id).where(
        Person.workspace_id == scope.workspace_id, Person.is_active, Person.is_admin
    )
    return list(scope.session.scalars(chosen.order_by(Person.person_id).limit(limit)))


def mark_away(scope: Scope, *, emoji: Sequence[str]) -> None:
    """Set the emoji that mean out of office."""
    chosen = update(Person).where(Person.workspace_id == scope.workspace_id)
    scope.session.execute(chosen.values(has_away_status=Person.status_emoji.in_(emoji)))


def ids_by_email(scope: Scope) -> dict[str, str]:
    chosen = select(Person.email, Person.person_id).where(Person.workspace_id == scope.workspace_id)
    return {email.lower(): person_id for email, person_id in scope.session.execute(chosen) if email}


def unseen_since(scope: Scope, *, moment: datetime) -> Sequence[Person]:
    """Return active people not updated by a sync that began at this moment."""
    chosen = select(Person).where(Person.workspace_id == scope.workspace_id, Person.is_active, Person.seen_at < moment)
    return scope.session.scalars(chosen.order_by(Person.person_id)).all()


def set_values(
    scope: Scope,
    *,
    source: Source,
    said: Mapping[str, Mapping[Attribute, str]],
    origins: Mapping[Attribute, str] | None = None,
) -> None:
    """Save a source's values by person. An empty one is deleted."""
    origins = origins or {}
    for person_id, attributes in said.items():
        for attribute, value in attributes.items():
            key = {
                "workspace_id": scope.workspace_id,
                "person_id": person_id,
                "attribute": attribute,
                "source": source,
            }
            row = scope.session.get(PersonAttribute, tuple(key.values()))
            if row is None and value:
                row = lock_or_add(scope, PersonAttribute, key, value=value, origin=origins.get(attribute))
            if row is not None and value:
                row.value, row.origin = value, origins.get(attribute)
            elif row is not None:
                scope.session.delete(row)
    scope.session.flush()


def values_on(scope: Scope, *, person_ids: Sequence[str]) -> Sequence[PersonAttribute]:
    """Return all sources' values for these people."""
    rows: list[PersonAttribute] = []
    for start in range(0, len(person_ids), 500):
        chosen = select(PersonAttribute).where(
            PersonAttribute.workspace_id == scope.workspace_id,
            PersonAttribute.person_id.in_(person_ids[start : start + 500]),
        )
        rows.extend(scope.session.scalars(chosen))
    return rows


def values_of(scope: Scope, *, attribute: Attribute) -> set[str]:
    """Return the distinct values of active people, such as all team names."""
    column = getattr(Person, attribute.value)
    chosen = select(column).where(Person.workspace_id == scope.workspace_id, Person.is_active, column.is_not(None))
    return set(scope.session.scalars(chosen.distinct()))


def disagreements(workspace_id: str) -> Subquery:
    """Select (person, attribute) with different values, ignoring case."""
    said = select(PersonAttribute.person_id, PersonAttribute.attribute).where(
        PersonAttribute.workspace_id == workspace_id
    )
    several = said.group_by(PersonAttribute.person_id, PersonAttribute.attribute)
    return several.having(func.count(func.lower(PersonAttribute.value).distinct()) > 1).subquery()


def count_conflicts(scope: Scope) -> int:
    found = disagreements(scope.workspace_id)
    here = select(func.count()).select_from(found).join(Person, Person.person_id == found.c.person_id)
    return scope.session.scalar(here.where(Person.workspace_id == scope.workspace_id, Person.is_active)) or 0


def conflicts(scope: Scope, *, offset: int, limit: int) -> list[Conflict]:
    """Return a page of conflicts, ordered by name."""
    found = disagreements(scope.workspace_id)
    chosen = (
        select(found.c.person_id, found.c.attribute, Person.name)
        .join(Person, Person.person_id == found.c.person_id)
        .where(Person.workspace_id == scope.workspace_id, Person.is_active)
        .order_by(Person.name, found.c.person_id, found.c.attribute)
    )
    shown = scope.session.execute(chosen.offset(offset).limit(limit)).all()
    said: dict[tuple[str, Attribute], list[tuple[Source, str]]] = {}
    for row in values_on(scope, person_ids=sorted({row[0] for row in shown})):
        said.setdefault((row.person_id, row.attribute), []).append((row.source, row.value))
    return [
        Conflict(
            person_id, name, attribute, tuple(sorted(said[person_id, attribute], key=lambda word: rank_of(word[0])))
        )
        for person_id, attribute, name in shown
    ]


def rank_of(source: Source) -> int:
    """Return the source's precedence; lowest first."""
    return SOURCES_IN_ORDER.index(source)


# What others may see of a person


@dataclass(frozen=True, slots=True)
class Card:
    """A person's details for lists."""

    person_id: str
    name: str
    title: str
    team: str | None
    office: str | None
    zone: str
    is_here: bool
    """Active, reachable and not a guest."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """Number of people by team and by office."""

    teams: Mapping[str, int]
    offices: Mapping[str, int]


IS_HERE = Person.is_active & Person.unreachable_at.is_(None) & ~Person.is_guest


def cards(scope: Scope, *, person_ids: Sequence[str]) -> dict[str, Card]:
    """Return cards of the known ones of these people, by id."""
    found: dict[str, Card] = {}
    for start in range(0, len(person_ids), 500):
        chosen = select(
            Person.person_id, Person.name, Person.title, Person.team, Person.office, Person.zone, IS_HERE
        ).where(Person.workspace_id == scope.workspace_id, Person.person_id.in_(person_ids[start : start + 500]))
        found |= {row[0]: Card(*row) for row in scope.session.execute(chosen)}
    return found


def sizes(scope: Scope) -> Sizes:
    def by(column: InstrumentedAttribute[str | None]) -> dict[str, int]:
        chosen = select(column, func.count()).where(
            Person.workspace_id == scope.workspace_id, IS_HERE, column.is_not(None)
        )
        return {name: number for name, number in scope.session.execute(chosen.group_by(column)) if name}

    return Sizes(by(Person.team), by(Person.office))


def ids_of_team(scope: Scope, *, team: str) -> set[str]:
    chosen = select(Person.person_id).where(Person.workspace_id == scope.workspace_id, IS_HERE, Person.team == team)
    return set(scope.session.scalars(chosen))


def teams_by_person(scope: Scope) -> dict[str, str]:
    chosen = select(Person.person_id, Person.team).where(
        Person.workspace_id == scope.workspace_id, IS_HERE, Person.team.is_not(None)
    )
    return {person_id: team for person_id, team in scope.session.execute(chosen) if team}


def forget_person(scope: Scope, *, person_id: str) -> None:
    for table in (PersonAttribute, Person):
        scope.session.execute(
            delete(table).where(table.workspace_id == scope.workspace_id, table.person_id == person_id)
        )
    forget_as_manager(scope, person_id=person_id)


def forget_as_manager(scope: Scope, *, person_id: str) -> None:
    told = (PersonAttribute.attribute == Attribute.MANAGER) & (PersonAttribute.value == person_id)
    scope.session.execute(delete(PersonAttribute).where(PersonAttribute.workspace_id == scope.workspace_id, told))
    led = update(Person).where(Person.workspace_id == scope.workspace_id, Person.manager_id == person_id)
    scope.session.execute(led.values(manager_id=None))


def digest(workspace_id: str, person_id: str) -> str:
    return hashlib.sha256(f"{workspace_id}:{person_id}".encode()).hexdigest()


def mark_forgotten(scope: Scope, *, person_id: str) -> None:
    add_if_missing(scope, Forgotten, digest=digest(scope.workspace_id, person_id))


def find_forgotten(scope: Scope, *, person_ids: Iterable[str]) -> set[str]:
    """Return those of these people who asked to be forgotten and have not joined anything since."""
    kept = set(scope.session.scalars(select(Forgotten.digest).where(Forgotten.workspace_id == scope.workspace_id)))
    return {person_id for person_id in person_ids if digest(scope.workspace_id, person_id) in kept} if kept else set()


def unmark_forgotten(scope: Scope, *, person_id: str) -> None:
    """Clear the mark: they joined something again."""
    row = scope.session.get(Forgotten, (scope.workspace_id, digest(scope.workspace_id, person_id)))
    if row is not None:
        scope.session.delete(row)

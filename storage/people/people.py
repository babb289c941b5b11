"""Who is in the workspace and what is known of them."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import BigInteger, Select, String, Subquery, delete, false, func, select, text, update
from sqlalchemy.orm import InstrumentedAttribute, Mapped, mapped_column

from storage.asked import WORKSPACE, asked_often
from storage.kinds import Attribute, Source
from storage.schema import SlackId, Table
from storage.scope import Scope
from storage.upsert import add_if_missing, lock_or_add

SOURCES_IN_ORDER = list(Source)


class Person(Table):
    """A human of the workspace, as Slack last told of them."""

    __tablename__ = "people"

    workspace_id: Mapped[SlackId] = mapped_column(primary_key=True)
    person_id: Mapped[SlackId] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(255))
    email: Mapped[str | None] = mapped_column(String(320), index=True)
    title: Mapped[str] = mapped_column(String(255), default="")
    """What the strongest source says, else Slack's own."""
    slack_title: Mapped[str] = mapped_column(String(255), default="", server_default="")
    zone: Mapped[str] = mapped_column(String(64), default="UTC")
    locale: Mapped[str | None] = mapped_column(String(16))
    is_admin: Mapped[bool] = mapped_column(default=False)
    is_guest: Mapped[bool] = mapped_column(default=False)
    is_active: Mapped[bool] = mapped_column(default=True)
    """Neither deactivated nor gone from the workspace."""
    status_emoji: Mapped[str] = mapped_column(String(100), default="")
    has_away_status: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether that emoji is one of those that mean out of office."""
    status_until: Mapped[datetime | None]
    quiet_until: Mapped[datetime | None]
    """Do-not-disturb that the person switched on until this moment."""
    unreachable_at: Mapped[datetime | None]
    changed_at: Mapped[int] = mapped_column(BigInteger, default=0)
    """Slack's own stamp of the profile, in seconds since 1970."""
    seen_at: Mapped[datetime]
    """When Slack last told of this person: what was not seen by a whole sync is gone."""
    known_since: Mapped[datetime | None]
    """When Weft first heard of this person. None: before it kept that."""
    fields_due_at: Mapped[datetime | None]
    """When the custom fields of the profile are read again, where an admin chose some. None: not read yet."""

    team: Mapped[str | None] = mapped_column(String(100))
    department: Mapped[str | None] = mapped_column(String(100))
    office: Mapped[str | None] = mapped_column(String(100))
    manager_id: Mapped[SlackId | None]
    level: Mapped[int | None]
    started_on: Mapped[date | None]
    country: Mapped[str | None] = mapped_column(String(2))

    working_days: Mapped[str | None] = mapped_column(String(7))
    """By the person's own word, as digits from 0 for Monday. None: as most people do."""
    day_starts: Mapped[str | None] = mapped_column(String(5))
    day_ends: Mapped[str | None] = mapped_column(String(5))
    """Times on the wall of their zone, like `09:30`. Before the start: on the next day."""
    topics: Mapped[list[str]] = mapped_column(default=list, server_default=text("'[]'"))
    ask_me_about: Mapped[list[str]] = mapped_column(default=list, server_default=text("'[]'"))
    meeting_link: Mapped[str | None] = mapped_column(String(500))


class PersonAttribute(Table):
    """One source's word on one attribute. The columns of Person hold what the strongest source says."""

    __tablename__ = "person_attributes"

    workspace_id: Mapped[SlackId] = mapped_column(primary_key=True)
    person_id: Mapped[SlackId] = mapped_column(primary_key=True)
    attribute: Mapped[Attribute] = mapped_column(primary_key=True)
    source: Mapped[Source] = mapped_column(primary_key=True)
    value: Mapped[str] = mapped_column(String(320))
    origin: Mapped[SlackId | None]
    """Which custom field of the profile says it."""


class Forgotten(Table):
    """That somebody asked to be forgotten, without their id: being in a channel does not bring them back."""

    __tablename__ = "forgotten"

    workspace_id: Mapped[SlackId] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two sources that say different things of one person."""

    person_id: str
    name: str
    attribute: Attribute
    said: tuple[tuple[Source, str], ...]
    """The one that is believed comes first."""


def get(scope: Scope, *, person_id: str) -> Person | None:
    return scope.session.get(Person, (scope.workspace_id, person_id))


def lock(scope: Scope, *, person_id: str) -> Person | None:
    """The person, with nobody else deciding about them until this transaction ends."""
    return scope.session.get(Person, (scope.workspace_id, person_id), with_for_update=True, populate_existing=True)


def quiet_until(scope: Scope, *, among: Sequence[str] | None = None) -> dict[str, datetime | None]:
    """Until when each of those who are here has do-not-disturb on, as far as we know: of all, or of these."""
    chosen = select(Person.person_id, Person.quiet_until).where(
        Person.workspace_id == scope.workspace_id, Person.is_active
    )
    rows = scope.session.execute(chosen.where(Person.person_id.in_(among)) if among is not None else chosen)
    return {person_id: until for person_id, until in rows}


def several(scope: Scope, *, person_ids: Iterable[str]) -> dict[str, Person]:
    """Those of these people who are known, by their id."""
    wanted = list(person_ids)
    found: dict[str, Person] = {}
    for start in range(0, len(wanted), 500):
        some = these(scope, person_ids=wanted[start : start + 500])
        found |= {person.person_id: person for person in some}
    return found


@asked_often
def these(*, person_ids: Sequence[str]) -> Select[Person]:
    return select(Person).where(Person.workspace_id == WORKSPACE, Person.person_id.in_(person_ids))


def active(scope: Scope) -> Sequence[Person]:
    chosen = select(Person).where(Person.workspace_id == scope.workspace_id, Person.is_active)
    return scope.session.scalars(chosen.order_by(Person.person_id)).all()


def count_active(scope: Scope) -> int:
    chosen = select(func.count()).select_from(Person)
    return scope.session.scalar(chosen.where(Person.workspace_id == scope.workspace_id, Person.is_active)) or 0


def started_since(scope: Scope, *, since: date) -> Sequence[Person]:
    """Who is here, not as a guest, and began on this day or later, be it in the future."""
    here = [Person.workspace_id == scope.workspace_id, Person.is_active, ~Person.is_guest]
    chosen = select(Person).where(*here, Person.started_on >= since)
    return scope.session.scalars(chosen.order_by(Person.person_id)).all()


def active_admins(scope: Scope, *, limit: int) -> list[str]:
    chosen = select(Person.person_id).where(
        Person.workspace_id == scope.workspace_id, Person.is_active, Person.is_admin
    )
    return list(scope.session.scalars(chosen.order_by(Person.person_id).limit(limit)))


def mark_away(scope: Scope, *, emoji: Sequence[str]) -> None:
    """Other emoji mean out of office from now on."""
    chosen = update(Person).where(Person.workspace_id == scope.workspace_id)
    scope.session.execute(chosen.values(has_away_status=Person.status_emoji.in_(emoji)))


def ids_by_email(scope: Scope) -> dict[str, str]:
    chosen = select(Person.email, Person.person_id).where(Person.workspace_id == scope.workspace_id)
    return {email.lower(): person_id for email, person_id in scope.session.execute(chosen) if email}


def not_seen_since(scope: Scope, *, moment: datetime) -> Sequence[Person]:
    """Active people of whom a sync that began at this moment did not hear."""
    chosen = select(Person).where(Person.workspace_id == scope.workspace_id, Person.is_active, Person.seen_at < moment)
    return scope.session.scalars(chosen.order_by(Person.person_id)).all()


def say(
    scope: Scope,
    *,
    source: Source,
    said: Mapping[str, Mapping[Attribute, str]],
    origins: Mapping[Attribute, str] | None = None,
) -> None:
    """Keep what a source says of people, by person id. An empty value takes the source's word back."""
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


def words_on(scope: Scope, *, person_ids: Sequence[str]) -> Sequence[PersonAttribute]:
    """All that any source says of these people."""
    rows: list[PersonAttribute] = []
    for start in range(0, len(person_ids), 500):
        chosen = select(PersonAttribute).where(
            PersonAttribute.workspace_id == scope.workspace_id,
            PersonAttribute.person_id.in_(person_ids[start : start + 500]),
        )
        rows.extend(scope.session.scalars(chosen))
    return rows


def values_of(scope: Scope, *, attribute: Attribute) -> set[str]:
    """All that is believed of anybody here, such as the names of the teams."""
    column = getattr(Person, attribute.value)
    chosen = select(column).where(Person.workspace_id == scope.workspace_id, Person.is_active, column.is_not(None))
    return set(scope.session.scalars(chosen.distinct()))


def disagreements(workspace_id: str) -> Subquery:
    """Of which people sources say different things of which attribute. Small and large letters do not matter."""
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
    """Where sources disagree, for the admins to settle: a page of it, by the names of the people."""
    found = disagreements(scope.workspace_id)
    chosen = (
        select(found.c.person_id, found.c.attribute, Person.name)
        .join(Person, Person.person_id == found.c.person_id)
        .where(Person.workspace_id == scope.workspace_id, Person.is_active)
        .order_by(Person.name, found.c.person_id, found.c.attribute)
    )
    shown = scope.session.execute(chosen.offset(offset).limit(limit)).all()
    said: dict[tuple[str, Attribute], list[tuple[Source, str]]] = {}
    for row in words_on(scope, person_ids=sorted({row[0] for row in shown})):
        said.setdefault((row.person_id, row.attribute), []).append((row.source, row.value))
    return [
        Conflict(
            person_id, name, attribute, tuple(sorted(said[person_id, attribute], key=lambda word: rank_of(word[0])))
        )
        for person_id, attribute, name in shown
    ]


def rank_of(source: Source) -> int:
    """The lowest is believed."""
    return SOURCES_IN_ORDER.index(source)


# What others may see of somebody


@dataclass(frozen=True, slots=True)
class Card:
    """A person in a line: for lists of many."""

    person_id: str
    name: str
    title: str
    team: str | None
    office: str | None
    zone: str
    is_here: bool
    """Active, reachable, and not a guest."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many people there are in each team and office."""

    teams: Mapping[str, int]
    offices: Mapping[str, int]


IS_HERE = Person.is_active & Person.unreachable_at.is_(None) & ~Person.is_guest


def cards(scope: Scope, *, person_ids: Sequence[str]) -> dict[str, Card]:
    """Those of these people who are known, by their id."""
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


def team_of_everybody(scope: Scope) -> dict[str, str]:
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


def note_forgotten(scope: Scope, *, person_id: str) -> None:
    add_if_missing(scope, Forgotten, digest=digest(scope.workspace_id, person_id))


def forgotten_among(scope: Scope, *, person_ids: Iterable[str]) -> set[str]:
    """Those of these people who asked to be forgotten, and have not joined anything since."""
    kept = set(scope.session.scalars(select(Forgotten.digest).where(Forgotten.workspace_id == scope.workspace_id)))
    return {person_id for person_id in person_ids if digest(scope.workspace_id, person_id) in kept} if kept else set()


def note_back(scope: Scope, *, person_id: str) -> None:
    """They joined something by their own word."""
    row = scope.session.get(Forgotten, (scope.workspace_id, digest(scope.workspace_id, person_id)))
    if row is not None:
        scope.session.delete(row)

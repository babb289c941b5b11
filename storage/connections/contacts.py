"""Contact between two people as counts for each day, without who did what, when or where.

A pair is stored once, the smaller number first, and people as numbers: the table grows with pairs and days, and a row
takes some 30 bytes instead of 110.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Index, UniqueConstraint, delete, func, literal, select, update
from sqlalchemy.orm import InstrumentedAttribute, Mapped, aliased, mapped_column

from storage.kinds import ContactKind
from storage.polling import WORKSPACE, polled
from storage.schema import DayNumber, SlackId, Table
from storage.scope import Scope
from storage.upsert import insert_into, lock_or_add

AT_ONCE = 500


class PersonNumber(Table):
    """The number of a person in `contact_days`."""

    __tablename__ = "person_numbers"
    __table_args__ = (UniqueConstraint("workspace_id", "person_id"),)

    number: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[SlackId]
    person_id: Mapped[SlackId]


class ContactDay(Table):
    """Contact of two people on one day, or on several rolled up into the last. One count for each type."""

    __tablename__ = "contact_days"
    # Without the workspace, which a number implies. With it, SQLite prefers the key and scans the whole workspace.
    __table_args__ = (Index(None, "other"), {"sqlite_with_rowid": False})

    workspace_id: Mapped[SlackId] = mapped_column(primary_key=True)
    one: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    other: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    day: Mapped[date] = mapped_column(DayNumber, primary_key=True)
    days: Mapped[int] = mapped_column(default=1)
    introduction: Mapped[int] = mapped_column(default=0)
    shoutout: Mapped[int] = mapped_column(default=0)
    congratulation: Mapped[int] = mapped_column(default=0)
    hello: Mapped[int] = mapped_column(default=0, server_default="0")
    reply: Mapped[int] = mapped_column(default=0)
    mention: Mapped[int] = mapped_column(default=0)
    reaction: Mapped[int] = mapped_column(default=0)


class ContactFolding(Table):
    """How far a workspace's days are rolled up into months."""

    __tablename__ = "contact_foldings"

    workspace_id: Mapped[SlackId] = mapped_column(primary_key=True)
    before: Mapped[date] = mapped_column(DayNumber)


COLUMNS: Mapping[ContactKind, InstrumentedAttribute[int]] = {kind: getattr(ContactDay, kind) for kind in ContactKind}
PUBLIC = (ContactKind.REPLY, ContactKind.MENTION, ContactKind.REACTION)
"""Types counted in public channels, where an admin enabled that."""
KEY = (ContactDay.workspace_id, ContactDay.one, ContactDay.other, ContactDay.day)
IN_TOUCH = sum((COLUMNS[kind] for kind in ContactKind if kind is not ContactKind.INTRODUCTION), start=literal(0)) > 0
"""SQL condition for contact. An introduction alone is none."""

Counted = Mapping[tuple[str, str, date], Mapping[ContactKind, int]]
"""Counts by (person, person, day). The order of the two does not matter."""


@dataclass(frozen=True, slots=True)
class Contact:
    """A row of `contact_days`, as one of the two sees it."""

    other_id: str
    day: date
    days: int
    introductions: int
    shoutouts: int
    congratulations: int
    hellos: int
    replies: int
    mentions: int
    reactions: int

    @property
    def is_in_touch(self) -> bool:
        """Return the value of `IN_TOUCH`, in Python."""
        meant = self.shoutouts or self.congratulations or self.hellos
        return bool(meant or self.replies or self.mentions or self.reactions)


@dataclass(frozen=True, slots=True)
class InTouch:
    """Number of days two people were in touch on, and the last."""

    person_id: str
    other_id: str
    days: int
    last_on: date


def add(scope: Scope, *, counted: Counted) -> None:
    """Add counts to existing rows."""
    everyone = {person_id for a, b, _ in counted for person_id in (a, b)}
    numbers = assign_numbers(scope, person_ids=everyone)
    rows: dict[tuple[int, int, date], dict[str, int]] = {}
    for (a, b, day), counts in counted.items():
        one, other = sorted((numbers[a], numbers[b]))
        row = rows.setdefault((one, other, day), dict.fromkeys(ContactKind, 0))
        for kind, count in counts.items():
            row[kind] += count
    if rows:
        insert = insert_into(scope, ContactDay)
        more = {kind: column + insert.excluded[kind] for kind, column in COLUMNS.items()}
        # Sorted, so that concurrent processes lock rows in the same order and don't deadlock.
        scope.session.execute(
            insert.on_conflict_do_update(index_elements=KEY, set_=more),
            [
                {"workspace_id": scope.workspace_id, "one": one, "other": other, "day": day, "days": 1, **counts}
                for (one, other, day), counts in sorted(rows.items())
            ],
        )


def assign_numbers(scope: Scope, *, person_ids: Iterable[str]) -> dict[str, int]:
    """Return the numbers of these people, assigning missing ones."""
    wanted = sorted(set(person_ids))
    known = numbers_of(scope, person_ids=wanted)
    missing = [{"workspace_id": scope.workspace_id, "person_id": one} for one in wanted if one not in known]
    if missing:
        scope.session.execute(insert_into(scope, PersonNumber).on_conflict_do_nothing(), missing)
        known = numbers_of(scope, person_ids=wanted)
    return known


def numbers_of(scope: Scope, *, person_ids: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for start in range(0, len(person_ids), AT_ONCE):
        chosen = select(PersonNumber.person_id, PersonNumber.number).where(
            PersonNumber.workspace_id == scope.workspace_id,
            PersonNumber.person_id.in_(person_ids[start : start + AT_ONCE]),
        )
        found |= {person_id: number for person_id, number in scope.session.execute(chosen)}
    return found


SIDES = ((ContactDay.one, ContactDay.other), (ContactDay.other, ContactDay.one))
"""A person may be on either side of a pair."""


def contacts_of(scope: Scope, *, person_id: str) -> list[Contact]:
    number = number_of(scope.workspace_id, person_id)
    found: list[Contact] = []
    for mine, theirs in SIDES:
        chosen = (
            select(PersonNumber.person_id, ContactDay.day, ContactDay.days, *COLUMNS.values())
            .join(PersonNumber, PersonNumber.number == theirs)
            .where(ContactDay.workspace_id == scope.workspace_id, mine == number)
        )
        found += [Contact(*row) for row in scope.session.execute(chosen)]  # type: ignore[call-arg]
    return found


def in_touch(scope: Scope, *, person_ids: Sequence[str]) -> Iterator[InTouch]:
    """Yield the contact of each of these people.

    Numbers are looked up before and after instead of joined: with a join, SQLite scans the whole workspace.
    """
    numbers = numbers_of(scope, person_ids=person_ids)
    named = {number: person_id for person_id, number in numbers.items()}
    asked = list(named)
    for start in range(0, len(asked), AT_ONCE):
        found = list(sum_days(scope, asked[start : start + AT_ONCE]))
        named |= people_numbered(scope, sorted({theirs for _, theirs, _, _ in found} - named.keys()))
        yield from (InTouch(named[mine], named[theirs], days, last_on) for mine, theirs, days, last_on in found)


def sum_days(scope: Scope, numbers: Sequence[int]) -> Iterator[tuple[int, int, int, date]]:
    """Yield (number, other number, days in touch, last day) for these numbers."""
    # Only on the first side: with the workspace named on the second, SQLite scans all of its rows.
    in_workspace = {ContactDay.one: [ContactDay.workspace_id == scope.workspace_id]}
    for mine, theirs in SIDES:
        chosen = (
            select(mine, theirs, func.sum(ContactDay.days), func.max(ContactDay.day))
            .where(*in_workspace.get(mine, ()), mine.in_(numbers), IN_TOUCH)
            .group_by(mine, theirs)
        )
        yield from scope.session.execute(chosen)


def people_numbered(scope: Scope, numbers: Sequence[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for start in range(0, len(numbers), AT_ONCE):
        chosen = select(PersonNumber.number, PersonNumber.person_id).where(
            PersonNumber.number.in_(numbers[start : start + AT_ONCE])
        )
        found |= {number: person_id for number, person_id in scope.session.execute(chosen)}
    return found


def pairs_in_touch(scope: Scope, *, since: date, at_least: int) -> Iterator[tuple[str, str, date]]:
    """Yield (person, person, last day) for pairs in touch on at least this many days since then."""
    one, other = aliased(PersonNumber), aliased(PersonNumber)
    chosen = (
        select(one.person_id, other.person_id, func.max(ContactDay.day))
        .join(one, one.number == ContactDay.one)
        .join(other, other.number == ContactDay.other)
        .where(ContactDay.workspace_id == scope.workspace_id, ContactDay.day >= since, IN_TOUCH)
        .group_by(one.person_id, other.person_id)
        .having(func.sum(ContactDay.days) >= at_least)
        .order_by(one.person_id, other.person_id)
    )
    yield from scope.session.execute(chosen)


# Roll-up


def roll_up(scope: Scope, *, month: date, next_month: date, numbers: range) -> None:
    """Roll up a month's days into one row for each pair, on the last of these days."""
    here = [
        ContactDay.workspace_id == scope.workspace_id,
        ContactDay.one.between(numbers.start, numbers.stop - 1),
        ContactDay.day >= month,
        ContactDay.day < next_month,
    ]
    sums = [func.sum(column).label(kind) for kind, column in COLUMNS.items()]
    folded = (
        select(
            ContactDay.workspace_id,
            ContactDay.one,
            ContactDay.other,
            func.max(ContactDay.day).label("day"),
            func.sum(ContactDay.days).label("days"),
            *sums,
        )
        .where(*here)
        .group_by(ContactDay.workspace_id, ContactDay.one, ContactDay.other)
        .having(func.count() > 1)
    )
    for row in scope.session.execute(folded).mappings().all():
        scope.session.execute(
            delete(ContactDay).where(*here, ContactDay.one == row["one"], ContactDay.other == row["other"])
        )
        scope.session.execute(insert_into(scope, ContactDay), dict(row))


def rolled_up_before(scope: Scope) -> date | None:
    """Return the day before which all is rolled up; without a roll-up, the first day there is."""
    noted = roll_up_noted_before(scope)
    return noted[0] if noted else first_days(scope)[0]


roll_up_noted_before = polled(select(ContactFolding.before).where(ContactFolding.workspace_id == WORKSPACE))
first_days = polled(select(func.min(ContactDay.day)).where(ContactDay.workspace_id == WORKSPACE))


def mark_rolled_up(scope: Scope, *, before: date) -> None:
    row = lock_or_add(scope, ContactFolding, {"workspace_id": scope.workspace_id}, before=before)
    row.before = before
    scope.session.flush()


def highest_number(scope: Scope) -> int:
    chosen = select(func.max(PersonNumber.number)).where(PersonNumber.workspace_id == scope.workspace_id)
    return scope.session.scalar(chosen) or 0


# Privacy


def number_of(workspace_id: str, person_id: str) -> ColumnElement[int]:
    chosen = select(PersonNumber.number).where(
        PersonNumber.workspace_id == workspace_id, PersonNumber.person_id == person_id
    )
    return chosen.scalar_subquery()


def days_with(workspace_id: str, person_id: str) -> Iterator[tuple[ColumnElement[bool], ...]]:
    """Yield a condition for each side: with both in one statement, SQLite scans the whole workspace."""
    number = number_of(workspace_id, person_id)
    for mine, _ in SIDES:
        yield ContactDay.workspace_id == workspace_id, mine == number


def delete_public(scope: Scope, *, person_id: str) -> None:
    """Delete this person's counts from public channels, today's included, for both sides."""
    empty = [column == 0 for column in COLUMNS.values()]
    for theirs in days_with(scope.workspace_id, person_id):
        scope.session.execute(update(ContactDay).where(*theirs).values({COLUMNS[kind]: 0 for kind in PUBLIC}))
        scope.session.execute(delete(ContactDay).where(*theirs, *empty))


def forget_person(scope: Scope, *, person_id: str) -> None:
    for theirs in days_with(scope.workspace_id, person_id):
        scope.session.execute(delete(ContactDay).where(*theirs))
    scope.session.execute(
        delete(PersonNumber).where(PersonNumber.workspace_id == scope.workspace_id, PersonNumber.person_id == person_id)
    )

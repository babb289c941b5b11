"""The admins' choice of sources for attributes, and problems with them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, String, delete, func, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from storage.kinds import Attribute, Source
from storage.people.people import Person, PersonAttribute
from storage.people.user_groups import UserGroup, UserGroupMember
from storage.polling import WORKSPACE, polled
from storage.schema import SlackId, Table
from storage.scope import Scope
from storage.upsert import lock_or_add


class Directory(Table):
    """A workspace's directory settings."""

    __tablename__ = "directories"

    workspace_id: Mapped[SlackId] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=0)
    """Incremented by each change, to detect concurrent edits by two admins."""
    away_emoji: Mapped[list[str] | None]
    """Status emoji that mean out of office. None: the defaults."""
    fields_checked_at: Mapped[datetime | None]
    """When the custom fields were last listed."""
    fields_trouble: Mapped[str | None] = mapped_column(String(64))
    """Slack's error code for reading profile fields."""
    groups_listed_at: Mapped[datetime | None]
    groups_trouble: Mapped[str | None] = mapped_column(String(64))


class FieldSource(Table):
    """A custom profile field chosen as source of an attribute."""

    __tablename__ = "field_sources"

    workspace_id: Mapped[SlackId] = mapped_column(primary_key=True)
    attribute: Mapped[Attribute] = mapped_column(primary_key=True)
    field_id: Mapped[SlackId]
    label: Mapped[str] = mapped_column(String(255))
    is_gone: Mapped[bool] = mapped_column(default=False)
    """Deleted in Slack since it was chosen."""


class GroupSource(Table):
    """A user group whose name is the value of an attribute for its members."""

    __tablename__ = "group_sources"

    workspace_id: Mapped[SlackId] = mapped_column(primary_key=True)
    attribute: Mapped[Attribute] = mapped_column(primary_key=True)
    group_id: Mapped[SlackId] = mapped_column(primary_key=True)


class Unclear(Table):
    """A profile field that could not be parsed. The value is not stored."""

    __tablename__ = "unclear_fields"

    workspace_id: Mapped[SlackId] = mapped_column(primary_key=True)
    person_id: Mapped[SlackId] = mapped_column(primary_key=True)
    attribute: Mapped[Attribute] = mapped_column(primary_key=True)


def directory(scope: Scope) -> Directory:
    """Return the directory, or an unsaved one with the defaults."""
    return scope.session.get(Directory, scope.workspace_id) or Directory(workspace_id=scope.workspace_id, version=0)


def lock_directory(scope: Scope) -> Directory:
    """Return the directory, locked, created if missing."""
    return lock_or_add(scope, Directory, {"workspace_id": scope.workspace_id}, version=0)


# Profile fields


def fields(scope: Scope) -> list[FieldSource]:
    chosen = has_fields(scope)
    return sorted(chosen, key=lambda row: list(Attribute).index(row.attribute))


has_fields = polled(select(FieldSource).where(FieldSource.workspace_id == WORKSPACE))


def replace_fields(scope: Scope, *, wanted: Mapping[Attribute, tuple[str, str]]) -> None:
    """`wanted`: (field id, label) by attribute."""
    scope.session.execute(delete(FieldSource).where(FieldSource.workspace_id == scope.workspace_id))
    scope.session.execute(delete(Unclear).where(Unclear.workspace_id == scope.workspace_id))
    scope.session.expire_all()
    for attribute, (field_id, label) in wanted.items():
        scope.session.add(
            FieldSource(workspace_id=scope.workspace_id, attribute=attribute, field_id=field_id, label=label)
        )
    scope.session.flush()


def people_due(scope: Scope, *, limit: int) -> list[str]:
    """Return people whose profile fields are due to be read, longest waiting first."""
    due = or_(Person.fields_due_at.is_(None), Person.fields_due_at <= scope.now)
    chosen = select(Person.person_id).where(Person.workspace_id == scope.workspace_id, Person.is_active, due)
    in_order = chosen.order_by(Person.fields_due_at.is_not(None), Person.fields_due_at, Person.person_id)
    return list(scope.session.scalars(in_order.limit(limit)))


def count_unread(scope: Scope) -> int:
    """Count active people whose profile fields were not read since the admins' choice."""
    here = (Person.workspace_id == scope.workspace_id, Person.is_active, Person.fields_due_at.is_(None))
    return scope.session.scalar(select(func.count()).select_from(Person).where(*here)) or 0


def request_reread(scope: Scope, *, person_ids: Sequence[str], at: datetime) -> None:
    for start in range(0, len(person_ids), 500):
        some = person_ids[start : start + 500]
        chosen = update(Person).where(Person.workspace_id == scope.workspace_id, Person.person_id.in_(some))
        scope.session.execute(chosen.values(fields_due_at=at))


def request_reread_of_all(scope: Scope) -> None:
    scope.session.execute(update(Person).where(Person.workspace_id == scope.workspace_id).values(fields_due_at=None))


person_with_fields = polled(
    select(PersonAttribute.person_id)
    .where(PersonAttribute.workspace_id == WORKSPACE, PersonAttribute.source == Source.SLACK_PROFILE)
    .limit(1)
)
"""One person with a value from a profile field, if there is any."""


def values_of_other_fields(
    scope: Scope, *, field_ids: Mapping[Attribute, str], limit: int
) -> dict[str, set[Attribute]]:
    """Return attributes by person whose value came from a field no longer chosen."""
    chosen = select(PersonAttribute.person_id, PersonAttribute.attribute).where(
        PersonAttribute.workspace_id == scope.workspace_id,
        PersonAttribute.source == Source.SLACK_PROFILE,
        *(
            or_(PersonAttribute.attribute != attribute, PersonAttribute.origin != field_id)
            for attribute, field_id in field_ids.items()
        ),
    )
    found: dict[str, set[Attribute]] = {}
    for person_id, attribute in scope.session.execute(chosen.limit(limit)):
        found.setdefault(person_id, set()).add(attribute)
    return found


def mark_unclear(scope: Scope, *, unclear: Mapping[str, Collection[Attribute]]) -> None:
    """Replace these people's unparsable attributes."""
    forget_unclear(scope, person_ids=list(unclear))
    scope.session.add_all(
        Unclear(workspace_id=scope.workspace_id, person_id=person_id, attribute=attribute)
        for person_id, attributes in unclear.items()
        for attribute in sorted(attributes)
    )
    scope.session.flush()


def forget_unclear(scope: Scope, *, person_ids: Sequence[str]) -> None:
    for start in range(0, len(person_ids), 500):
        there = (Unclear.workspace_id == scope.workspace_id, Unclear.person_id.in_(person_ids[start : start + 500]))
        scope.session.execute(delete(Unclear).where(*there))


def count_unclear(scope: Scope) -> dict[Attribute, int]:
    """Count active people with an unparsable field, by attribute."""
    chosen = (
        select(Unclear.attribute, func.count())
        .join(Person, (Person.workspace_id == Unclear.workspace_id) & (Person.person_id == Unclear.person_id))
        .where(Unclear.workspace_id == scope.workspace_id, Person.is_active)
        .group_by(Unclear.attribute)
    )
    return {attribute: number for attribute, number in scope.session.execute(chosen)}


def unclear_of(scope: Scope, *, person_id: str) -> list[Attribute]:
    chosen = select(Unclear.attribute).where(Unclear.workspace_id == scope.workspace_id, Unclear.person_id == person_id)
    return sorted(scope.session.scalars(chosen))


# User groups


def is_source_group() -> ColumnElement[bool]:
    return (UserGroup.workspace_id == GroupSource.workspace_id) & (UserGroup.group_id == GroupSource.group_id)


group_ids = polled(
    select(GroupSource.group_id)
    .join(UserGroup, is_source_group())
    .where(GroupSource.workspace_id == WORKSPACE)
    .distinct()
)
"""All chosen groups, for any attribute."""


def groups(scope: Scope) -> dict[Attribute, list[UserGroup]]:
    """Return chosen groups by attribute, ordered by name. For a member of several, the first applies."""
    chosen = (
        select(GroupSource.attribute, UserGroup)
        .join(UserGroup, is_source_group())
        .where(GroupSource.workspace_id == scope.workspace_id)
        .order_by(UserGroup.name, UserGroup.group_id)
    )
    found: dict[Attribute, list[UserGroup]] = {}
    for attribute, group in scope.session.execute(chosen):
        found.setdefault(attribute, []).append(group)
    return found


def replace_groups(scope: Scope, *, wanted: Mapping[Attribute, Collection[str]]) -> None:
    scope.session.execute(delete(GroupSource).where(GroupSource.workspace_id == scope.workspace_id))
    scope.session.expire_all()
    for attribute, group_ids in wanted.items():
        for group_id in sorted(set(group_ids)):
            scope.session.add(GroupSource(workspace_id=scope.workspace_id, attribute=attribute, group_id=group_id))
    scope.session.flush()


def grouped_people(scope: Scope) -> list[str]:
    """Return people with a value from a user group, or in any known group."""
    said = select(PersonAttribute.person_id).where(
        PersonAttribute.workspace_id == scope.workspace_id, PersonAttribute.source == Source.USER_GROUP
    )
    members = select(UserGroupMember.person_id).where(UserGroupMember.workspace_id == scope.workspace_id)
    return sorted(scope.session.scalars(said.union(members)))

"""User groups of a workspace, and members of those in use."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Index, String, delete, select, update
from sqlalchemy.orm import Mapped, mapped_column

from storage.schema import SlackId, Table
from storage.scope import Scope
from storage.upsert import add_if_missing


class UserGroup(Table):
    __tablename__ = "user_groups"

    workspace_id: Mapped[SlackId] = mapped_column(primary_key=True)
    group_id: Mapped[SlackId] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(255))
    is_gone: Mapped[bool] = mapped_column(default=False)
    """Disabled or deleted in Slack."""
    read_at: Mapped[datetime | None]
    """When members were last read. None: read them when needed."""


class UserGroupMember(Table):
    __tablename__ = "user_group_members"
    __table_args__ = (Index(None, "workspace_id", "person_id"),)

    workspace_id: Mapped[SlackId] = mapped_column(primary_key=True)
    group_id: Mapped[SlackId] = mapped_column(primary_key=True)
    person_id: Mapped[SlackId] = mapped_column(primary_key=True)


def all_groups(scope: Scope) -> list[UserGroup]:
    chosen = select(UserGroup).where(UserGroup.workspace_id == scope.workspace_id)
    return list(scope.session.scalars(chosen.order_by(UserGroup.name, UserGroup.group_id)))


def get(scope: Scope, *, group_id: str) -> UserGroup | None:
    return scope.session.get(UserGroup, (scope.workspace_id, group_id))


def get_many(scope: Scope, *, group_ids: Collection[str]) -> dict[str, UserGroup]:
    chosen = select(UserGroup).where(UserGroup.workspace_id == scope.workspace_id, UserGroup.group_id.in_(group_ids))
    return {row.group_id: row for row in scope.session.scalars(chosen)}


def record_listing(scope: Scope, *, names: Mapping[str, str]) -> None:
    """Sync all groups. `names`: by id. Missing ones are marked gone; members of changed ones are read again."""
    known = {row.group_id: row for row in all_groups(scope)}
    for group_id, row in known.items():
        if group_id not in names and not row.is_gone:
            row.is_gone, row.read_at = True, None
    for group_id, name in names.items():
        if group_id not in known:
            about = {"workspace_id": scope.workspace_id, "group_id": group_id}
            add_if_missing(scope, UserGroup, **about, name=name, is_gone=False)
        elif (known[group_id].name, known[group_id].is_gone) != (name, False):
            changed = known[group_id]
            changed.name, changed.is_gone, changed.read_at = name, False, None
    scope.session.flush()


def request_reread(scope: Scope, *, group_ids: Collection[str]) -> None:
    chosen = update(UserGroup).where(UserGroup.workspace_id == scope.workspace_id, UserGroup.group_id.in_(group_ids))
    scope.session.execute(chosen.values(read_at=None))


def members(scope: Scope, *, group_id: str) -> set[str]:
    chosen = select(UserGroupMember.person_id).where(
        UserGroupMember.workspace_id == scope.workspace_id, UserGroupMember.group_id == group_id
    )
    return set(scope.session.scalars(chosen))


def change_members(scope: Scope, *, group_id: str, come: Iterable[str], go: Sequence[str]) -> None:
    for person_id in come:
        add_if_missing(scope, UserGroupMember, group_id=group_id, person_id=person_id)
    gone = delete(UserGroupMember).where(
        UserGroupMember.workspace_id == scope.workspace_id,
        UserGroupMember.group_id == group_id,
        UserGroupMember.person_id.in_(go),
    )
    scope.session.execute(gone)


def groups_with_members(scope: Scope, *, group_ids: Collection[str]) -> set[str]:
    """Return those of these groups that exist and have members."""
    chosen = (
        select(UserGroupMember.group_id)
        .join(
            UserGroup,
            (UserGroup.workspace_id == UserGroupMember.workspace_id) & (UserGroup.group_id == UserGroupMember.group_id),
        )
        .where(UserGroup.workspace_id == scope.workspace_id, UserGroup.group_id.in_(group_ids), ~UserGroup.is_gone)
    )
    return set(scope.session.scalars(chosen.distinct()))


def groups_of(scope: Scope, *, person_ids: Sequence[str]) -> dict[str, set[str]]:
    """Return ids of known groups by person."""
    found: dict[str, set[str]] = {}
    for start in range(0, len(person_ids), 500):
        chosen = select(UserGroupMember.person_id, UserGroupMember.group_id).where(
            UserGroupMember.workspace_id == scope.workspace_id,
            UserGroupMember.person_id.in_(person_ids[start : start + 500]),
        )
        for person_id, group_id in scope.session.execute(chosen):
            found.setdefault(person_id, set()).add(group_id)
    return found


def forget_person(scope: Scope, *, person_id: str) -> None:
    theirs = (UserGroupMember.workspace_id == scope.workspace_id, UserGroupMember.person_id == person_id)
    scope.session.execute(delete(UserGroupMember).where(*theirs))

"""Where contact in public channels is counted, who opted out, and which events were counted."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import BigInteger, ColumnElement, Index, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from storage.polling import WORKSPACE, parameter, polled
from storage.schema import SlackId, Table
from storage.scope import Scope
from storage.upsert import add_if_missing, insert_into, lock_or_add


class Counting(Table):
    """The admins' choice."""

    __tablename__ = "counting"

    workspace_id: Mapped[SlackId] = mapped_column(primary_key=True)
    is_everywhere: Mapped[bool] = mapped_column(default=False)
    """Count in every public channel that Weft is in, future ones included."""


class CountedChannel(Table):
    """A channel in which contact is counted. It was notified of that."""

    __tablename__ = "counted_channels"

    workspace_id: Mapped[SlackId] = mapped_column(primary_key=True)
    channel_id: Mapped[SlackId] = mapped_column(primary_key=True)
    since: Mapped[datetime]
    is_chosen: Mapped[bool] = mapped_column(default=True)
    """Whether an admin named it; False when it is here because all are."""


class NotCounted(Table):
    """A person who opted out of being counted."""

    __tablename__ = "not_counted"

    workspace_id: Mapped[SlackId] = mapped_column(primary_key=True)
    person_id: Mapped[SlackId] = mapped_column(primary_key=True)
    since: Mapped[datetime]


class CountedEvent(Table):
    """The digest of a counted event, kept for an hour, as Slack may retry events."""

    __tablename__ = "counted_events"
    __table_args__ = (Index(None, "workspace_id", "counted_at"),)

    workspace_id: Mapped[SlackId] = mapped_column(primary_key=True)
    digest: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    counted_at: Mapped[datetime]


def get_settings(scope: Scope) -> Counting:
    """Return the admins' choice, locked. Created with "nowhere" if missing."""
    return lock_or_add(scope, Counting, {"workspace_id": scope.workspace_id}, is_everywhere=False)


def is_everywhere(scope: Scope) -> bool:
    return True in choices(scope)


choices = polled(select(Counting.is_everywhere).where(Counting.workspace_id == WORKSPACE))
"""`is_everywhere`; no row if no admin has chosen."""
channels = polled(
    select(CountedChannel)
    .where(CountedChannel.workspace_id == WORKSPACE)
    .order_by(CountedChannel.since, CountedChannel.channel_id)
)


def delete_channel(scope: Scope, *, channel_ids: Collection[str]) -> None:
    scope.session.execute(
        delete(CountedChannel).where(
            CountedChannel.workspace_id == scope.workspace_id, CountedChannel.channel_id.in_(channel_ids)
        )
    )


def move_channel(scope: Scope, *, old: str, new: str) -> None:
    row = scope.session.get(CountedChannel, (scope.workspace_id, old))
    if row is not None and scope.session.get(CountedChannel, (scope.workspace_id, new)) is None:
        row.channel_id = new


def new_events(scope: Scope, *, digests: Collection[int]) -> set[int]:
    """Record events and return the digests that are new. Of concurrent processes, only one gets each."""
    if not digests:
        return set()
    insert = insert_into(scope, CountedEvent).on_conflict_do_nothing().returning(CountedEvent.digest)
    rows = [
        {"workspace_id": scope.workspace_id, "digest": digest, "counted_at": scope.now}
        for digest in sorted(set(digests))
    ]
    return set(scope.session.scalars(insert, rows))


def forget_events(scope: Scope, *, before: datetime) -> None:
    scope.session.execute(delete(CountedEvent).where(*is_older(scope.workspace_id, before)))


def is_older(workspace_id: str, before: datetime) -> tuple[ColumnElement[bool], ...]:
    return CountedEvent.workspace_id == workspace_id, CountedEvent.counted_at < before


event_exists_before = polled(select(CountedEvent.digest).where(*is_older(WORKSPACE, parameter("before"))).limit(1))
"""One if there is any."""


def has_opted_out(scope: Scope, *, person_id: str) -> bool:
    return scope.session.get(NotCounted, (scope.workspace_id, person_id)) is not None


def opt_out(scope: Scope, *, person_id: str) -> None:
    add_if_missing(scope, NotCounted, person_id=person_id, since=scope.now)


def opted_out_ids(scope: Scope) -> set[str]:
    return set(scope.session.scalars(select(NotCounted.person_id).where(NotCounted.workspace_id == scope.workspace_id)))


def forget_person(scope: Scope, *, person_id: str) -> None:
    scope.session.execute(
        delete(NotCounted).where(NotCounted.workspace_id == scope.workspace_id, NotCounted.person_id == person_id)
    )

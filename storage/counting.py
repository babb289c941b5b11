"""Where contact in public channels is counted, who does not want to be, and which events were counted already."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import BigInteger, ColumnElement, Index, Select, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from storage.asked import WORKSPACE, asked_often
from storage.schema import SlackId, Table
from storage.scope import Scope
from storage.upsert import add_if_missing, insert_into, lock_or_add


class Counting(Table):
    """What the admins of a workspace have chosen."""

    __tablename__ = "counting"

    workspace_id: Mapped[SlackId] = mapped_column(primary_key=True)
    is_everywhere: Mapped[bool] = mapped_column(default=False)
    """In every public channel that Weft is in, those included that it comes into later."""


class CountedChannel(Table):
    """A public channel in which contact is counted, because an admin said so and the channel was told."""

    __tablename__ = "counted_channels"

    workspace_id: Mapped[SlackId] = mapped_column(primary_key=True)
    channel_id: Mapped[SlackId] = mapped_column(primary_key=True)
    since: Mapped[datetime]
    is_chosen: Mapped[bool] = mapped_column(default=True)
    """By name; otherwise it is here because all are."""


class NotCounted(Table):
    """Somebody who does not want their contact in public channels to be counted."""

    __tablename__ = "not_counted"

    workspace_id: Mapped[SlackId] = mapped_column(primary_key=True)
    person_id: Mapped[SlackId] = mapped_column(primary_key=True)
    since: Mapped[datetime]


class CountedEvent(Table):
    """That an event was counted, as a digest and for an hour: Slack sends some events twice."""

    __tablename__ = "counted_events"
    __table_args__ = (Index(None, "workspace_id", "counted_at"),)

    workspace_id: Mapped[SlackId] = mapped_column(primary_key=True)
    digest: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    counted_at: Mapped[datetime]


def chosen(scope: Scope) -> Counting:
    """What the admins chose; a row that says "nowhere" is made at the first question."""
    return lock_or_add(scope, Counting, {"workspace_id": scope.workspace_id}, is_everywhere=False)


def is_everywhere(scope: Scope) -> bool:
    return True in choices(scope)


@asked_often
def choices() -> Select[bool]:
    """Whether it is everywhere, if an admin has said anything."""
    return select(Counting.is_everywhere).where(Counting.workspace_id == WORKSPACE)


@asked_often
def channels() -> Select[CountedChannel]:
    rows = select(CountedChannel).where(CountedChannel.workspace_id == WORKSPACE)
    return rows.order_by(CountedChannel.since, CountedChannel.channel_id)


def stop_in(scope: Scope, *, channel_ids: Collection[str]) -> None:
    scope.session.execute(
        delete(CountedChannel).where(
            CountedChannel.workspace_id == scope.workspace_id, CountedChannel.channel_id.in_(channel_ids)
        )
    )


def new_events(scope: Scope, *, digests: Collection[int], now: datetime) -> set[int]:
    """Those of them that were not counted yet; from now on they are. Of two processes, one gets each of them."""
    if not digests:
        return set()
    insert = insert_into(scope, CountedEvent).on_conflict_do_nothing().returning(CountedEvent.digest)
    rows = [
        {"workspace_id": scope.workspace_id, "digest": digest, "counted_at": now} for digest in sorted(set(digests))
    ]
    return set(scope.session.scalars(insert, rows))


@asked_often
def an_event_older(*, before: datetime) -> Select[int]:
    """One of them, if there is any."""
    return select(CountedEvent.digest).where(*is_older(WORKSPACE, before)).limit(1)


def forget_events(scope: Scope, *, before: datetime) -> None:
    scope.session.execute(delete(CountedEvent).where(*is_older(scope.workspace_id, before)))


def is_older(workspace_id: str, before: datetime) -> tuple[ColumnElement[bool], ...]:
    return CountedEvent.workspace_id == workspace_id, CountedEvent.counted_at < before


def wants_no_counting(scope: Scope, *, person_id: str) -> bool:
    return scope.session.get(NotCounted, (scope.workspace_id, person_id)) is not None


def opt_out(scope: Scope, *, person_id: str, at: datetime) -> None:
    add_if_missing(scope, NotCounted, person_id=person_id, since=at)


def all_not_counted(scope: Scope) -> set[str]:
    return set(scope.session.scalars(select(NotCounted.person_id).where(NotCounted.workspace_id == scope.workspace_id)))


def forget_person(scope: Scope, *, person_id: str) -> None:
    scope.session.execute(
        delete(NotCounted).where(NotCounted.workspace_id == scope.workspace_id, NotCounted.person_id == person_id)
    )

"""Coffee now: searches and the people they asked."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, delete, func, or_, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.kinds import NowState
from storage.polling import WORKSPACE, polled
from storage.schema import SlackId, Table
from storage.scope import Scope
from storage.upsert import insert_into


class NowRequest(Table):
    """A search by someone with time for a coffee now."""

    __tablename__ = "now_requests"
    __table_args__ = (
        Index(None, "workspace_id", "state"),
        Index(None, "workspace_id", "person_id"),
        Index(
            "uq_now_requests_looking",
            "workspace_id",
            "person_id",
            unique=True,
            sqlite_where=text("state = 'looking'"),
            postgresql_where=text("state = 'looking'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[SlackId]
    program_id: Mapped[int] = mapped_column(ForeignKey("programs.id", ondelete="CASCADE"))
    person_id: Mapped[SlackId]
    team: Mapped[str | None] = mapped_column(String(100))
    """Limit the search to this team; None: all."""
    state: Mapped[NowState] = mapped_column(default=NowState.LOOKING)
    began_at: Mapped[datetime]
    other_id: Mapped[SlackId | None]
    """The person who accepted."""
    asks: Mapped[list["NowAsk"]] = relationship(cascade="all, delete-orphan", order_by="NowAsk.asked_at")


class NowAsk(Table):
    """A person who was asked. Their answer is never revealed."""

    __tablename__ = "now_asks"
    __table_args__ = (Index(None, "workspace_id", "person_id"),)

    request_id: Mapped[int] = mapped_column(ForeignKey("now_requests.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[SlackId] = mapped_column(primary_key=True)
    workspace_id: Mapped[SlackId]
    asked_at: Mapped[datetime]
    accepts: Mapped[bool | None]


def begin(scope: Scope, *, program_id: int, person_id: str, team: str | None) -> NowRequest | None:
    """Start a search. None if this person has one running."""
    new = insert_into(scope, NowRequest).values(
        workspace_id=scope.workspace_id,
        program_id=program_id,
        person_id=person_id,
        team=team,
        began_at=scope.now,
        state=NowState.LOOKING,
    )
    request_id = scope.session.scalar(new.on_conflict_do_nothing().returning(NowRequest.id))
    return scope.session.get_one(NowRequest, request_id) if request_id is not None else None


def request(scope: Scope, *, request_id: int) -> NowRequest | None:
    """Return the search, locked, so that of two concurrent acceptances one comes first."""
    chosen = select(NowRequest).where(NowRequest.id == request_id, NowRequest.workspace_id == scope.workspace_id)
    return scope.session.scalar(chosen.with_for_update())


open_requests = polled(
    select(NowRequest.id)
    .where(NowRequest.workspace_id == WORKSPACE, NowRequest.state == NowState.LOOKING)
    .order_by(NowRequest.id)
)


def open_request_of(scope: Scope, *, person_id: str) -> NowRequest | None:
    chosen = select(NowRequest).where(NowRequest.workspace_id == scope.workspace_id, NowRequest.person_id == person_id)
    return scope.session.scalar(chosen.where(NowRequest.state == NowState.LOOKING).with_for_update().limit(1))


def last_program_of(scope: Scope, *, person_id: str) -> int | None:
    """Return the id of the program in which this person is searching now."""
    chosen = select(NowRequest.program_id).where(
        NowRequest.workspace_id == scope.workspace_id, NowRequest.person_id == person_id
    )
    return scope.session.scalar(chosen.where(NowRequest.state == NowState.LOOKING).limit(1))


def times_since(scope: Scope, *, person_id: str, since: datetime) -> int:
    """Count the person's searches since then."""
    chosen = select(func.count()).where(
        NowRequest.workspace_id == scope.workspace_id, NowRequest.person_id == person_id
    )
    return scope.session.scalar(chosen.where(NowRequest.began_at >= since)) or 0


def count_asked_since(scope: Scope, *, since: datetime) -> set[str]:
    """Return ids of people asked since then, for any search."""
    chosen = select(NowAsk.person_id).where(NowAsk.workspace_id == scope.workspace_id, NowAsk.asked_at >= since)
    return set(scope.session.scalars(chosen))


def requests_of(scope: Scope, *, person_id: str) -> Sequence[NowRequest]:
    named = or_(NowRequest.person_id == person_id, NowRequest.other_id == person_id)
    return scope.session.scalars(
        select(NowRequest).where(NowRequest.workspace_id == scope.workspace_id, named).order_by(NowRequest.id)
    ).all()


def asks_of(scope: Scope, *, person_id: str) -> Sequence[NowAsk]:
    chosen = select(NowAsk).where(NowAsk.workspace_id == scope.workspace_id, NowAsk.person_id == person_id)
    return scope.session.scalars(chosen.order_by(NowAsk.request_id)).all()


def forget_person(scope: Scope, *, person_id: str) -> None:
    for row in requests_of(scope, person_id=person_id):
        scope.session.delete(row)
    scope.session.flush()
    scope.session.execute(
        delete(NowAsk).where(NowAsk.workspace_id == scope.workspace_id, NowAsk.person_id == person_id)
    )

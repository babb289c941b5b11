"""Rounds of programs with matches, seats and absences."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    delete,
    func,
    insert,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship, selectinload

from storage.connections.connections import FORGOTTEN
from storage.kinds import AbsenceReason, Answer, MatchState, RoundState
from storage.polling import WORKSPACE, polled
from storage.programs.programs import Program
from storage.schema import SlackId, Table, table_of
from storage.scope import Scope


class Round(Table):
    """One round of a program."""

    __tablename__ = "rounds"
    __table_args__ = (UniqueConstraint("program_id", "starts_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[SlackId]
    program_id: Mapped[int] = mapped_column(ForeignKey("programs.id", ondelete="CASCADE"))
    state: Mapped[RoundState] = mapped_column(default=RoundState.RUNNING)
    starts_at: Mapped[datetime]
    midway_at: Mapped[datetime]
    final_at: Mapped[datetime]
    ends_at: Mapped[datetime] = mapped_column(index=True)
    seed: Mapped[str] = mapped_column(String(20))
    weights_version: Mapped[int]
    value: Mapped[int] = mapped_column(BigInteger)
    bound: Mapped[int] = mapped_column(BigInteger)
    """Upper bound on the value of any matching."""
    wishes_met: Mapped[float]
    """Share of soft preferences met, 0 to 1."""
    decided_in: Mapped[float]
    """Duration of the matching in seconds."""
    told_at: Mapped[datetime | None]
    """When the last of its messages was decided. They are written in batches, to keep transactions short."""
    program: Mapped[Program] = relationship()
    matches: Mapped[list["Match"]] = relationship(back_populates="round", order_by="Match.id")


class Match(Table):
    """A group of people to meet in a round."""

    __tablename__ = "matches"

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[SlackId]
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id", ondelete="CASCADE"), index=True)
    state: Mapped[MatchState] = mapped_column(default=MatchState.PLANNED)
    why: Mapped[str]
    """The reasons for this match, as text shown to its people."""
    agreed_at: Mapped[datetime | None]
    """The time all of them agreed on."""
    called_off_at: Mapped[datetime | None]
    """When it was called off. Its people may still report that they met."""
    introduced_at: Mapped[datetime | None]
    """When the introduction was decided."""
    starter: Mapped[str | None] = mapped_column(String(40))
    """Name of the icebreaker in the introduction."""
    questions: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    """Questions of an async coffee, for people whose working hours hardly overlap."""
    bump_at: Mapped[datetime | None] = mapped_column(index=True)
    """When to remind the captain if no one has been active by then."""
    round: Mapped[Round] = relationship(back_populates="matches")
    seats: Mapped[list["Seat"]] = relationship(
        back_populates="match", cascade="all, delete-orphan", order_by="Seat.place"
    )


class Seat(Table):
    """A person's place in a match."""

    __tablename__ = "seats"
    __table_args__ = (
        UniqueConstraint("round_id", "person_id"),
        Index(None, "workspace_id", "person_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[SlackId]
    match_id: Mapped[int] = mapped_column(ForeignKey("matches.id", ondelete="CASCADE"), index=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id", ondelete="CASCADE"))
    person_id: Mapped[SlackId]
    place: Mapped[int]
    """Place 0 is the captain's."""
    answer: Mapped[Answer | None]
    answered_at: Mapped[datetime | None]
    midway_asked_at: Mapped[datetime | None]
    final_asked_at: Mapped[datetime | None]
    match: Mapped[Match] = relationship(back_populates="seats")


class Absence(Table):
    """Why a member had no match in a round."""

    __tablename__ = "absences"

    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[SlackId] = mapped_column(primary_key=True)
    workspace_id: Mapped[SlackId]
    reason: Mapped[AbsenceReason]
    is_to_tell: Mapped[bool] = mapped_column(default=False)
    """Whether they expected a match and still have to be told."""


PLANNED = {"state": MatchState.PLANNED}


def add_matches(scope: Scope, *, this_round: Round, groups: Sequence[tuple[str, Sequence[str]]]) -> None:
    """Insert all matches of a round: (reason, people) each, the captain first."""
    belongs = {"workspace_id": this_round.workspace_id, "round_id": this_round.id}
    connection = scope.session.connection()
    connection.execute(insert(table_of(Match)), [belongs | PLANNED | {"why": why} for why, _ in groups])
    # Inserted in order, so ids rise with the groups. Returning each id would take twice the time.
    made = scope.session.scalars(select(Match.id).where(Match.round_id == this_round.id).order_by(Match.id))
    seats = [
        belongs | {"match_id": match_id, "person_id": person_id, "place": place}
        for match_id, (_, people) in zip(made, groups, strict=True)
        for place, person_id in enumerate(people)
    ]
    connection.execute(insert(table_of(Seat)), seats)


def add_absences(
    scope: Scope, *, this_round: Round, reasons: Mapping[str, AbsenceReason], to_tell: Collection[str]
) -> None:
    belongs = {"workspace_id": this_round.workspace_id, "round_id": this_round.id}
    rows = [
        belongs | {"person_id": person_id, "reason": reason, "is_to_tell": person_id in to_tell}
        for person_id, reason in reasons.items()
    ]
    if rows:
        scope.session.connection().execute(insert(table_of(Absence)), rows)


rounds_to_tell = polled(
    select(Round.id).where(Round.workspace_id == WORKSPACE, Round.told_at.is_(None)).order_by(Round.id)
)
"""Rounds with people still to be notified."""


def get_round(scope: Scope, *, round_id: int) -> Round:
    return scope.session.get_one(Round, round_id)


def matches_to_introduce(scope: Scope, *, round_id: int, limit: int) -> Sequence[Match]:
    chosen = select(Match).where(
        Match.round_id == round_id, Match.introduced_at.is_(None), Match.state == MatchState.PLANNED
    )
    locked = chosen.options(selectinload(Match.seats)).order_by(Match.id).limit(limit).with_for_update(of=Match)
    return scope.session.scalars(locked).all()


def absences_to_tell(scope: Scope, *, round_id: int, limit: int) -> Sequence[Absence]:
    chosen = select(Absence).where(Absence.round_id == round_id, Absence.is_to_tell)
    return scope.session.scalars(chosen.order_by(Absence.person_id).limit(limit).with_for_update()).all()


def last_round(scope: Scope, *, program_id: int) -> Round | None:
    chosen = select(Round).where(Round.program_id == program_id)
    return scope.session.scalar(chosen.order_by(Round.starts_at.desc()).limit(1))


def last_id(scope: Scope, *, program_id: int) -> int:
    """Return the id of the last round; 0 before the first."""
    chosen = select(Round.id).where(Round.program_id == program_id).order_by(Round.starts_at.desc()).limit(1)
    return scope.session.scalar(chosen) or 0


def match(scope: Scope, *, match_id: int) -> Match | None:
    chosen = select(Match).where(Match.id == match_id, Match.workspace_id == scope.workspace_id)
    return scope.session.scalar(chosen.options(selectinload(Match.seats)).with_for_update())


def current_match(scope: Scope, *, program_id: int, person_id: str) -> Match | None:
    """Return the person's match in a running round."""
    chosen = (
        select(Match)
        .join(Match.round)
        .join(Match.seats)
        .where(Round.program_id == program_id, Round.ends_at > scope.now, Seat.person_id == person_id)
    )
    return scope.session.scalar(chosen.order_by(Round.starts_at.desc()).limit(1))


def match_in(scope: Scope, *, round_id: int, person_id: str) -> Match | None:
    return scope.session.scalar(
        select(Match).join(Match.seats).where(Match.round_id == round_id, Seat.person_id == person_id).limit(1)
    )


def open_matches_of(scope: Scope, *, person_id: str) -> Sequence[Match]:
    """Return the person's planned matches in running rounds, locked."""
    chosen = (
        select(Match)
        .join(Match.round)
        .join(Match.seats)
        .where(
            Match.workspace_id == scope.workspace_id,
            Match.state == MatchState.PLANNED,
            Round.ends_at > scope.now,
            Seat.person_id == person_id,
        )
    )
    # Locked, so that its people don't change while they agree on a time.
    locked = chosen.options(selectinload(Match.seats)).order_by(Match.id).with_for_update(of=Match)
    return scope.session.scalars(locked).unique().all()


def absence(scope: Scope, *, round_id: int, person_id: str) -> Absence | None:
    return scope.session.get(Absence, (round_id, person_id))


def absences_of(scope: Scope, *, person_id: str) -> Sequence[Absence]:
    chosen = select(Absence).where(Absence.workspace_id == scope.workspace_id, Absence.person_id == person_id)
    return scope.session.scalars(chosen.order_by(Absence.round_id)).all()


def matches_of(scope: Scope, *, person_id: str) -> Sequence[Match]:
    chosen = (
        select(Match).join(Match.seats).where(Match.workspace_id == scope.workspace_id, Seat.person_id == person_id)
    )
    return scope.session.scalars(chosen.options(selectinload(Match.seats)).order_by(Match.id)).unique().all()


def counts(scope: Scope, *, round_id: int) -> tuple[int, int]:
    """Return the number of matches in a round, and of those that met."""
    met = func.count().filter(Match.state == MatchState.MET)
    made, met_count = scope.session.execute(
        select(func.count(), met).where(Match.round_id == round_id, Match.state != MatchState.CALLED_OFF)
    ).one()
    return int(made), int(met_count)


def forget_person(scope: Scope, *, person_id: str) -> None:
    """Delete absences and anonymize seats: the others' history keeps that there was someone."""
    scope.session.execute(
        delete(Absence).where(Absence.workspace_id == scope.workspace_id, Absence.person_id == person_id)
    )
    for seat in scope.session.scalars(
        select(Seat).where(Seat.workspace_id == scope.workspace_id, Seat.person_id == person_id)
    ):
        seat.person_id = f"{FORGOTTEN}:{seat.id}"
        seat.answer = None

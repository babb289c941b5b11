"""Queries for check-ins: people to ask whether they met, and missing answers."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import selectinload

from storage.kinds import Answer, MatchState, RoundState
from storage.polling import LIMIT, NOW, WORKSPACE, parameter, polled
from storage.rounds.rounds import Match, Round, Seat
from storage.scope import Scope

SOON_AFTER = timedelta(hours=1)
"""Delay after an agreed time, when the coffee is over and still remembered."""
STILL_ASKED = timedelta(days=3)
"""How long after a round's end its last coffees are asked about, as some agree on its last hour."""


def seats_due_midway(scope: Scope, *, limit: int) -> Sequence[Seat]:
    """Return seats to ask midway, or soon after an agreed time, that were not asked yet."""
    return select_midway(scope, agreed_by=scope.now - SOON_AFTER, limit=limit)


def seats_due_at_end(scope: Scope, *, limit: int) -> Sequence[Seat]:
    """Return seats to ask before the round ends or, for a time agreed in its last hours, after that time."""
    moments = {"agreed_by": scope.now - SOON_AFTER, "ended_after": scope.now - STILL_ASKED}
    return select_final(scope, limit=limit, **moments)


def seats_owing_an_answer(
    scope: Scope, *, person_ids: Sequence[str], since: datetime, until: datetime
) -> Sequence[Seat]:
    """Return unanswered seats of these people, in matches that met and had the last check-in in this period."""
    chosen = (
        select(Seat)
        .join(Seat.match)
        .join(Match.round)
        .where(
            Seat.workspace_id == scope.workspace_id,
            Seat.person_id.in_(person_ids),
            Seat.answer.is_(None),
            Match.state == MatchState.MET,
            Round.final_at > since,
            Round.final_at <= until,
        )
    )
    fetched = selectinload(Seat.match).selectinload(Match.seats)
    return scope.session.scalars(chosen.options(fetched).order_by(Seat.id)).all()


def silent_people(scope: Scope, *, origins: Sequence[str]) -> set[tuple[str, str]]:
    """Return (origin, person) of people in these meetings who have not confirmed them."""
    parts = (one.partition(":") for one in origins)
    numbers = [int(number) for kind, _, number in parts if kind == "match" and number.isdecimal()]
    not_met = or_(Seat.answer.is_(None), Seat.answer != Answer.MET)
    chosen = select(Seat.match_id, Seat.person_id).where(
        Seat.workspace_id == scope.workspace_id, Seat.match_id.in_(numbers), not_met
    )
    return {(f"match:{match_id}", person_id) for match_id, person_id in scope.session.execute(chosen)}


def seats_asked_between(scope: Scope, *, person_ids: Sequence[str], since: datetime, until: datetime) -> Sequence[str]:
    """Return those of these people who have a check-in due in this period. Midway only in a long round."""
    moments = [
        Round.midway_at.between(since, until) & (Round.midway_at < Round.final_at) & Seat.midway_asked_at.is_(None),
        Round.final_at.between(since, until) & Seat.final_asked_at.is_(None),
    ]
    chosen = select_unanswered(scope.workspace_id, since).where(
        Seat.person_id.in_(person_ids), Seat.answer.is_(None), or_(*moments)
    )
    return [seat.person_id for seat in scope.session.scalars(chosen)]


def unanswered_before(scope: Scope, *, program_id: int, person_id: str, since: datetime) -> Seat | None:
    """Return the person's seat in the last round ended since then, if they had a match and did not answer."""
    chosen = (
        select(Seat)
        .join(Match)
        .join(Round, Round.id == Seat.round_id)
        .where(
            Round.program_id == program_id,
            Round.ends_at > since,
            Round.ends_at <= scope.now,
            Seat.person_id == person_id,
            Seat.answer.is_(None),
            Match.state != MatchState.CALLED_OFF,
        )
    )
    return scope.session.scalar(chosen.order_by(Round.ends_at.desc()).limit(1))


def select_unanswered(workspace_id: str, at: datetime) -> Select[Seat]:
    return seats_of_planned(workspace_id).where(*is_running(at))


def seats_of_planned(workspace_id: str) -> Select[Seat]:
    planned = (Seat.workspace_id == workspace_id, Match.state == MatchState.PLANNED)
    return select(Seat).join(Seat.match).join(Match.round).where(*planned).order_by(Seat.id)


def is_running(at: datetime) -> tuple[ColumnElement[bool], ...]:
    return Round.state == RoundState.RUNNING, Round.ends_at > at


IS_SILENT, HAS_PASSED = Seat.answer.is_(None), Match.agreed_at <= parameter("agreed_by")
IS_CLOSED = Seat.answer.in_([Answer.MET, Answer.BUSY, Answer.NO_REPLY])

select_midway = polled(
    select_unanswered(WORKSPACE, NOW)
    .where(
        Round.final_at > NOW,
        Seat.midway_asked_at.is_(None),
        or_(
            and_(Round.midway_at <= NOW, IS_SILENT, Match.agreed_at.is_(None)),
            and_(HAS_PASSED, or_(IS_SILENT, Seat.answer == Answer.PLANNED)),
        ),
    )
    .limit(LIMIT)
)
select_final = polled(
    seats_of_planned(WORKSPACE)
    .where(Round.final_at <= NOW, Round.ends_at > parameter("ended_after"))
    .where(Seat.final_asked_at.is_(None), or_(IS_SILENT, ~IS_CLOSED))
    .where(or_(and_(Match.agreed_at.is_(None), *is_running(NOW)), HAS_PASSED))
    .limit(LIMIT)
)

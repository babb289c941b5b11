"""History of past rounds: pairs introduced, trios, captains and icebreakers."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import and_, exists, func, select
from sqlalchemy.orm import aliased

from storage.kinds import MatchState
from storage.rounds.rounds import Match, Round, Seat
from storage.scope import Scope


def past_starters(scope: Scope, *, people: Sequence[str]) -> set[str]:
    """Return icebreakers that any two of these people had before."""
    one, other = aliased(Seat), aliased(Seat)
    chosen = (
        select(Match.starter)
        .join(one, one.match_id == Match.id)
        .join(other, and_(one.match_id == other.match_id, one.person_id < other.person_id))
        .where(one.workspace_id == scope.workspace_id, one.person_id.in_(people), other.person_id.in_(people))
    )
    return {name for name in scope.session.scalars(chosen) if name is not None}


def pairs_introduced(scope: Scope, *, among: Collection[str] | None = None) -> list[tuple[str, str, datetime]]:
    """Return pairs matched by a program that, as far as known, have not met through it."""
    one, other = aliased(Seat), aliased(Seat)
    chosen = (
        select(one.person_id, other.person_id, Round.starts_at)
        .join(other, and_(one.match_id == other.match_id, one.person_id < other.person_id))
        .join(Match, Match.id == one.match_id)
        .join(Round, Round.id == Match.round_id)
        .where(Match.workspace_id == scope.workspace_id, Match.state == MatchState.PLANNED)
        .order_by(Match.id, one.person_id, other.person_id)
    )
    if among is not None:
        chosen = chosen.where(one.person_id.in_(among), other.person_id.in_(among))
    return [(a, b, at) for a, b, at in scope.session.execute(chosen)]


def pairs_matched_since(scope: Scope, *, since: datetime, but: int) -> list[tuple[str, str]]:
    """Return pairs matched by a program other than `but` in a round that began after then."""
    one, other = aliased(Seat), aliased(Seat)
    chosen = (
        select(one.person_id, other.person_id)
        .join(other, and_(one.match_id == other.match_id, one.person_id < other.person_id))
        .join(Match, Match.id == one.match_id)
        .join(Round, Round.id == Match.round_id)
        .where(Match.workspace_id == scope.workspace_id, Match.state != MatchState.CALLED_OFF)
        .where(Round.starts_at > since, Round.program_id != but)
        .distinct()
    )
    return [(a, b) for a, b in scope.session.execute(chosen.order_by(one.person_id, other.person_id))]


def introduced_since(scope: Scope, *, person_ids: Collection[str], since: datetime, but: int) -> set[str]:
    """Return those of these people that a program other than `but` has introduced since then."""
    chosen = (
        select(Seat.person_id)
        .join(Match, Match.id == Seat.match_id)
        .join(Round, Round.id == Match.round_id)
        .where(Match.workspace_id == scope.workspace_id, Seat.person_id.in_(person_ids), Match.introduced_at > since)
        .where(Round.program_id != but)
    )
    return set(scope.session.scalars(chosen))


def times_captain(scope: Scope, *, program_id: int) -> dict[str, int]:
    chosen = (
        select(Seat.person_id, func.count())
        .join(Round, Round.id == Seat.round_id)
        .where(Round.program_id == program_id, Seat.place == 0)
        .group_by(Seat.person_id)
    )
    return {person_id: count for person_id, count in scope.session.execute(chosen)}


def trios_sat_in(scope: Scope, *, program_id: int, among: Collection[str] | None = None) -> dict[str, int]:
    """Return how often each person, of all or among these, sat in a match of three or more in this program."""
    third = aliased(Seat)
    in_trio = exists().where(third.match_id == Seat.match_id, third.place == 2)
    chosen = (
        select(Seat.person_id, func.count())
        .join(Round, Round.id == Seat.round_id)
        .where(Round.program_id == program_id, in_trio)
        .group_by(Seat.person_id)
    )
    if among is not None:
        chosen = chosen.where(Seat.person_id.in_(among))
    return {person_id: count for person_id, count in scope.session.execute(chosen)}

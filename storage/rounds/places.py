"""Late places in a round under way: who is free, and seating them."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from sqlalchemy import exists, func, or_, select

from storage.kinds import AbsenceReason, MatchState
from storage.programs.programs import Membership
from storage.rounds.inactivity import has_acted
from storage.rounds.rounds import Absence, Match, Seat
from storage.scope import Scope


def unmatched_members(
    scope: Scope, *, program_id: int, round_id: int, today: date, reasons: Collection[AbsenceReason]
) -> Sequence[str]:
    """Return members without a match, not by their own choice: absent for one of these reasons or for none."""
    seated = exists().where(
        Seat.round_id == round_id,
        Seat.person_id == Membership.person_id,
        Seat.match_id == Match.id,
        Match.state != MatchState.CALLED_OFF,
    )
    chose = exists().where(
        Absence.round_id == round_id, Absence.person_id == Membership.person_id, Absence.reason.not_in(reasons)
    )
    here = select(Membership.person_id).where(Membership.program_id == program_id, Membership.left_at.is_(None))
    awake = or_(Membership.paused_until.is_(None), Membership.paused_until <= today)
    return scope.session.scalars(here.where(awake, ~seated, ~chose).order_by(Membership.person_id)).all()


def untouched_matches(scope: Scope, *, round_id: int, size: int) -> Sequence[int]:
    """Return ids of matches of at most this size without any activity so far."""
    spoken = exists().where(Seat.match_id == Match.id, has_acted())
    people = select(func.count()).select_from(Seat).where(Seat.match_id == Match.id).scalar_subquery()
    chosen = select(Match.id).where(
        Match.round_id == round_id,
        Match.state == MatchState.PLANNED,
        Match.agreed_at.is_(None),
        ~spoken,
        people.between(2, size),
    )
    return scope.session.scalars(chosen.order_by(Match.id)).all()


def move_seat(scope: Scope, match: Match, person_id: str) -> None:
    """Seat a person in a match. A seat they have in this round moves along, with its answers reset."""
    chosen = select(Seat).where(Seat.round_id == match.round_id, Seat.person_id == person_id)
    seat = scope.session.scalar(chosen) or Seat(
        workspace_id=match.workspace_id, round_id=match.round_id, person_id=person_id
    )
    seat.place = max((one.place for one in match.seats), default=-1) + 1
    reset_seats([seat])
    match.seats.append(seat)
    scope.session.flush()


def reset_seats(seats: Iterable[Seat]) -> None:
    """Reset answers and check-ins: the partner has changed."""
    for seat in seats:
        seat.answer = seat.answered_at = seat.midway_asked_at = seat.final_asked_at = None


def has_match(scope: Scope, *, round_id: int, person_id: str) -> bool:
    chosen = select(Seat.id).join(Match).where(Seat.round_id == round_id, Seat.person_id == person_id)
    return scope.session.scalar(chosen.where(Match.state != MatchState.CALLED_OFF).limit(1)) is not None


def forget_absence(scope: Scope, *, round_id: int, person_id: str) -> None:
    absence = scope.session.get(Absence, (round_id, person_id))
    if absence is not None:
        scope.session.delete(absence)

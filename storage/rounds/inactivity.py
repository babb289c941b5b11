"""Inactivity: derived from seats, counted in memberships."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, exists, or_, select, update

from storage.kinds import MatchState
from storage.polling import LIMIT, NOW, WORKSPACE, polled
from storage.programs.programs import Membership
from storage.rounds.rounds import Match, Seat
from storage.rounds.slots import Slot, SlotChoice
from storage.rounds.written import WrittenAnswer
from storage.scope import Scope


def has_acted() -> ColumnElement[bool]:
    """Return the condition for activity: an answer, a chosen time, a written answer, or a meeting anyone confirmed."""
    chose = exists().where(
        SlotChoice.slot_id == Slot.id, Slot.match_id == Seat.match_id, SlotChoice.person_id == Seat.person_id
    )
    wrote = exists().where(WrittenAnswer.match_id == Seat.match_id, WrittenAnswer.person_id == Seat.person_id)
    return or_(Seat.answer.is_not(None), Match.state == MatchState.MET, chose, wrote)


def silent_members(scope: Scope, *, round_id: int) -> set[str]:
    """Return people with a match and without activity so far. People without a match are not inactive."""
    chosen = select(Seat.person_id).join(Match).where(Seat.round_id == round_id, Match.state != MatchState.CALLED_OFF)
    return set(scope.session.scalars(chosen.where(~has_acted())))


def count_round(scope: Scope, *, program_id: int, round_id: int) -> None:
    """Count an ended round: one more without activity, or reset to zero."""
    seated = select(Seat.person_id).join(Match).where(Seat.round_id == round_id, Match.state != MatchState.CALLED_OFF)
    here = update(Membership).where(Membership.program_id == program_id).execution_options(synchronize_session="fetch")
    spoke = Membership.person_id.in_(seated.where(has_acted()))
    silent = Membership.person_id.in_(seated.where(~has_acted()))
    scope.session.execute(here.where(spoke).values(silent_rounds=0, asked_to_stay_at=None))
    scope.session.execute(here.where(silent).values(silent_rounds=Membership.silent_rounds + 1))


def matches_to_bump(scope: Scope, *, limit: int) -> Sequence[tuple[Match, bool]]:
    """Return matches due for a reminder to the captain, and whether none of their people has been active."""
    matches = is_moment_past(scope, limit=limit)
    if not matches:
        return []
    said = select(Seat.match_id).join(Match).where(Match.id.in_([one.id for one in matches]), has_acted())
    spoken = set(scope.session.scalars(said))
    return [(match, match.id not in spoken) for match in matches]


is_moment_past = polled(
    select(Match)
    .where(Match.workspace_id == WORKSPACE, Match.bump_at <= NOW)
    .order_by(Match.bump_at, Match.id)
    .limit(LIMIT)
)

"""Whose turn it was: a round that has begun, held against every other way to bring the same people together."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import combinations
from typing import Any

from sqlalchemy import select

from storage.connections.connections import Meeting
from storage.kinds import AbsenceReason, MatchState
from storage.rounds.rounds import Absence, Match, Round, Seat

Group = frozenset[str]
LATELY = timedelta(days=14)
"""Being introduced again so soon is worse than anything that the matching weighs besides."""


@dataclass(frozen=True)
class Before:
    """What was so when the round began."""

    trios: Counter[str]
    """How often each sat in a match of three."""
    captain: Counter[str]
    """Of two or more."""
    captain_of_nobody: Counter[str]
    """Whose partner met somebody else instead: whether that was a turn is left open."""
    met: frozenset[Group]
    """Pairs who met, or were introduced lately."""
    introduced: frozenset[Group]
    """Pairs who were at any time."""


def before(session: Any, this_round: Round) -> Before:
    earlier = select(Match).join(Round).where(Round.starts_at < this_round.starts_at)
    matches = list(session.scalars(earlier))
    sitting = {match.id: [seat.person_id for seat in match.seats] for match in matches}
    planned = [match for match in matches if match.state is MatchState.PLANNED]
    lately = [match for match in planned if this_round.starts_at - match.round.starts_at <= LATELY]
    meetings = [[seat.person_id for seat in meeting.seats] for meeting in session.scalars(select(Meeting))]
    return Before(
        trios=Counter(person for people in sitting.values() if len(people) > 2 for person in people),
        captain=Counter(people[0] for people in sitting.values() if len(people) > 1),
        captain_of_nobody=Counter(people[0] for people in sitting.values() if len(people) == 1),
        met=pairs([*meetings, *(sitting[match.id] for match in lately)]),
        introduced=pairs(sitting[match.id] for match in planned),
    )


def pairs(groups) -> frozenset[Group]:
    return frozenset(frozenset(pair) for group in groups for pair in combinations(group, 2))


def taking_part(session: Any, this_round: Round) -> set[str]:
    """Whoever sits in it, and whoever would have."""
    is_free = Absence.reason == AbsenceReason.NO_ONE_FREE
    alone = select(Absence.person_id).where(Absence.round_id == this_round.id, is_free)
    seated = select(Seat.person_id).where(Seat.round_id == this_round.id)
    return {*session.scalars(alone), *session.scalars(seated)}


def ways(people: Sequence[str], apart: frozenset[Group]) -> Iterator[list[Group]]:
    """Every way to divide these people into pairs, threes, and some who stay alone."""
    if not people:
        yield []
        return
    first, *others = people
    for size in (0, 1, 2):
        for company in combinations(others, size):
            group = frozenset((first, *company))
            if not pairs([group]) & apart:
                left = [one for one in others if one not in company]
                yield from ([group, *more] for more in ways(left, apart))


def alone(way: Sequence[Group]) -> int:
    return sum(len(group) == 1 for group in way)


def threes(way: Sequence[Group]) -> int:
    return sum(len(group) == 3 for group in way)


def turns_taken(way: Sequence[Group], past: Before) -> int:
    """How often those who sit in a three have done so before."""
    return sum(past.trios[person] for group in way if len(group) == 3 for person in group)

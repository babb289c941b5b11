"""Order, timeouts and limits of asking for a coffee now."""

import random
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

WAITS = timedelta(minutes=8)
"""Timeout for an answer, before the next person is asked."""
ENDS_AFTER = timedelta(minutes=40)
A_DAY = 2
"""Limit of searches a day for one person. People are asked at most once a day."""


@dataclass(frozen=True, slots=True)
class Candidate:
    person_id: str
    team: str | None


def in_turn(
    candidates: Sequence[Candidate], *, team: str | None, met: Collection[str], dice: random.Random
) -> list[str]:
    """Order candidates: other teams first, then people not met yet, ties at random."""
    shuffled = sorted(candidates, key=lambda one: one.person_id)
    dice.shuffle(shuffled)
    ordered = sorted(shuffled, key=lambda one: (one.team is not None and one.team == team, one.person_id in met))
    return [one.person_id for one in ordered]


def is_over(began_at: datetime, now: datetime) -> bool:
    return now - began_at >= ENDS_AFTER


def still_waits(asked_at: datetime, now: datetime) -> bool:
    return now - asked_at < WAITS

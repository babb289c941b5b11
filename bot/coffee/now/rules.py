"""Whom to ask for a coffee now, and how long."""

import random
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

WAITS = timedelta(minutes=8)
"""For an answer, before the next person is asked."""
ENDS_AFTER = timedelta(minutes=40)
A_DAY = 2
"""As many times a day somebody may look; whoever is asked is asked once a day at most."""


@dataclass(frozen=True, slots=True)
class Candidate:
    person_id: str
    team: str | None


def in_turn(
    candidates: Sequence[Candidate], *, team: str | None, met: Collection[str], dice: random.Random
) -> list[str]:
    """People of other teams first, then those not met yet; chance decides among equals."""
    shuffled = sorted(candidates, key=lambda one: one.person_id)
    dice.shuffle(shuffled)
    ordered = sorted(shuffled, key=lambda one: (one.team is not None and one.team == team, one.person_id in met))
    return [one.person_id for one in ordered]


def is_over(began_at: datetime, now: datetime) -> bool:
    return now - began_at >= ENDS_AFTER


def still_waits(asked_at: datetime, now: datetime) -> bool:
    return now - asked_at < WAITS

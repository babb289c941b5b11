"""Selection of the few people who are invited to congratulate."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

MOST = 3
FRESH = timedelta(days=4)
"""Time limit for congratulations."""


def closest(met: Mapping[str, Iterable[date]]) -> list[str]:
    """Return at most MOST person ids, by number of meetings and then by how recent the last one was."""
    ranked = {person_id: sorted(days) for person_id, days in met.items()}
    order = sorted(ranked, key=lambda one: (-len(ranked[one]), -ranked[one][-1].toordinal(), one))
    return order[:MOST]


def worth(times_met: int) -> float:
    """Return a suggestion's value, from 0.5 to just under 1."""
    return 1 - 1 / (1 + max(times_met, 1))

"""Who is asked to congratulate: the few who know the person best."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

MOST = 3
FRESH = timedelta(days=4)
"""After that a congratulation comes late."""


def closest(met: Mapping[str, Iterable[date]]) -> list[str]:
    """Those who met most often come first, and of them those who met last."""
    ranked = {person_id: sorted(days) for person_id, days in met.items()}
    order = sorted(ranked, key=lambda one: (-len(ranked[one]), -ranked[one][-1].toordinal(), one))
    return order[:MOST]


def worth(times_met: int) -> float:
    """Between a half and nearly one."""
    return 1 - 1 / (1 + max(times_met, 1))

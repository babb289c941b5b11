"""Everything that is kept of one person, and forgetting it."""

from collections.abc import Iterable
from typing import Any

from bot.core.feature import Feature
from bot.core.work import Work


def export_person(work: Work, person_id: str, features: Iterable[Feature]) -> dict[str, Any]:
    """All that any feature keeps of this person, by the feature's name. Plain values, ready for JSON."""
    return {feature.name: kept for feature in features if (kept := feature.export_person(work, person_id))}


def forget_person(work: Work, person_id: str, features: Iterable[Feature]) -> None:
    """Nothing with this person's id stays; the others' history keeps "met somebody"."""
    for feature in features:
        feature.person_gone(work, person_id)
    for feature in features:
        feature.forget_person(work, person_id)

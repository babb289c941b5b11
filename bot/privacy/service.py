"""Export and erasure of a person's data."""

import json
from collections.abc import Iterable
from typing import Any

from bot.core.feature import Feature
from bot.core.message import File
from bot.core.work import Work
from bot.privacy import blocks
from storage.kinds import Importance
from storage.people import people


def export_person(work: Work, person_id: str, features: Iterable[Feature]) -> dict[str, Any]:
    """Collect a person's data from all features, by feature name, as JSON-serializable values."""
    return {feature.name: kept for feature in features if (kept := feature.export_person(work, person_id))}


def send_export(work: Work, person_id: str, features: Iterable[Feature]) -> bool:
    """Send a person their data as a file, at most once per minute. Returns False if they are unknown."""
    if people.get(work, person_id=person_id) is None:
        return False
    content = json.dumps(export_person(work, person_id, features), ensure_ascii=False, indent=2)
    work.send(
        blocks.export(),
        to=person_id,
        key=f"export:{person_id}:{work.now:%Y%m%d%H%M}",
        importance=Importance.ANSWER,
        file=File(f"weft-{work.now:%Y-%m-%d}.json", content, title="All that Weft keeps about me"),
    )
    return True


def forget_person(work: Work, person_id: str, features: Iterable[Feature]) -> None:
    """Erase a person's data. Nothing keeps their id; other people's meetings remain without it."""
    for feature in features:
        feature.person_gone(work, person_id)
    for feature in features:
        feature.forget_person(work, person_id)
    people.note_forgotten(work, person_id=person_id)

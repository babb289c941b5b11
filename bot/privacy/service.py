"""Export and erasure of a person's data."""

import json
from collections.abc import Iterable
from typing import Any

from bot.core import keys
from bot.core.events import PersonGone
from bot.core.feature import Feature
from bot.core.message import File
from bot.core.work import Work
from bot.privacy import blocks, texts
from storage.kinds import Importance
from storage.people import people


def export_person(work: Work, person_id: str, features: Iterable[Feature]) -> dict[str, Any]:
    """Collect a person's data from all features, by feature name, as JSON-serializable values."""
    kept = {one.name: one.personal_data.export(work, person_id) for one in features if one.personal_data}
    return {name: data for name, data in kept.items() if data}


def send_export(work: Work, person_id: str, features: Iterable[Feature]) -> bool:
    """Send a person their data as a file, at most once per minute. Returns False if they are unknown."""
    if people.get(work, person_id=person_id) is None:
        return False
    content = json.dumps(export_person(work, person_id, features), ensure_ascii=False, indent=2)
    work.send(
        blocks.export(),
        to=person_id,
        key=keys.export(person_id, work.now),
        importance=Importance.ANSWER,
        file=File(f"weft-{work.now:%Y-%m-%d}.json", content, title=texts.EXPORT_TITLE()),
    )
    return True


def forget_person(work: Work, person_id: str, features: Iterable[Feature]) -> None:
    """Erase a person's data. Nothing keeps their id; other people's meetings remain without it."""
    work.raise_(PersonGone(person_id))
    for feature in features:
        if feature.personal_data is not None:
            feature.personal_data.forget(work, person_id)
    people.mark_forgotten(work, person_id=person_id)

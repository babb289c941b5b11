"""Export and erasure of a person's celebrations."""

from typing import Any

from bot.core.work import Work
from storage.celebrations import celebrations, cheers, congratulations, settings
from storage.celebrations.celebrations import Celebration
from storage.kinds import CelebrationKind


def export_person(work: Work, person_id: str) -> dict[str, Any]:
    said = celebrations.written_by(work, person_id=person_id)
    received = celebrations.with_person(work, person_id=person_id)
    seconded = cheers.seconded_by(work, person_id=person_id)
    choices = settings.choices(work, person_id=person_id)
    congratulated = congratulations.congratulations_of(work, person_id=person_id)
    return {
        "wins": [told(row) for row in said if row.kind is CelebrationKind.WIN],
        "thanks_given": [told(row) for row in said if row.kind is CelebrationKind.SHOUTOUT],
        "thanks_received": [told(row) for row in received],
        "seconded": [row.celebration_id for row in seconded],
        "asked_to_congratulate": [
            {"celebration": row.celebration_id, "wrote_at": row.wrote_at.isoformat() if row.wrote_at else None}
            for row in congratulated
        ],
        "choices": {
            "shows_anniversary": choices.shows_anniversary,
            "birthday": f"{choices.birth_day}.{choices.birth_month}." if choices.birth_month else None,
            "hears_of_secondings": choices.hears_of_secondings,
            "hears_of_thanks_elsewhere": choices.hears_of_thanks_elsewhere,
            "is_offered_shoutouts": choices.is_offered_shoutouts,
        },
    }


def told(row: Celebration) -> dict[str, Any]:
    return {
        "from": row.person_id,
        "words": row.words,
        "what_changed": row.change,
        "link": row.link,
        "people": [one.person_id for one in row.people],
        "who_sees_it": row.reach,
        "made_at": row.made_at.isoformat(),
        "edited_at": row.edited_at.isoformat() if row.edited_at else None,
    }


def forget_person(work: Work, person_id: str) -> None:
    for kept in (congratulations, cheers, settings, celebrations):
        kept.forget_person(work, person_id=person_id)

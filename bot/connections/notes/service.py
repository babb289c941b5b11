"""Private notes about people one has met."""

from collections.abc import Mapping, Sequence

from bot.connections import texts
from bot.core.errors import UserError
from bot.core.work import Work
from storage.connections import connections, notes
from storage.people import people


def names_of(work: Work, person_id: str, origin: str, others: Sequence[str]) -> dict[str, str]:
    """Return the names of the people in this meeting, by id. Raises UserError unless the person took part."""
    check_was_there(work, person_id, origin, others)
    known = people.get_many(work, person_ids=others)
    if not known:
        raise UserError(texts.FORGOTTEN())
    return {other: known[other].name for other in others if other in known}


def check_was_there(work: Work, person_id: str, origin: str, others: Sequence[str]) -> None:
    there = connections.people_in(work, origin=origin)
    if not {person_id, *others} <= there:
        raise UserError(texts.NO_MEETING())


def written_notes(work: Work, person_id: str, origin: str, others: Sequence[str]) -> dict[str, str]:
    found = {other: notes.find_note(work, person_id=person_id, other_id=other, origin=origin) for other in others}
    return {other: note.words for other, note in found.items() if note is not None}


def save_notes(work: Work, person_id: str, origin: str, words: Mapping[str, str]) -> bool:
    """Save notes on a meeting. False when all of them are empty."""
    check_was_there(work, person_id, origin, list(words))
    for other, said in words.items():
        save_note(work, person_id, other, origin, said)
    return any(words.values())


def save_note(work: Work, person_id: str, other_id: str, origin: str, words: str) -> None:
    notes.save_note(work, person_id=person_id, other_id=other_id, origin=origin, words=words, at=work.now)


def save_notes_about(work: Work, person_id: str, other_id: str, words: Mapping[str, str]) -> None:
    """Save notes about one person. Editing an existing note needs no meeting: it may have been taken back since."""
    for origin, said in words.items():
        if said and notes.find_note(work, person_id=person_id, other_id=other_id, origin=origin) is None:
            check_was_there(work, person_id, origin, [other_id])
        save_note(work, person_id, other_id, origin, said)

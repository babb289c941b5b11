"""Private notes about people one has met."""

from collections.abc import Mapping, Sequence

from bot.connections.met.service import PersonMet, person_met
from bot.core.errors import UserError
from bot.core.texts import day
from bot.core.work import Work
from storage.connections import connections, notes
from storage.people import people

MOST_AT_ONCE = 10
"""Maximum number of notes in a form. Older ones are in the file of `/weft export`."""


def names_of(work: Work, person_id: str, origin: str, others: Sequence[str]) -> dict[str, str]:
    """Return the names of the people in this meeting, by id. Raises UserError unless the person took part."""
    check_was_there(work, person_id, origin, others)
    known = people.several(work, person_ids=others)
    if not known:
        raise UserError("I don't know anything of the people you met any more.")
    return {other: known[other].name for other in others if other in known}


def check_was_there(work: Work, person_id: str, origin: str, others: Sequence[str]) -> None:
    there = connections.people_in(work, origin=origin)
    if not {person_id, *others} <= there:
        raise UserError("I don't know this meeting any more, so there is nothing to note here.")


def said_before(work: Work, person_id: str, origin: str, others: Sequence[str]) -> dict[str, str]:
    found = {other: notes.note(work, person_id=person_id, other_id=other, origin=origin) for other in others}
    return {other: note.words for other, note in found.items() if note is not None}


def keep(work: Work, person_id: str, origin: str, words: Mapping[str, str]) -> bool:
    """Save notes on a meeting. False when all of them are empty."""
    check_was_there(work, person_id, origin, list(words))
    for other, said in words.items():
        keep_one(work, person_id, other, origin, said)
    return any(words.values())


def keep_one(work: Work, person_id: str, other_id: str, origin: str, words: str) -> None:
    notes.keep(work, person_id=person_id, other_id=other_id, origin=origin, words=words, at=work.now)


def places_for_notes(work: Work, person_id: str, other_id: str) -> tuple[str, list[tuple[str, str, str]]]:
    """Return the other's name and (origin, date in words, note) for the last meeting and each one with a note."""
    one = person_met(work, person_id, other_id)
    if one is None:
        raise UserError("You have not met them, as far as I know, so there is nothing to note here.")
    other = people.get(work, person_id=other_id)
    return other.name if other else "Somebody", places_of(one)[:MOST_AT_ONCE]


def places_of(one: PersonMet) -> list[tuple[str, str, str]]:
    noted = [(note.origin, f"noted {day(note.written_at.date())}", note.words) for note in one.notes]
    if one.met is None or one.met.origin in [note.origin for note in one.notes]:
        return noted
    return [(one.met.origin, f"met {day(one.met.last_on)}", ""), *noted]


def keep_about(work: Work, person_id: str, other_id: str, words: Mapping[str, str]) -> None:
    """Save notes about one person. Editing an existing note needs no meeting: it may have been taken back since."""
    for origin, said in words.items():
        if said and notes.note(work, person_id=person_id, other_id=other_id, origin=origin) is None:
            check_was_there(work, person_id, origin, [other_id])
        keep_one(work, person_id, other_id, origin, said)

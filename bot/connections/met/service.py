"""The people someone has met and their notes about them, for that person only."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from bot.connections import texts
from bot.core.errors import UserError
from bot.core.work import Work
from storage.connections import connections, notes
from storage.connections.connections import Met
from storage.people import people

MOST_AT_ONCE = 10
"""Maximum number of notes in a form. Older ones are in the file of `/weft export`."""


@dataclass(frozen=True, slots=True)
class MeetingNote:
    """A private note after one meeting."""

    origin: str
    words: str
    written_at: datetime


@dataclass(frozen=True, slots=True)
class PersonMet:
    person_id: str
    met: Met | None
    """None when the meeting was taken back and only the note is left."""
    notes: tuple[MeetingNote, ...] = ()
    """Newest first."""


def people_met(work: Work, person_id: str) -> list[PersonMet]:
    """Return the people this person met, most recent first, then those with only a note left."""
    met = connections.people_met(work, person_id=person_id)
    rows = notes.notes_of(work, person_id=person_id)
    noted: dict[str, list[MeetingNote]] = defaultdict(list)
    for row in rows:
        noted[row.other_id].append(notes_of_meetings(row))
    known = [PersonMet(one.person_id, one, tuple(noted.pop(one.person_id, ()))) for one in met]
    return known + [PersonMet(other_id, None, tuple(rest)) for other_id, rest in noted.items()]


def person_met(work: Work, person_id: str, other_id: str) -> PersonMet | None:
    """Return this person's record of the other, or None without meetings and notes."""
    met = connections.people_met(work, person_id=person_id)
    last = next((one for one in met if one.person_id == other_id), None)
    noted = notes_about(work, person_id, other_id)
    return PersonMet(other_id, last, noted) if last or noted else None


def notes_about(work: Work, person_id: str, other_id: str) -> tuple[MeetingNote, ...]:
    rows: Iterable[notes.Note] = notes.notes_about(work, person_id=person_id, other_id=other_id)
    return tuple(notes_of_meetings(row) for row in rows)


def notes_of_meetings(row: notes.Note) -> MeetingNote:
    return MeetingNote(row.origin, row.words, row.written_at)


def meetings_with_notes(work: Work, person_id: str, other_id: str) -> tuple[str, list[tuple[str, date, str]]]:
    """Return the other's name and (origin, day, note) for the last meeting and each one with a note.

    The day is that of the note, or of the meeting if there is no note yet.
    """
    one = person_met(work, person_id, other_id)
    if one is None:
        raise UserError(texts.NOT_MET())
    other = people.get(work, person_id=other_id)
    written = [(note.origin, note.written_at.date(), note.words) for note in one.notes]
    if one.met is not None and one.met.origin not in [note.origin for note in one.notes]:
        written.insert(0, (one.met.origin, one.met.last_on, ""))
    return other.name if other else texts.SOMEONE(), written[:MOST_AT_ONCE]

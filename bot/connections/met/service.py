"""The people someone has met and their notes about them, for that person only."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.core.work import Work
from storage.connections import connections, notes
from storage.connections.connections import Met


@dataclass(frozen=True, slots=True)
class Noted:
    """A private note after one meeting."""

    origin: str
    words: str
    written_at: datetime


@dataclass(frozen=True, slots=True)
class PersonMet:
    person_id: str
    met: Met | None
    """None when the meeting was taken back and only the note is left."""
    notes: tuple[Noted, ...] = ()
    """Newest first."""


def people_met(work: Work, person_id: str) -> list[PersonMet]:
    """Return the people this person met, most recent first, then those with only a note left."""
    met = connections.people_met(work, person_id=person_id)
    rows = notes.notes_of(work, person_id=person_id)
    noted: dict[str, list[Noted]] = defaultdict(list)
    for row in rows:
        noted[row.other_id].append(noted_in(row))
    known = [PersonMet(one.person_id, one, tuple(noted.pop(one.person_id, ()))) for one in met]
    return known + [PersonMet(other_id, None, tuple(rest)) for other_id, rest in noted.items()]


def person_met(work: Work, person_id: str, other_id: str) -> PersonMet | None:
    """Return this person's record of the other, or None without meetings and notes."""
    met = connections.people_met(work, person_id=person_id)
    last = next((one for one in met if one.person_id == other_id), None)
    noted = notes_about(work, person_id, other_id)
    return PersonMet(other_id, last, noted) if last or noted else None


def notes_about(work: Work, person_id: str, other_id: str) -> tuple[Noted, ...]:
    rows: Iterable[notes.Note] = notes.notes_about(work, person_id=person_id, other_id=other_id)
    return tuple(noted_in(row) for row in rows)


def noted_in(row: notes.Note) -> Noted:
    return Noted(row.origin, row.words, row.written_at)

"""A note is one row, however often it is written, on both databases."""

from datetime import UTC, datetime
from threading import Thread

from storage.connections import notes
from storage.scope import Scope
from tests.waiting import join

WHOSE = {"person_id": "U1", "other_id": "U2", "origin": "match:1"}
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
LATER = datetime(2026, 3, 4, 9, tzinfo=UTC)


def keep(database, words, at=AT):
    with database.transaction() as session:
        notes.save_note(Scope(session, "T1", at), **WHOSE, words=words, at=at)


def kept(database):
    with database.transaction() as session:
        return [(row.words, row.written_at) for row in notes.notes_of(Scope(session, "T1", AT), person_id="U1")]


def test_other_words_replace_it_and_the_same_ones_keep_its_day(database):
    keep(database, "First")
    keep(database, "First", LATER)
    assert kept(database) == [("First", AT)]

    keep(database, "Second", LATER)
    assert kept(database) == [("Second", LATER)]

    keep(database, "")
    keep(database, "")
    assert kept(database) == []


def test_two_forms_at_the_same_moment_keep_one(database):
    both = [Thread(target=keep, args=(database, words)) for words in ("One", "Other")]
    for one in both:
        one.start()
    join(*both)

    [(words, _)] = kept(database)
    assert words in {"One", "Other"}

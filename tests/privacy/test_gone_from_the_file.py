"""Once someone is forgotten, their name and words are in no byte of the database's files."""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.pool import Pool

from storage.connections import notes
from storage.db import Database
from tests.cli.conftest import file_of
from tests.privacy.test_privacy import fill_in
from tests.weft import turn_to

MANY = 400
WORDS = "marked-note: likes espresso"


@pytest.fixture(scope="module", autouse=True)
def sqlite_as_built_by_most():
    """SQLite's own default. Debian builds it with secure_delete on, and would pass without our pragma."""

    def switch_off(connection, _record):
        if isinstance(connection, sqlite3.Connection):
            connection.execute("PRAGMA secure_delete = OFF")

    event.listen(Pool, "connect", switch_off)  # Runs before what Weft's own engine listens with.
    yield
    event.remove(Pool, "connect", switch_off)


def files_of(url):
    file = Path(file_of(url))
    return {one.name: one.read_bytes() for one in file.parent.glob(f"{file.name}*")}


def files_with(url, *words):
    return [name for name, content in files_of(url).items() if any(word.encode() in content for word in words)]


def write_notes(weft, *authors):
    """Each author's between the others', so that pages are shared and split."""
    with weft.bot.begin() as work:
        for number in range(MANY):
            for author in authors:
                notes.save_note(
                    work,
                    person_id=author.id,
                    other_id=f"U{number:09}",
                    origin=f"test:{number}",
                    words=f"{author.name}, {WORDS} {number}" * (1 + number % 7),
                    at=work.now,
                )


def forget(person):
    person.press("Forget me", turn_to(person, "Settings"))
    fill_in(person)


@pytest.mark.slow
def test_a_person_who_is_forgotten_is_gone_from_every_file_while_weft_runs(weft, program, sqlite_url):
    ana, ben = program.ana, program.ben
    write_notes(weft, ana, ben)
    weft.live(days=1, hours=2)
    assert files_with(sqlite_url, f"{ana.name}, {WORDS}")

    forget(ana)

    assert files_with(sqlite_url, ana.name, ana.user.profile.get("email", ana.name)) == []
    assert files_with(sqlite_url, f"{ben.name}, {WORDS}")


@pytest.mark.slow
def test_what_someone_deletes_themselves_is_gone_within_the_hour(weft, program, sqlite_url):
    write_notes(weft, program.ana)
    with weft.bot.begin() as work:
        for number in range(MANY):
            about = {"person_id": program.ana.id, "other_id": f"U{number:09}"}
            notes.save_note(work, **about, origin=f"test:{number}", words="", at=work.now)

    weft.tick()

    assert files_with(sqlite_url, WORDS) == []


def test_while_someone_reads_an_older_state_the_log_is_left_for_the_next_time(weft, program, sqlite_url, monkeypatch):
    monkeypatch.setattr("storage.db.TRUNCATE_SECONDS", 0)
    write_notes(weft, program.ana)
    with weft.bot.look() as reader:
        notes.notes_of(reader, person_id=program.ana.id)
        forget(program.ana)

    weft.tick()

    assert files_with(sqlite_url, f"{program.ana.name}, {WORDS}") == []


def test_a_database_of_postgresql_has_no_such_log(postgres_url):
    database = Database(postgres_url)

    database.truncate_log()

    assert database.file() is None
    database.close()

"""A backup is a whole database, whoever writes meanwhile."""

import sqlite3
import threading

import pytest

from bot.cli.backup import PAGES_AT_ONCE, backup
from bot.cli.opening import open_database, upgraded
from bot.core.clock import SystemClock
from storage.db import Database
from storage.migrate import standing
from storage.scope import Scope
from storage.workspaces import remember_workspace
from tests.cli.conftest import file_of
from tests.waiting import PATIENCE, join


@pytest.fixture
def kept(all_set, sqlite_url):
    """A database in which something stands."""
    database = Database(sqlite_url)
    with database.transaction() as session:
        remember_workspace(Scope(session, "T1", SystemClock().now()), name="Acme", bot_user_id="U1")
    yield database
    database.close()


def name_in(file):
    database = open_database(f"sqlite:///{file}")
    try:
        assert upgraded(database).is_up_to_date
        assert standing(database).is_up_to_date
        with database.snapshot() as session:
            return session.connection().exec_driver_sql("SELECT name FROM workspaces").scalar()
    finally:
        database.close()


def files(folder):
    return sorted(file.name for file in folder.iterdir() if "copy" in file.name)


def test_weft_opens_the_copy(kept, command, tmp_path):
    code, said = command("backup", "copy.sqlite3")

    assert code == 0
    assert "Backup saved to copy.sqlite3" in said
    assert files(tmp_path) == ["copy.sqlite3"]
    assert name_in(tmp_path / "copy.sqlite3") == "Acme"


def test_a_database_named_as_an_address_is_copied_as_well(kept, all_set, command, tmp_path, sqlite_url):
    all_set(DATABASE_URL=f"sqlite:///file:{file_of(sqlite_url)}?uri=true")

    assert command("backup", "copy.sqlite3")[0] == 0
    assert name_in(tmp_path / "copy.sqlite3") == "Acme"


@pytest.fixture
def writer(kept, sqlite_url):
    """Somebody who never stops to write, always two rows that belong together, into a database of many pages."""
    with sqlite3.connect(file_of(sqlite_url)) as connection:
        connection.execute("CREATE TABLE filling (words TEXT)")
        connection.execute("CREATE TABLE pairs (number INTEGER)")
        connection.executemany("INSERT INTO filling VALUES (?)", [("x" * 4000,)] * (2 * PAGES_AT_ONCE))
    connection.close()
    stopped, written = threading.Event(), threading.Event()

    def write():
        own = sqlite3.connect(file_of(sqlite_url), isolation_level=None)
        number = 0
        while not stopped.is_set():
            number += 1
            own.execute("BEGIN IMMEDIATE")
            own.executemany("INSERT INTO pairs VALUES (?)", [(number,), (number,)])
            own.execute("UPDATE filling SET words = ? WHERE rowid = ?", (str(number) * 500, number % 2000 + 1))
            own.execute("COMMIT")
            written.set()
        own.close()

    thread = threading.Thread(target=write)
    thread.start()
    yield written
    stopped.set()
    join(thread)


def test_a_copy_is_consistent_while_another_one_writes_all_the_time(kept, writer, tmp_path):
    steps = []

    def step(done, total):
        steps.append(done)
        writer.clear()
        assert writer.wait(PATIENCE)  # Between any two steps someone has written.
        assert len(steps) < 50, "it begins again and again"

    assert writer.wait(PATIENCE)
    backup(kept, tmp_path / "copy.sqlite3", step)

    assert len(steps) > 2
    copy = sqlite3.connect(tmp_path / "copy.sqlite3")
    assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert copy.execute("SELECT count(*) FROM pairs GROUP BY number HAVING count(*) != 2").fetchall() == []
    assert copy.execute("SELECT count(*) FROM pairs").fetchone() > (0,)
    copy.close()
    assert name_in(tmp_path / "copy.sqlite3") == "Acme"


def test_a_file_is_never_overwritten(kept, command, tmp_path):
    (tmp_path / "copy.sqlite3").write_text("something dear")

    code, said = command("backup", "copy.sqlite3")

    assert code == 1
    assert "never overwrite" in said
    assert (tmp_path / "copy.sqlite3").read_text() == "something dear"


@pytest.mark.parametrize("place", ["nowhere/copy.sqlite3", "letter.txt/copy.sqlite3", "copy" * 100])
def test_a_place_where_nothing_can_be_written(place, kept, command, tmp_path):
    (tmp_path / "letter.txt").write_text("a file, and no folder")

    code, said = command("backup", place)

    assert code == 1
    assert "Can't write the backup" in said
    assert files(tmp_path) == []


def test_a_backup_that_is_interrupted_leaves_no_half_file(kept, tmp_path):
    def switch_off(_done, _total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        backup(kept, tmp_path / "copy.sqlite3", switch_off)

    assert files(tmp_path) == []


def test_a_full_disk_is_said_and_leaves_no_half_file(kept, monkeypatch, tmp_path):
    connect = sqlite3.connect

    def on_a_full_disk(*where, **more):
        connection = connect(*where, **more)
        connection.execute("PRAGMA max_page_count = 3")
        return connection

    monkeypatch.setattr("bot.cli.backup.sqlite3.connect", on_a_full_disk)

    with pytest.raises(Exception, match=r"Can't write the backup: .*full"):
        backup(kept, tmp_path / "copy.sqlite3", lambda *_: None)

    assert files(tmp_path) == []


def test_nothing_is_no_backup(all_set, command, tmp_path):
    """In the wrong folder there is no database: an empty copy would comfort wrongly."""
    all_set(DATABASE_URL="sqlite:///elsewhere.sqlite3")

    code, said = command("backup", "copy.sqlite3")

    assert code == 1
    assert "nothing in the database" in said
    assert files(tmp_path) == []


@pytest.mark.slow
def test_a_postgresql_is_left_to_its_own_tool(all_set, command, postgres_url):
    all_set(DATABASE_URL=postgres_url)

    code, said = command("backup", "copy.sqlite3")

    assert code == 1
    assert "pg_dump" in said

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import func, select, text

from bot.cli.opening import upgraded
from storage.db import Database
from storage.migrate import LOCK, configuration, standing, upgrade


def test_migrations_make_the_tables_that_the_code_expects(database):
    with database.engine.connect() as connection:
        command.check(configuration(connection))


def test_migrations_go_down_and_up_again(database):
    with database.engine.begin() as connection:
        command.downgrade(configuration(connection), "base")
        command.upgrade(configuration(connection), "head")


def test_a_database_says_where_it_stands(tmp_path):
    database = Database(f"sqlite:///{tmp_path / 'new.sqlite3'}")

    before = standing(database)
    upgrade(database)
    after = standing(database)

    assert (before.current, before.is_up_to_date, before.is_known) == (None, False, True)
    assert (after.current, after.is_up_to_date) == (after.head, True)
    database.close()


def test_a_file_that_was_left_when_nobody_sends_it_any_longer_goes_with_the_upgrade(database):
    values = "'T1', 'K', 'U1', 'post', '', '[]', 3, 'asked_for', {true}, {false}, {false}, 0, '2026-03-02 09:00:00'"
    columns = (
        "workspace_id, key, recipient, deed, text, blocks, importance, attention, has_file, shares, is_uncertain, "
        "attempts, due_at, state, id"
    )
    states = ["waiting", "sending", "sent", "given_up", "cancelled", "past"]
    with database.engine.begin() as connection:
        command.downgrade(configuration(connection), "0027")
        booleans = {"true": "1", "false": "0"} if database.is_sqlite else {"true": "TRUE", "false": "FALSE"}
        for number, state in enumerate(states, 1000):  # Far from what the database numbers by itself.
            row = values.replace("'K'", f"'{state}'").format(**booleans)
            connection.exec_driver_sql(f"INSERT INTO outbox_messages ({columns}) VALUES ({row}, '{state}', {number})")
            connection.exec_driver_sql(
                "INSERT INTO outbox_files (message_id, workspace_id, name, title, alt, content) "
                f"VALUES ({number}, 'T1', '', '', '', '{state}')"
            )

        command.upgrade(configuration(connection), "head")

        left = connection.exec_driver_sql(
            "SELECT outbox_files.content, outbox_messages.key FROM outbox_files "
            "JOIN outbox_messages ON outbox_messages.id = message_id ORDER BY message_id"
        )
        assert [(as_text(content), key) for content, key in left] == [
            ("waiting", "waiting:file"),
            ("sending", "sending:file"),
        ]


def as_text(content):
    return content if isinstance(content, str) else bytes(content).decode()


@pytest.fixture
def empty_postgres_url(postgres_server):
    url, admin = postgres_server
    with admin.connect() as connection:
        connection.execute(text("CREATE DATABASE empty"))
    yield f"{url}/empty"
    with admin.connect() as connection:
        connection.execute(text("DROP DATABASE empty WITH (FORCE)"))


def downgraded(url):
    database = Database(url)
    with database.engine.begin() as connection:
        command.downgrade(configuration(connection), "0020")
    database.close()
    return url


def start_upgrade(url, folder):
    environment = os.environ | {"DATABASE_URL": url, "PYTHONPATH": str(Path(__file__).parents[2])}
    words = [sys.executable, "-m", "bot", "db", "upgrade"]
    return subprocess.Popen(words, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


@pytest.mark.parametrize("make", ["empty", "old"])
def test_processes_that_start_together_on_postgresql_all_find_it_migrated(make, request, tmp_path):
    url = (
        downgraded(request.getfixturevalue("postgres_url"))
        if make == "old"
        else request.getfixturevalue("empty_postgres_url")
    )
    database = Database(url)
    with database.engine.begin() as connection:  # None may begin before all of them have come.
        connection.execute(select(func.pg_advisory_xact_lock(LOCK)))
        together = [start_upgrade(url, tmp_path) for _ in range(3)]
        waiting = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
        while connection.scalar(waiting) < len(together):
            assert all(process.poll() is None for process in together)
    said = [process.communicate(timeout=60)[0].decode() for process in together]

    assert [process.returncode for process in together] == [0, 0, 0], said
    assert standing(database).is_up_to_date
    database.close()


def test_migrations_are_not_cut_by_the_timeouts_of_everyday_work(postgres_url):
    options = "?options=-c%20statement_timeout%3D500ms%20-c%20lock_timeout%3D500ms"
    database = Database(downgraded(postgres_url) + options)

    with ThreadPoolExecutor(1) as other, database.engine.begin() as connection:
        connection.execute(select(func.pg_advisory_xact_lock(LOCK)))
        late = other.submit(upgrade, database)
        wait([late], timeout=0.8)
        assert not late.done()
        connection.rollback()
        late.result()

    assert standing(database).is_up_to_date
    database.close()


def test_an_old_sqlite_file_is_copied_before_its_upgrade(tmp_path):
    file = tmp_path / "weft.sqlite3"
    database = Database(f"sqlite:///{file}")
    upgrade(database)
    assert list(tmp_path.glob("*.before-*")) == []
    with database.engine.begin() as connection:
        command.downgrade(configuration(connection), "0020")

    upgraded(database)
    upgraded(database)

    [copy] = tmp_path.glob("*.before-*")
    kept = Database(f"sqlite:///{copy}")
    assert standing(kept).current == "0020"
    assert standing(database).is_up_to_date
    kept.close()
    database.close()

import importlib
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import func, select, text

from bot.cli.opening import upgraded
from bot.core import keys
from storage.db import Database
from storage.kinds import AbsenceReason, CheckIn, Deed, MessageKind
from storage.migrate import LOCK, configuration, revisions, standing, upgrade
from storage.outbox import outbox
from storage.outbox.keys import MessageKey
from storage.programs.programs import Program
from storage.rounds.rounds import Absence, Round
from storage.scope import Scope
from tests.waiting import PATIENCE

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def test_migrations_make_the_tables_that_the_code_expects(database):
    with database.engine.connect() as connection:
        command.check(configuration(connection))


def test_the_files_are_numbered_in_the_order_in_which_alembic_runs_them():
    scripts = ScriptDirectory.from_config(configuration())

    assert revisions() == [script.revision for script in scripts.walk_revisions()][::-1]


@pytest.mark.slow
def test_migrations_go_down_and_up_again(database):
    with database.engine.begin() as connection:
        command.downgrade(configuration(connection), "base")
        command.upgrade(configuration(connection), "head")


@pytest.mark.slow
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


@pytest.mark.slow
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
    said = [process.communicate(timeout=PATIENCE)[0].decode() for process in together]

    assert [process.returncode for process in together] == [0, 0, 0], said
    assert standing(database).is_up_to_date
    database.close()


@pytest.mark.slow
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


@pytest.mark.slow
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


def test_reasons_for_absences_are_codes_from_0030_on_and_sentences_before(database):
    with database.transaction() as session:
        keep_absences(session, {"U1": "skipped", "U2": "no_one_free", "U3": "away"})
    reasons = "SELECT person_id, reason FROM absences ORDER BY person_id"
    with database.engine.begin() as connection:
        command.downgrade(configuration(connection), "0029")
        before = dict(connection.exec_driver_sql(reasons).all())
        connection.exec_driver_sql("UPDATE absences SET reason = 'words of long ago' WHERE person_id = 'U3'")
        command.upgrade(configuration(connection), "head")
        after = dict(connection.exec_driver_sql(reasons).all())

    assert (before["U1"], before["U2"]) == ("you chose to skip it", "no one was free for you")
    assert after == {"U1": "skipped", "U2": "no_one_free", "U3": "unknown"}


def keep_absences(session, reasons):
    at = datetime(2026, 3, 3, 9, tzinfo=UTC)
    about = {"workspace_id": "T1", "kind": "coffee", "name": "Coffee", "channel_id": "C1", "zone": "UTC"}
    rhythm = {"every_weeks": 2, "weekday": 1, "wall_time": "10:00", "first_on": at.date(), "next_round_at": at}
    session.add(Program(id=1, **about, **rhythm, next_seed="1", created_by="U1", created_at=at))
    moments = dict.fromkeys(("starts_at", "midway_at", "final_at", "ends_at"), at)
    worth = {"value": 0, "bound": 0, "wishes_met": 0, "decided_in": 0, "weights_version": 2}
    session.flush()
    session.add(Round(id=1, workspace_id="T1", program_id=1, seed="1", **moments, **worth))
    session.flush()
    for person_id, reason in reasons.items():
        session.add(Absence(round_id=1, person_id=person_id, workspace_id="T1", reason=AbsenceReason(reason)))


KEYS = {
    "program:3:heads-up:202603030900:U1": ("heads_up", 3, 1),
    "program:3:stay:20260302090000:U1": ("stay_question", 3, 1),
    "program:3:welcome:U1": ("welcome", 3, 1),
    "program:3:not-for-them:U1": ("other", None, 1),
    "round:5:intro:9": ("introduction", 9, 1),
    "round:5:intro:9:with:U1:20260302090000": ("introduction", 9, 1),
    "round:5:intro:9:part:2": ("introduction", 9, 2),
    "round:5:agreed:9:31": ("time_agreed", 9, 1),
    "round:5:agreed:9:31:file": ("time_agreed", 9, 1),
    "round:5:written:9:U1-U2": ("written", 9, 1),
    "round:5:gone:U1:9:U2": ("partner_gone", 5, 1),
    "round:5:counts": ("other", None, 1),
    "now:4": ("coffee_now", 4, 1),
    "now:4:U1": ("other", None, 1),
    "now:4:nobody": ("other", None, 1),
    "learned:6": ("learned_line", 6, 1),
    "learned:6:U1": ("other", None, 1),
    "celebration:8:post:1": ("celebration", 8, 1),
    "celebration:8:post:1:change:2": ("celebration", 8, 1),
    "celebration:8:post:1:lost": ("other", None, 1),
    "celebration:8:to:U1": ("celebration_private", 8, 1),
    "celebration:8:from:U1": ("congratulation", 8, 1),
    "celebration:8:told:U1": ("other", None, 1),
    "days:20260302:again": ("days", 20260302, 1),
    "digest:20260302": ("digest", None, 1),
    "network:request:7:together": ("network", 7, 1),
    "network:hello:U1:U2:20260302": ("network", None, 1),
    "counting:begins:C1:20260302T090000": ("counting_begins", None, 1),
}
"""Keys as older versions spelled them, with the kind, the subject and the part of their messages."""


def test_what_waits_in_an_older_outbox_keeps_its_kind_and_is_not_said_again(database):
    columns = (
        "workspace_id, key, recipient, deed, text, blocks, importance, attention, has_file, shares, is_uncertain, "
        "attempts, due_at, state, epoch, looks, id"
    )
    no = "0" if database.is_sqlite else "FALSE"
    with database.engine.begin() as connection:
        command.downgrade(configuration(connection), "0035")
        for number, key in enumerate(KEYS, 1000):
            rest = f"'U1', 'post', '', '[]', 3, 'asked_for', {no}, {no}, {no}, 0, '2026-03-02 09:00:00'"
            connection.exec_driver_sql(
                f"INSERT INTO outbox_messages ({columns}) VALUES ('T1', '{key}', {rest}, 'waiting', 0, 0, {number})"
            )

        command.upgrade(configuration(connection), "head")

        found = connection.exec_driver_sql("SELECT key, kind, subject_id, part FROM outbox_messages")
        assert {key: (kind, subject_id, part) for key, kind, subject_id, part in found} == KEYS
    with database.transaction() as session:
        scope = Scope(session, "T1", datetime(2026, 3, 2, tzinfo=UTC))
        key = keys.introduction(5, 9)
        assert not outbox.put(scope, key=key, recipient="U1", text="", blocks=[], due_at=scope.now)
        assert outbox.message(scope, key=key).message_key == key


EXAMPLES = [
    MessageKey("program:3:heads-up:202603020900:U1", MessageKind.HEADS_UP, 3),
    keys.stay_question(3, "U1", NOW),
    keys.began_break(3, "U1", NOW),
    keys.welcome(3, "U1"),
    keys.introduction(5, 9),
    keys.introduction(5, 9, since="with:U1", now=NOW).numbered(2),
    keys.introduction(5, 9).alone("U1"),
    keys.new_times(5, 9, 31),
    keys.time_agreed(5, 9, 31, NOW).file(),
    keys.time_canceled(5, 9, NOW, NOW),
    keys.written_answers(5, 9, ["U1", "U2"]).piece(2),
    keys.partner_gone(5, "U1", 9, "U2"),
    keys.coffee_now(4),
    keys.learned_line(6),
    keys.celebration_post(8, 1).changed(Deed.CHANGE, 1),
    keys.celebration_to(8, "U1"),
    keys.congratulation(8, "U1"),
    keys.days(NOW.date()).again(),
    keys.digest(NOW),
    keys.network_request(7, "together"),
    keys.hello("U1", "U2", NOW.date()),
    keys.counting_begins("C1", NOW),
    keys.bump(5, 9),
    keys.check_in(5, "U1", CheckIn.MIDWAY),
    keys.left_alone(5, "U1"),
    keys.coffee_now_asked(4, "U1"),
    keys.learned_asked(6, "U1"),
    keys.celebration_told(8, "U1"),
    keys.congratulation(8, "U1").lost(),
]


@pytest.mark.parametrize("key", EXAMPLES, ids=lambda key: key.text)
def test_the_migration_reads_each_key_as_it_is_made_today(key):
    migration = importlib.import_module("storage.migrations.versions.0036_kinds_of_messages")

    part = migration.PART.fullmatch(key.text)
    assert migration.kind_of(key.text) == {"kind": key.kind, "subject_id": key.subject_id}
    assert (int(part[1]) if part else 1) == key.part

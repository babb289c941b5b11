import threading
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.exc import StatementError
from sqlalchemy.orm.exc import DetachedInstanceError

from storage import counting, workspaces
from storage.db import Database, with_driver
from storage.outbox import outbox, sending
from storage.outbox.outbox import OutboxMessage
from storage.people import sources
from storage.scope import Scope
from storage.workspaces import Workspace, take_lease
from tests.waiting import join

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


def scope(session):
    return Scope(session, "T1", MONDAY)


def put(session, key="k"):
    return outbox.put(scope(session), key=key, recipient="U1", text="Hi", blocks=[], due_at=MONDAY)


def test_workers_do_not_lose_each_others_updates(database):
    with database.transaction() as session:
        put(session)

    def add_one(_):
        with database.transaction() as session:
            row = session.scalars(select(OutboxMessage).with_for_update()).one()
            row.attempts = row.attempts + 1

    with ThreadPoolExecutor(5) as workers:
        list(workers.map(add_one, range(50)))

    with database.transaction() as session:
        assert session.scalars(select(OutboxMessage)).one().attempts == 50


def test_a_moment_without_a_zone_is_refused(database):
    with pytest.raises(StatementError, match="without a zone"), database.transaction() as session:
        session.add(Workspace(workspace_id="T1", name="", bot_user_id="U0", synced_at=datetime(2026, 3, 2, 9)))


def test_a_failed_transaction_leaves_nothing(database):
    def interrupted():
        with database.transaction() as session:
            put(session)
            raise RuntimeError("power cut")

    with pytest.raises(RuntimeError, match="power cut"):
        interrupted()

    with database.snapshot() as session:
        assert session.scalars(select(OutboxMessage)).all() == []


@pytest.mark.parametrize("ends", ["well", "badly"])
@pytest.mark.parametrize("way", ["transaction", "snapshot"])
def test_a_row_is_not_read_after_its_transaction(database, way, ends):
    with database.transaction() as session:
        put(session)
    with suppress(ZeroDivisionError), getattr(database, way)() as session:
        row = session.scalars(select(OutboxMessage)).one()
        assert row.key == "k"
        _ = 1 / (ends == "well")

    with pytest.raises(DetachedInstanceError):
        assert row.key


def test_a_look_changes_nothing(database):
    with database.snapshot() as session:
        session.add(Workspace(workspace_id="T1", name="", bot_user_id="U0"))

    with database.snapshot() as session:
        assert session.get(Workspace, "T1") is None


def test_a_key_is_kept_once(database):
    with database.transaction() as session:
        assert [put(session), put(session), put(session, "other")] == [True, False, True]


def test_a_message_is_claimed_by_one_of_many(database):
    with database.transaction() as session:
        put(session)
        [message_id] = session.scalars(select(OutboxMessage.id))

    def claim(_):
        with database.transaction() as session:
            return sending.claim(scope(session), message_id, epoch=1) is not None

    with ThreadPoolExecutor(5) as workers:
        assert sum(workers.map(claim, range(10))) == 1


def test_the_lease_is_taken_only_as_it_was_seen_and_beats_only_for_its_holder(database):
    def take(holder, seen):
        with database.transaction() as session:
            return take_lease(scope(session), holder=holder, seen=seen)

    def beat(holder, epoch):
        with database.transaction() as session:
            return workspaces.extend_lease(scope(session), holder=holder, epoch=epoch)

    assert [take("a", None), take("b", None)] == [1, None]
    assert [beat("a", 1), beat("b", 1), beat("a", 2)] == [True, False, False]
    assert [take("b", (1, 1)), take("b", (1, 2))] == [None, 2]
    assert [beat("a", 1), beat("b", 2)] == [False, True]


def test_of_two_processes_that_start_together_one_holds_the_lease_and_the_other_sees_it(database):
    def take(holder):
        with database.transaction() as session:
            return take_lease(scope(session), holder=holder, seen=None)

    with ThreadPoolExecutor(1) as other:
        with database.transaction() as session:
            assert take_lease(scope(session), holder="a", seen=None) == 1
            late = other.submit(take, "b")
            wait([late], timeout=0.3)  # It has looked by now, and found no lease.
        assert late.result() is None


@pytest.mark.sampled(2)
@pytest.mark.parametrize("ask", [sources.lock_directory, counting.get_settings])
def test_two_processes_that_ask_for_the_first_time_together_read_the_same_choices(database, ask):
    def rows_seen():
        with database.transaction() as session:
            chosen = ask(scope(session))
            return len(session.scalars(select(type(chosen))).all())

    with ThreadPoolExecutor(1) as other:
        with database.transaction() as session:
            ask(scope(session))
            late = other.submit(rows_seen)
            wait([late], timeout=0.3)  # It has looked by now, and found nothing chosen yet.
        assert late.result() == 1


def test_people_write_the_address_of_postgresql_in_several_ways():
    wanted = "postgresql+psycopg://ana:secret@db/weft"

    assert with_driver("postgresql://ana:secret@db/weft") == with_driver("postgres://ana:secret@db/weft") == wanted


def test_writers_of_a_process_come_in_the_order_in_which_they_asked(tmp_path):
    """SQLite would have them look again and again, and whoever writes in a row would keep all others waiting."""
    database = Database(f"sqlite:///{tmp_path / 'new.sqlite3'}")
    order: list[str] = []
    asked = [threading.Event() for _ in "abc"]

    def write(name: str, place: int) -> None:
        asked[place].set()
        with database.transaction():
            order.append(name)

    with database.transaction():
        threads = []
        for place, name in enumerate("abc"):
            threads.append(threading.Thread(target=write, args=(name, place)))
            threads[-1].start()
            while len(database._writers._waiting) < place + 2:
                asked[place].wait(0.001)
    join(*threads)

    assert order == ["a", "b", "c"]
    database.close()


def test_nothing_waits_forever_on_postgresql_and_the_address_has_the_last_word(postgres_url):
    for options, lock_timeout in (("", "5s"), ("?options=-c%20lock_timeout%3D2s", "2s")):
        database = Database(postgres_url + options)
        with database.engine.connect() as connection:
            shown = [
                connection.exec_driver_sql(f"SHOW {name}").scalar()
                for name in ("lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout")
            ]
        database.close()
        assert shown == [lock_timeout, "1min", "1min"]

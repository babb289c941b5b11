"""On SQLite the lock of the operating system decides which process sends."""

import os
import subprocess
import sys

import pytest

from bot.delivery.carrier import Carrier
from bot.delivery.clock_guard import ClockGuard
from bot.delivery.process_lock import FileLock, lock_beside
from storage.db import Database
from tests.delivery.machines import World, texts


def test_one_has_it_until_it_lets_go(tmp_path):
    first, second = FileLock(tmp_path / "lock"), FileLock(tmp_path / "lock")

    assert [first.acquire(), first.acquire(), second.acquire()] == [True, True, False]
    first.release()
    assert second.acquire()
    second.release()


@pytest.mark.parametrize("how", ["started", "forked"])
def test_no_helper_inherits_it(tmp_path, how):
    first, second = FileLock(tmp_path / "lock"), FileLock(tmp_path / "lock")
    assert first.acquire()
    (listening, telling), (ending, end) = os.pipe(), os.pipe()
    if how == "started":
        helper = subprocess.Popen(
            [sys.executable, "-c", "import sys; print(flush=True); sys.stdin.read()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            close_fds=False,
        )
        helper.stdout.readline()
    else:
        child = os.fork()
        if child == 0:  # It waits for its end, and has closed what it must not keep.
            os.write(telling, b"!")
            os.close(end)
            os.read(ending, 1)
            os._exit(0)
        os.read(listening, 1)  # A child closes what it may not keep before it does anything else.

    first.close()  # As a kill does: no one unlocks anything.
    assert second.acquire()

    second.release()
    for each in (telling, listening, ending, end):
        os.close(each)
    if how == "started":
        helper.communicate()
    else:
        os.waitpid(child, 0)


def test_only_a_file_on_this_machine_is_locked(sqlite_url, tmp_path):
    for url, is_locked in ((sqlite_url, True), ("sqlite://", False), ("postgresql://weft@nowhere.invalid/weft", False)):
        database = Database(url)
        assert (lock_beside(database) is not None) is is_locked
        database.close()


def test_where_no_file_can_be_made_the_lease_alone_decides(tmp_path):
    database = Database(f"sqlite:///{tmp_path / 'missing' / 'weft.sqlite3'}")
    assert lock_beside(database) is None
    database.close()


@pytest.fixture
def world(weft, workspace):
    return World(weft, workspace)


def locked(world, name, path):
    process = world.start(name)
    process.carrier = Carrier(process.bot, process.client, holder=name, lock=FileLock(path))
    process.carrier.slack.note_date(process.client.auth_test())
    process.guard = ClockGuard(process.carrier, process.clock)
    return process


def test_a_process_that_lives_keeps_it_however_long_it_is_silent(world, workspace, tmp_path):
    ana = workspace.add_person("Ana Ruiz")
    a, b = locked(world, "a", tmp_path / "lock"), locked(world, "b", tmp_path / "lock")
    a.carry()
    world.send(ana)

    world.pass_time(b, minutes=5)

    assert texts(ana) == []


def test_when_it_is_free_the_next_process_takes_over_at_once(world, workspace, tmp_path):
    ana = workspace.add_person("Ana Ruiz")
    a, b = locked(world, "a", tmp_path / "lock"), locked(world, "b", tmp_path / "lock")
    a.carry()
    world.send(ana)
    a.carrier.lease.lock.close()  # It was killed.

    b.carry()

    assert texts(ana) == ["Hello"]

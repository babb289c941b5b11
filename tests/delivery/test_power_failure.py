"""T10: the power fails. What was not synced to the disk is gone, and a new process starts from the rest."""

import pytest
from sqlalchemy import event

from storage.db import Database
from tests.conftest import start
from tests.delivery.disk import Disk, find_vfs
from tests.delivery.machines import World, texts
from tests.delivery.test_protocol import GATES, posted_once_and_noted

pytestmark = pytest.mark.skipif(find_vfs() is None, reason="this Python has SQLite built in and hides it")


@pytest.fixture
def disk(sqlite_url):
    disk = Disk(sqlite_url.removeprefix("sqlite:///"))
    with disk.watched(find_vfs()):
        yield disk


@pytest.fixture
def ana(workspace):
    return workspace.add_person("Ana Ruiz")


@pytest.fixture
def open_world(workspace, slack_server, clock):
    """Open a database as the only one of a new machine, with this setting for syncs instead of Weft's own."""
    databases = []

    def open_world(file, synchronous=None):
        database = Database(f"sqlite:///{file}")
        databases.append(database)
        if synchronous is not None:
            set_it = f"PRAGMA synchronous = {synchronous}"
            event.listen(database.engine, "connect", lambda connection, _: connection.execute(set_it))
        return World(start(workspace, slack_server, clock, database), workspace)

    yield open_world
    for database in databases:
        database.close()


def live_through_power_failure(disk, open_world, ana, gate, synchronous=None):
    """A message has waited for a while. The power fails when the process that sends it reaches this gate."""
    before = open_world(disk.database, synchronous)
    before.send(ana)
    before.weft.bot.db.truncate_log()
    process = before.start("a")
    process.dies_at(gate)
    process.carry()
    assert not process.is_alive
    found = disk.database.with_name("weft.sqlite3-after")
    disk.lay_out_what_is_left(found)
    after = open_world(found)
    after.start("b")
    after.pass_time(minutes=5)
    return after


@pytest.mark.sampled(1)
@pytest.mark.parametrize("gate", GATES)
def test_when_the_power_fails_at_any_point_the_message_is_there_once(disk, open_world, ana, gate):
    world = live_through_power_failure(disk, open_world, ana, gate)

    assert posted_once_and_noted(world, ana)


@pytest.mark.parametrize(("synchronous", "copies", "rows"), [("NORMAL", 2, 1), ("OFF", 1, 0)])
def test_with_fewer_syncs_the_disk_would_forget_that_it_was_sent(disk, open_world, ana, synchronous, copies, rows):
    """Without the claim nothing is looked for, and it comes twice. Without any sync not even the message is left."""
    world = live_through_power_failure(disk, open_world, ana, "answered", synchronous)

    assert (len(texts(ana)), len(world.rows())) == (copies, rows)

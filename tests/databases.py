"""Databases for tests: SQLite always; PostgreSQL where its programs are found."""

import itertools
import os
import shutil
import signal
import socket
import subprocess
import tempfile
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from storage.db import Database, open_engine, with_driver
from storage.migrate import upgrade
from tests.waiting import PATIENCE, until

MEMORY = Path("/dev/shm")
"""Linux keeps files there in memory."""
ROOM = 500_000_000
"""Bytes: far more than the databases of all workers take. Containers often have less."""

kept_engine = cache(open_engine)


@contextmanager
def opened(url):
    """A database as Weft opens it. One after the other stands at the same address, so that a statement is compiled
    once and not in every test anew. What listens to its engine listens to this one alone.
    """
    database = Database(url, kept_engine(with_driver(url)).execution_options())
    try:
        yield database
    finally:
        database.close()


@pytest.fixture(scope="session")
def migrated_file():
    """A database that is up to date, made once and copied for each test. On a disk each commit would wait for that."""
    has_room = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM
    with tempfile.TemporaryDirectory(prefix="weft-sqlite-", dir=MEMORY if has_room else None) as folder:
        file = Path(folder) / "migrated.sqlite3"
        database = Database(f"sqlite:///{file}")
        upgrade(database)
        database.close()  # The last connection that closes writes the log into the file.
        file.chmod(0o600)
        yield file


@pytest.fixture
def sqlite_url(migrated_file, beginning):
    return f"sqlite:///{lay_out(beginning.file if beginning else migrated_file)}"


def lay_out(original):
    """A copy of this file, where the database of the test before was."""
    file = original.with_name("weft.sqlite3")
    for old in file.parent.glob(f"{file.name}*"):  # Its log as well: SQLite would write that into the new one.
        old.unlink()
    return shutil.copy(original, file)


@pytest.fixture
def sqlite(sqlite_url):
    with opened(sqlite_url) as database:
        yield database


@pytest.fixture(scope="session")
def postgres_server():
    """A private server on a free port, with nothing kept after the tests."""
    programs = postgres_programs()
    if programs is None:
        pytest.skip("PostgreSQL's programs (initdb, postgres) are not on this machine")
    # Not in pytest's own folder: a second pytest that starts meanwhile closes that to all but its owner.
    with tempfile.TemporaryDirectory(prefix="weft-postgres-") as folder:
        yield from serve(programs, Path(folder))


def serve(programs, folder):
    owner = server_owner(folder)
    data = folder / "data"
    common = {"user": owner, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.run([programs / "initdb", "-D", data, "-A", "trust", "-U", "weft", "--no-sync"], check=True, **common)
    port = free_port()
    server = subprocess.Popen(
        [programs / "postgres", "-D", data, "-p", str(port), "-k", "", "-h", "127.0.0.1", "-F"], **common
    )
    url = f"postgresql+psycopg://weft@127.0.0.1:{port}"
    admin = create_engine(f"{url}/postgres", isolation_level="AUTOCOMMIT")
    try:
        wait_for(admin, server)
        with admin.connect() as connection:
            connection.execute(text("CREATE DATABASE template_weft"))
        template = Database(f"{url}/template_weft")
        upgrade(template)
        template.close()
        yield url, admin
    finally:
        admin.dispose()
        server.send_signal(signal.SIGINT)  # SIGTERM would wait for a client that hangs, and hide why it does.
        server.wait(PATIENCE)


def postgres_programs():
    found = shutil.which("postgres")
    places = [Path(found).parent] if found else sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    return next((place for place in reversed(places) if (place / "initdb").exists()), None)


def server_owner(folder):
    """PostgreSQL refuses to run as root: then it runs as nobody, whose folder this becomes."""
    if os.getuid() != 0:
        return None
    shutil.chown(folder, "nobody")
    return "nobody"


PORTS = itertools.count(10_000 + os.getpid() * 397 % 20_000)
"""Below those that the system itself hands out, and in each process others."""


def free_port():
    """A port that is free now and stays so until it is used."""
    while True:
        port = next(PORTS)
        with suppress(OSError), socket.socket() as one:
            one.bind(("127.0.0.1", port))
            return port


def wait_for(admin, server):
    def has_come():
        assert server.poll() is None, "the private PostgreSQL ended by itself"
        with suppress(Exception), admin.connect():
            return True
        return False

    until(has_come)


@pytest.fixture
def postgres_url(postgres_server):
    url, admin = postgres_server
    with admin.connect() as connection:
        connection.execute(text("CREATE DATABASE weft TEMPLATE template_weft"))
    yield f"{url}/weft"
    with admin.connect() as connection:
        connection.execute(text("DROP DATABASE weft WITH (FORCE)"))


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request):
    """Storage and delivery behave the same on both."""
    return request.getfixturevalue(f"{request.param}_url")


@pytest.fixture
def database(database_url):
    with opened(database_url) as database:
        yield database

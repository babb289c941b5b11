"""Database engines and transactions."""

from collections import deque
from collections.abc import Generator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from sqlite3 import SQLITE_BUSY
from sqlite3 import Connection as SqliteConnection
from threading import Event, Lock

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session, sessionmaker

BUSY_SECONDS = 10
LOCK_TIMEOUT, STATEMENT_TIMEOUT, IDLE_TIMEOUT = 5, 60, 60
"""In seconds, on PostgreSQL: waiting for a lock, one statement, idle in a transaction."""
BUSY_ON_POSTGRES = {"55P03", "57014", "40P01", "40001"}
"""SQLSTATE of lock not available, canceled (by a timeout), deadlock, serialization failure."""
MOST_CONNECTIONS = 30
"""Maximum for a process: handlers, ticks, sender and health check use one each at a time."""
TRUNCATE_SECONDS = 1
"""Limit on how long a click waits for the log to be truncated."""
READ_ONLY = "weft_read_only"


class Database:
    """SQLite by default, PostgreSQL by its URL; the same code for both."""

    def __init__(self, url: str, engine: Engine | None = None) -> None:
        """`engine`: an existing one for this URL, to reuse its compiled statements."""
        self.url = with_driver(url)
        self.is_sqlite = self.url.startswith("sqlite")
        self.engine = engine or open_engine(self.url)
        self._writing = sessionmaker(self.engine)
        self._reading = sessionmaker(self.engine.execution_options(**{READ_ONLY: True}))
        self._writers = Turns()

    @property
    def address(self) -> str:
        """Return the URL without password, for logs."""
        return make_url(self.url).set(query={}).render_as_string(hide_password=True)

    @contextmanager
    def transaction(self) -> Generator[Session]:
        """Open a transaction that commits at the end. Its rows expire with it: reading one later raises."""
        with self._writers.turn() if self.is_sqlite else nullcontext(), self._writing.begin() as session:
            yield session

    @contextmanager
    def snapshot(self) -> Generator[Session]:
        """Open a consistent read transaction that blocks no writer. Its rows expire, and its changes are lost."""
        with self._reading() as session:
            try:
                yield session
            finally:
                session.expire_all()

    def file(self) -> Path | None:
        """Return SQLite's file; None for PostgreSQL."""
        if not self.is_sqlite:
            return None
        connection = self.engine.raw_connection()
        try:
            return Path(connection.cursor().execute("PRAGMA database_list").fetchall()[0][2])
        finally:
            connection.close()

    def truncate_log(self) -> None:
        """Truncate SQLite's write-ahead log, in which deleted text stays readable until it is overwritten.

        No-op while another connection still reads an older state; the next call does it.
        """
        if not self.is_sqlite:
            return
        connection = self.engine.raw_connection()
        try:
            connection.cursor().execute(f"PRAGMA busy_timeout = {TRUNCATE_SECONDS * 1000}")
            with self._writers.turn():
                connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.cursor().execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
            connection.close()

    def close(self) -> None:
        self.engine.dispose()


class Turns:
    """A fair lock: writers of this process take turns in the order in which they asked.

    SQLite instead has them poll with a growing delay, so many short transactions in a row would starve a click.
    """

    def __init__(self) -> None:
        self._guard = Lock()
        self._waiting: deque[Event] = deque()

    @contextmanager
    def turn(self) -> Generator[None]:
        mine = Event()
        with self._guard:
            self._waiting.append(mine)
            if self._waiting[0] is mine:
                mine.set()
        try:
            mine.wait(BUSY_SECONDS)  # After that, SQLite itself reports that it is busy.
            yield
        finally:
            with self._guard:
                self._waiting.remove(mine)
                if self._waiting:
                    self._waiting[0].set()


def with_driver(url: str) -> str:
    """Return the URL with our driver: people write `postgresql://`."""
    parsed = make_url(url)
    if parsed.drivername in {"postgres", "postgresql"}:
        parsed = parsed.set(drivername="postgresql+psycopg")
    return parsed.render_as_string(hide_password=False)


def open_engine(url: str) -> Engine:
    return open_sqlite(url) if url.startswith("sqlite") else open_postgres(url)


def open_postgres(url: str) -> Engine:
    # READ COMMITTED, with row locks where a decision rests on what was read. A stricter level would fail at commit,
    # when the caller has messaged a person already and can't retry.
    return create_engine(
        url,
        isolation_level="READ COMMITTED",
        pool_pre_ping=True,
        hide_parameters=True,
        pool_size=10,
        max_overflow=MOST_CONNECTIONS - 10,
        pool_timeout=LOCK_TIMEOUT,
        connect_args={"options": with_timeouts(make_url(url).query.get("options", ""))},
    )


def with_timeouts(options: str | Sequence[str]) -> str:
    """Add our timeouts to the connection options. The URL's own come last, so that they take precedence."""
    ours = {
        "lock_timeout": LOCK_TIMEOUT,
        "statement_timeout": STATEMENT_TIMEOUT,
        "idle_in_transaction_session_timeout": IDLE_TIMEOUT,
    }
    theirs = [options] if isinstance(options, str) else options
    return " ".join([*(f"-c {name}={seconds}s" for name, seconds in ours.items()), *theirs]).strip()


def is_busy(error: BaseException) -> bool:
    """Return whether another session holds the resource, so that a retry is likely to help."""
    if isinstance(error, PoolTimeout):
        return True
    own = error.orig if isinstance(error, OperationalError) else None
    return getattr(own, "sqlstate", None) in BUSY_ON_POSTGRES or getattr(own, "sqlite_errorcode", None) == SQLITE_BUSY


def open_sqlite(url: str) -> Engine:
    connecting = {"timeout": BUSY_SECONDS, "check_same_thread": False}
    engine = create_engine(url, connect_args=connecting, pool_size=10, hide_parameters=True)
    event.listen(engine, "connect", prepare_connection)
    event.listen(engine, "begin", begin_transaction)
    return engine


def prepare_connection(connection: SqliteConnection, _record: object) -> None:
    connection.isolation_level = None  # Keep the driver from starting transactions: see begin_transaction.
    connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA journal_mode = WAL")
    # With NORMAL, a power failure can lose the last commits. If "is being sent" is one of them, a message is sent
    # twice.
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA secure_delete = ON")  # By default deleted text stays readable in the file's free pages.


def begin_transaction(connection: Connection) -> None:
    """Lock at the start. SQLite's driver locks at the first write, so two readers could lose an update."""
    reads = connection.get_execution_options().get(READ_ONLY, False)
    connection.exec_driver_sql("BEGIN DEFERRED" if reads else "BEGIN IMMEDIATE")

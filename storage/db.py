"""Where the data lives and how a transaction is opened."""

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
"""Seconds on PostgreSQL: for a row that another session holds, for one statement, and between two of a transaction."""
BUSY_ON_POSTGRES = {"55P03", "57014", "40P01", "40001"}
"""Lock not available, canceled (by a timeout), deadlock, could not serialize."""
MOST_CONNECTIONS = 30
"""Of one process: those who listen, the ticks, the carrier and health, each with one at a time."""
TRUNCATE_SECONDS = 1
"""No click waits longer than this for the log to be emptied."""
READ_ONLY = "weft_read_only"


class Database:
    """SQLite by default, PostgreSQL by its URL; the same code for both."""

    def __init__(self, url: str, engine: Engine | None = None) -> None:
        """`engine`: one of this address that is there already, with the statements that it has compiled."""
        self.url = with_driver(url)
        self.is_sqlite = self.url.startswith("sqlite")
        self.engine = engine or open_engine(self.url)
        # Rows stay readable after their transaction, because a message is sent outside of it.
        self._writing = sessionmaker(self.engine, expire_on_commit=False)
        self._reading = sessionmaker(self.engine.execution_options(**{READ_ONLY: True}), expire_on_commit=False)
        self._writers = Turns()

    @property
    def address(self) -> str:
        """For logs: where it is, without the password."""
        return make_url(self.url).set(query={}).render_as_string(hide_password=True)

    @contextmanager
    def transaction(self) -> Generator[Session]:
        with self._writers.turn() if self.is_sqlite else nullcontext(), self._writing.begin() as session:
            yield session

    @contextmanager
    def snapshot(self) -> Generator[Session]:
        """A consistent look that keeps no writer waiting. What is changed in it is dropped."""
        with self._reading() as session:
            yield session

    def file(self) -> Path | None:
        """SQLite's own file. None for PostgreSQL."""
        if not self.is_sqlite:
            return None
        connection = self.engine.raw_connection()
        try:
            return Path(connection.cursor().execute("PRAGMA database_list").fetchall()[0][2])
        finally:
            connection.close()

    def truncate_log(self) -> None:
        """Empty SQLite's write-ahead log, in which deleted words stay readable until it is written over.

        While another connection still reads an older state this can't be done; the next call does it.
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
    """The writers of this process come one after the other, in the order in which they asked.

    SQLite lets one write and has the others look again and again, less and less often: whoever writes many short
    transactions in a row would keep a click waiting until it fails.
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
            mine.wait(BUSY_SECONDS)  # Then SQLite itself says that it is busy.
            yield
        finally:
            with self._guard:
                self._waiting.remove(mine)
                if self._waiting:
                    self._waiting[0].set()


def with_driver(url: str) -> str:
    """Say `postgresql://` as people do; the driver is ours to choose."""
    parsed = make_url(url)
    if parsed.drivername in {"postgres", "postgresql"}:
        parsed = parsed.set(drivername="postgresql+psycopg")
    return parsed.render_as_string(hide_password=False)


def open_engine(url: str) -> Engine:
    return open_sqlite(url) if url.startswith("sqlite") else open_postgres(url)


def open_postgres(url: str) -> Engine:
    # READ COMMITTED, with row locks where a decision rests on what was read: a stricter level would fail at commit,
    # when the caller has already spoken to a person and can't run again.
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
    """What the address asks for comes last, so that it counts."""
    ours = {
        "lock_timeout": LOCK_TIMEOUT,
        "statement_timeout": STATEMENT_TIMEOUT,
        "idle_in_transaction_session_timeout": IDLE_TIMEOUT,
    }
    theirs = [options] if isinstance(options, str) else options
    return " ".join([*(f"-c {name}={seconds}s" for name, seconds in ours.items()), *theirs]).strip()


def is_busy(error: BaseException) -> bool:
    """Whether another session holds what was wanted, so that trying again is likely to help."""
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
    connection.isolation_level = None  # The driver must not start transactions by itself: see begin_transaction.
    connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA journal_mode = WAL")
    # In NORMAL the last commits can be lost when the power fails. "Is being sent" is one of them, and without it a
    # message would come twice.
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA secure_delete = ON")  # By default deleted words stay readable in the file's free pages.


def begin_transaction(connection: Connection) -> None:
    """Lock at the start. By default SQLite's driver locks at the first write, and two readers lose an update."""
    reads = connection.get_execution_options().get(READ_ONLY, False)
    connection.exec_driver_sql("BEGIN DEFERRED" if reads else "BEGIN IMMEDIATE")

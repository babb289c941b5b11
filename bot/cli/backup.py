"""`weft backup FILE`: a consistent copy of the database, while everything runs.

What the copy says is not sent yet may be sent a second after it was made. So in the copy all that waits is marked as if
an attempt had ended unknown: once it is restored, Weft looks for it in Slack before it posts it.
"""

import os
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from sqlalchemy import inspect, text
from sqlalchemy.orm import Session

from bot.core.errors import SetupError
from storage.db import Database
from storage.outbox.keeping import DOUBT_UNSENT

PAGES_AT_ONCE = 1000

Progress = Callable[[int, int], None]
"""Pages done, pages in all."""


def backup(database: Database, target: Path, progress: Progress) -> None:
    """Copy by SQLite's own online backup. Raises SetupError, and leaves no half copy behind."""
    if not database.is_sqlite:
        raise SetupError("This is PostgreSQL: use pg_dump, which makes a consistent copy while Weft runs.")
    half = target.with_name(target.name + ".part")
    try:
        if os.path.lexists(target):
            raise SetupError(f"{target} exists already. Choose another name; a backup never overwrites a file.")
        half.touch(0o600)
        with database.snapshot() as session:
            copy(session, half, progress)
        half.rename(target)
    except (sqlite3.Error, OSError) as problem:
        raise SetupError(f"The backup could not be written: {problem}.") from problem
    finally:
        with suppress(OSError):  # Where nothing can be written, nothing was left behind.
            half.unlink()


def doubt_unsent(database: Database) -> None:
    """The same for a database that was restored from a copy made by other means."""
    with database.transaction() as session:
        session.execute(text(DOUBT_UNSENT))


def copy(session: Session, target: Path, progress: Progress) -> None:
    # This look opens the snapshot: without one, SQLite begins again whenever somebody else has written.
    if not inspect(session.connection()).has_table("alembic_version"):
        raise SetupError("There is nothing in the database yet. Is DATABASE_URL right, and this the right folder?")
    source = session.connection().connection.driver_connection
    if not isinstance(source, sqlite3.Connection):
        raise TypeError("not SQLite's own driver")
    copied = sqlite3.connect(target)
    try:
        source.backup(copied, pages=PAGES_AT_ONCE, progress=lambda _s, left, all_: progress(all_ - left, all_))
        if "looks" in {column for _, column, *_ in copied.execute("PRAGMA table_info(outbox_messages)")}:
            copied.execute(DOUBT_UNSENT)
            copied.commit()
    finally:
        copied.close()

"""`weft backup FILE`: a consistent copy of the database while Weft runs.

Messages that are unsent in the copy may be sent right after it was made. So the copy marks them as uncertain: after a
restore, Weft searches Slack for each before it posts it.
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
"""Called with pages done and pages in total."""


def backup(database: Database, target: Path, progress: Progress) -> None:
    """Copy with SQLite's online backup. Raises SetupError, and leaves no partial file behind."""
    if not database.is_sqlite:
        raise SetupError("This database is PostgreSQL. Use pg_dump, which makes a consistent copy while Weft runs.")
    half = target.with_name(target.name + ".part")
    try:
        if os.path.lexists(target):
            raise SetupError(f"{target} already exists. Choose another name; backups never overwrite.")
        half.touch(0o600)
        with database.snapshot() as session:
            copy(session, half, progress)
        half.rename(target)
    except (sqlite3.Error, OSError) as problem:
        raise SetupError(f"Can't write the backup: {problem}.") from problem
    finally:
        with suppress(OSError):  # If nothing can be written, nothing is left to delete.
            half.unlink()


def doubt_unsent(database: Database) -> None:
    """Mark unsent messages as uncertain, for a database restored from a copy made by other means."""
    with database.transaction() as session:
        session.execute(text(DOUBT_UNSENT))


def copy(session: Session, target: Path, progress: Progress) -> None:
    # This query opens the snapshot. Without one, SQLite restarts the backup after every write by another process.
    if not inspect(session.connection()).has_table("alembic_version"):
        raise SetupError("There's nothing in the database yet. Check DATABASE_URL, and that this is the right folder.")
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

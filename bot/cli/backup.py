"""`weft backup FILE`: a consistent copy of the database, while everything runs."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from bot.core.errors import SetupError
from storage.db import Database

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
    finally:
        copied.close()

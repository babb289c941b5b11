"""`weft backup FILE`: a consistent copy of the database, while everything runs."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

from bot.core.errors import SetupError
from storage.db import Database

PAGES_AT_ONCE = 1000

Progress = Callable[[int, int], None]
"""Pages done, pages in all."""


def backup(database: Database, target: Path, progress: Progress) -> None:
    """Copy by SQLite's own online backup. Raises SetupError, and leaves no half copy behind."""
    if not database.is_sqlite:
        raise SetupError("This is PostgreSQL: use pg_dump, which makes a consistent copy while Weft runs.")
    if target.exists():
        raise SetupError(f"{target} exists already. Choose another name; a backup never overwrites a file.")
    half = target.with_name(target.name + ".part")
    source_file = database.engine.url.database or ""
    try:
        copy(source_file, half, progress)
        half.rename(target)
    except (sqlite3.Error, OSError) as problem:
        raise SetupError(f"The backup could not be written: {problem}.") from problem
    finally:
        half.unlink(missing_ok=True)


def copy(source_file: str, target: Path, progress: Progress) -> None:
    source = sqlite3.connect(source_file)
    copied = sqlite3.connect(target)
    try:
        source.backup(copied, pages=PAGES_AT_ONCE, progress=lambda _s, left, all_: progress(all_ - left, all_))
    finally:
        copied.close()
        source.close()

"""File permissions: files with tokens or personal data are only for the user that runs Weft."""

import os
import shlex
import stat
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from bot.core.errors import SetupError
from storage.db import Database

FOR_OTHERS = stat.S_IRWXG | stat.S_IRWXO
BESIDE = ("-wal", "-shm")
SQLITE = b"SQLite format 3\0"


def files_of(database: Database) -> list[Path]:
    """Return the database file and SQLite's files beside it. Empty for PostgreSQL."""
    file = database.file()
    if file is None:
        return []
    return [one for one in (file, *(file.with_name(file.name + end) for end in BESIDE)) if one.exists()]


def copies_beside(database: Database) -> list[Path]:
    """Return other SQLite files in the database's folder, most likely backups of it."""
    own = files_of(database)
    if not own:
        return []
    names = (*own[0].parent.glob("*.sqlite3*"), *own[0].parent.glob("*.db"))
    return sorted(one for one in {*names} - {*own} if one.is_file() and starts_as_sqlite(one))


def starts_as_sqlite(file: Path) -> bool:
    try:
        with file.open("rb") as opened:
            return opened.read(len(SQLITE)) == SQLITE
    except OSError:
        return False  # Unreadable, so not ours to judge.


def are_open_to_others(file: Path) -> bool:
    return os.name == "posix" and bool(file.stat().st_mode & FOR_OTHERS)


def close_to_others(files: Iterable[Path]) -> None:
    """Restrict permissions of databases from older versions or restored copies."""
    for file in files:
        with suppress(OSError):  # Owned by another user: `weft check` reports it.
            if are_open_to_others(file):
                file.chmod(stat.S_IMODE(file.stat().st_mode) & ~FOR_OTHERS)


def check_rights(files: Iterable[Path]) -> None:
    opened = [str(file.absolute()) for file in files if file.exists() and are_open_to_others(file)]
    if opened:
        raise SetupError(
            f"Other users of this computer can read or change {', '.join(opened)}. Run: chmod go= {shlex.join(opened)}"
        )

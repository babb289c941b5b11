"""An operating system lock for processes on a single machine: it detects a dead process sooner than a lease."""

import os
from contextlib import suppress
from pathlib import Path

from sqlalchemy.engine import make_url

from storage.db import Database

try:
    import fcntl
except ImportError:  # Windows: the lease alone decides.
    fcntl = None  # type: ignore[assignment]


class FileLock:
    """A file lock that ends with its process, even in a crash. Child processes, forked or spawned, don't inherit it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: int | None = None
        os.register_at_fork(after_in_child=self.close)

    def acquire(self) -> bool:
        """Try to lock. Returns False while another process has the lock. Raises OSError where it isn't supported."""
        if self._file is not None:
            return True
        file = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BaseException as problem:
            os.close(file)
            if isinstance(problem, BlockingIOError):
                return False
            raise
        self._file = file
        return True

    def release(self) -> None:
        if self._file is not None:
            with suppress(OSError):
                fcntl.flock(self._file, fcntl.LOCK_UN)
        self.close()

    def close(self) -> None:
        """Close the file without unlocking it for the parent, after a fork."""
        if self._file is not None:
            with suppress(OSError):
                os.close(self._file)
        self._file = None


def lock_beside(database: Database) -> FileLock | None:
    """Return the lock for a SQLite file. None if unavailable: then the lease alone decides, 30 seconds later."""
    name = make_url(database.url).database
    if fcntl is None or not database.is_sqlite or not name or name == ":memory:":
        return None
    lock = FileLock(Path(f"{name}.lock"))
    try:
        lock.acquire()
    except OSError:
        return None
    lock.release()
    return lock

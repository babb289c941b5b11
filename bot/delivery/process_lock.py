"""A lock of the operating system: where all processes are on one machine, it knows better than any lease who lives."""

import os
from contextlib import suppress
from pathlib import Path

from sqlalchemy.engine import make_url

from storage.db import Database

try:
    import fcntl
except ImportError:  # Not on Windows: there the lease alone decides.
    fcntl = None  # type: ignore[assignment]


class FileLock:
    """Ends with its process, however that ends. No helper inherits it: neither one that is forked nor one started."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: int | None = None
        os.register_at_fork(after_in_child=self.close)

    def acquire(self) -> bool:
        """False while another process has it. Raises OSError where files can't be locked."""
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
        """In a forked helper: let go of the file without unlocking it for the process that has it."""
        if self._file is not None:
            with suppress(OSError):
                os.close(self._file)
        self._file = None


def lock_beside(database: Database) -> FileLock | None:
    """The lock for a SQLite file. None where it can't be had: then the lease alone decides, half a minute later."""
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

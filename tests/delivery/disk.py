"""A disk whose power can fail: what SQLite did not sync is gone then.

SQLite's default VFS is wrapped, so each sync is seen when it happens and not concluded from a setting. Writes reach
the disk in any order and at any time before a sync; here none of them does, which is the worst case for a commit.
"""

import ctypes
from contextlib import contextmanager
from pathlib import Path

WORDS_IN_METHODS, WORD_OF_SYNC = 19, 5
"""`sqlite3_io_methods` in version 3: the version, and the pointers to 18 functions."""
Methods = ctypes.c_void_p * WORDS_IN_METHODS
Sync = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int)
Open = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int, ctypes.POINTER(ctypes.c_int)
)
"""The name is passed on as a pointer: SQLite keeps it for as long as the file is open."""


class Vfs(ctypes.Structure):
    _fields_ = [
        ("version", ctypes.c_int),
        ("size_of_file", ctypes.c_int),
        ("longest_path", ctypes.c_int),
        ("next", ctypes.c_void_p),
        ("name", ctypes.c_char_p),
        ("data", ctypes.c_void_p),
        ("open", Open),
    ]


def find_vfs():
    """Return SQLite's default VFS; None if Python's module has SQLite built in and hides it."""
    import _sqlite3

    try:
        find = ctypes.CDLL(_sqlite3.__file__).sqlite3_vfs_find
    except AttributeError:
        return None
    find.restype, find.argtypes = ctypes.POINTER(Vfs), [ctypes.c_char_p]
    return find(None).contents


class Disk:
    """Remembers what the files of a database, opened from now on, contained when they were last synced."""

    def __init__(self, database):
        self.database = Path(database)
        self.files = {Path(f"{database}{end}") for end in ("", "-wal")}
        self.synced = {file: file.read_bytes() for file in self.files if file.exists()}
        self._kept: list[object] = []  # C calls these as long as a file is open.

    def lay_out_what_is_left(self, there):
        """Write the database into this file as it is found when the power is back."""
        for path, content in self.synced.items():
            there.with_name(path.name.replace(self.database.name, there.name, 1)).write_bytes(content)

    @contextmanager
    def watched(self, vfs):
        original = Open.from_buffer_copy(vfs.open)

        def opened(this, name, file, flags, flags_out):
            result = original(this, name, file, flags, flags_out)
            path = Path(ctypes.string_at(name).decode()) if name else None
            if result == 0 and path in self.files:
                self.watch(file, path)
            return result

        watching = Open(opened)
        vfs.open = watching
        try:
            yield self
        finally:
            vfs.open = original

    def watch(self, file, path):
        """Give this open file methods of its own, in which a sync is recorded."""
        place = ctypes.c_void_p.from_address(file)
        methods = Methods.from_buffer_copy(Methods.from_address(place.value))
        original = Sync(methods[WORD_OF_SYNC])

        def sync(this, flags):
            result = original(this, flags)
            if result == 0:
                self.synced[path] = path.read_bytes()
            return result

        noting = Sync(sync)
        methods[WORD_OF_SYNC] = ctypes.cast(noting, ctypes.c_void_p)
        place.value = ctypes.addressof(methods)
        self._kept += [methods, noting]

"""Every table there is: importing this module makes the metadata complete."""

from storage import apart, connections, outbox, outbox_files, people, programs, rounds, slots, workspaces
from storage.schema import Table

__all__ = [
    "METADATA",
    "apart",
    "connections",
    "outbox",
    "outbox_files",
    "people",
    "programs",
    "rounds",
    "slots",
    "workspaces",
]

METADATA = Table.metadata

"""Every table there is: importing this module makes the metadata complete."""

from storage import connections, outbox, people, programs, slots, workspaces
from storage.schema import Table

__all__ = ["METADATA", "connections", "outbox", "people", "programs", "slots", "workspaces"]

METADATA = Table.metadata

"""Every table there is: importing this module makes the metadata complete."""

from storage import apart, connections, outbox, people, programs, rounds, slots, workspaces
from storage.schema import Table

__all__ = ["METADATA", "apart", "connections", "outbox", "people", "programs", "rounds", "slots", "workspaces"]

METADATA = Table.metadata

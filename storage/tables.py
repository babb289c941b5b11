"""Every table there is: importing this module makes the metadata complete."""

from storage import (
    apart,
    attention,
    connections,
    contacts,
    counting,
    nudges,
    outbox,
    outbox_files,
    people,
    programs,
    rounds,
    slots,
    workspaces,
)
from storage.schema import Table

__all__ = [
    "METADATA",
    "apart",
    "attention",
    "connections",
    "contacts",
    "counting",
    "nudges",
    "outbox",
    "outbox_files",
    "people",
    "programs",
    "rounds",
    "slots",
    "workspaces",
]

METADATA = Table.metadata

"""Every table there is: importing this module makes the metadata complete."""

from storage import (
    apart,
    attention,
    celebration_settings,
    celebrations,
    congratulations,
    connections,
    contacts,
    counting,
    network,
    nudges,
    outbox,
    outbox_files,
    people,
    programs,
    rounds,
    secondings,
    slots,
    workspaces,
)
from storage.schema import Table

__all__ = [
    "METADATA",
    "apart",
    "attention",
    "celebration_settings",
    "celebrations",
    "congratulations",
    "connections",
    "contacts",
    "counting",
    "network",
    "nudges",
    "outbox",
    "outbox_files",
    "people",
    "programs",
    "rounds",
    "secondings",
    "slots",
    "workspaces",
]

METADATA = Table.metadata

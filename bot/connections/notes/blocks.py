"""The button that opens a private note."""

from typing import Any

from bot.connections import texts
from bot.core.blocks import button
from bot.core.events import MeetingRecorded

NOTE = "connections_note"
BETWEEN = "|"


def note_button(met: MeetingRecorded) -> dict[str, Any]:
    return button(texts.ADD_A_NOTE(), NOTE, BETWEEN.join([met.origin, *met.partners]))


def read_button(value: str) -> tuple[str, list[str]]:
    """Return the meeting's origin and the ids of the people met."""
    origin, *others = value.split(BETWEEN)
    return origin, others

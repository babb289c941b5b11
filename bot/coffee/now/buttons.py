"""Buttons for a coffee now."""

from typing import Any

from bot.core.blocks import button, section
from bot.core.message import Block
from storage.programs.programs import Membership

START, STOP, OPEN = (f"programs_now_{what}" for what in ("start", "stop", "open"))


def for_member(member: Membership, *, is_looking: bool) -> list[dict[str, Any]]:
    """`is_looking`: in any program, as a person has one search at a time."""
    which = str(member.program_id)
    start_now = [] if is_looking else [start(member.program_id)]
    return start_now if member.is_open_to_now else [*start_now, button("Ask me for coffees now, too", OPEN, which)]


def start(program_id: int, team: str = "") -> dict[str, Any]:
    """`team`: preselected in the form."""
    return button("Coffee now", START, f"{program_id}:{team}" if team else str(program_id))


def looking() -> Block:
    words = "I'm looking for somebody who has time for a coffee now, and write to you when I know."
    return section(words, accessory=button("Stop looking", STOP))

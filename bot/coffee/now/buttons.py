"""Buttons for a coffee now."""

from typing import Any

from bot.coffee.texts import now as texts
from bot.core.blocks import button, section
from bot.core.message import Block
from storage.programs.programs import Membership

START, STOP, OPEN = (f"programs_now_{what}" for what in ("start", "stop", "open"))


def for_member(member: Membership, *, is_looking: bool) -> list[dict[str, Any]]:
    """`is_looking`: in any program, as a person has one search at a time."""
    which = str(member.program_id)
    start_now = [] if is_looking else [start(member.program_id)]
    return start_now if member.is_open_to_now else [*start_now, button(texts.ALLOW(), OPEN, which)]


def start(program_id: int, team: str = "") -> dict[str, Any]:
    """`team`: preselected in the form."""
    return button(texts.COFFEE_NOW(), START, f"{program_id}:{team}" if team else str(program_id))


def looking() -> Block:
    return section(texts.LOOKING(), accessory=button(texts.STOP(), STOP))

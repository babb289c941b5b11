"""What all drawings of programs share."""

from bot.core.texts import escape
from storage.programs.programs import Program

WHEN = "{date_long_pretty} at {time}"
"""A time that people choose: with its weekday."""
STAYS = "{date_long} at {time}"
"""In a message that is read again later: there "tomorrow" would have become "yesterday"."""


def name(program: Program) -> str:
    return escape(program.name)


def not_in(program: Program) -> str:
    return f"You are not in {name(program)} at the moment. `/coffee join` brings you in."

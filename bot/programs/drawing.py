"""What all drawings of programs share."""

from bot.core.texts import escape
from storage.programs import Program

WHEN = "{date_long_pretty} at {time}"
"""A time that people choose and keep: with its weekday."""
STAYS = "{date_long} at {time}"
"""In what is sent the day before and read again later, "tomorrow" would have become "yesterday"."""


def name(program: Program) -> str:
    return escape(program.name)

"""Helpers for all views of programs."""

from bot.core.texts import escape
from storage.programs.programs import Program

WHEN = "{date_long_pretty} at {time}"
"""Slack date format for a time to choose: with weekday."""
STAYS = "{date_long} at {time}"
"""Slack date format for messages read again later, when "tomorrow" would have become "yesterday"."""


def name(program: Program) -> str:
    return escape(program.name)


def not_in(program: Program) -> str:
    return f"You are not in {name(program)} at the moment. `/coffee join` brings you in."

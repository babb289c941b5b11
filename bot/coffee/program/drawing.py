"""Helpers for all views of programs."""

from bot.coffee.texts import program as texts
from bot.core.texts import Mrkdwn, escape
from storage.programs.programs import Program

WHEN = "{date_long_pretty} at {time}"
"""Slack date format for a time to choose: with weekday."""
STAYS = "{date_long} at {time}"
"""Slack date format for messages read again later, when "tomorrow" would have become "yesterday"."""


def name(program: Program) -> Mrkdwn:
    return escape(program.name)


def not_in(program: Program) -> str:
    return texts.NOT_IN(program=program.name)

"""Helpers for all views of programs."""

from collections.abc import Iterable

from bot.coffee.texts import program as texts
from bot.core.lists import listed
from bot.core.mrkdwn import Mrkdwn, escape, mention
from storage.programs.programs import Program


def name(program: Program) -> Mrkdwn:
    return escape(program.name)


def mentions(person_ids: Iterable[str]) -> str:
    """Return `@Ana and @Ben`."""
    return listed([mention(person_id) for person_id in person_ids])


def not_in(program: Program) -> str:
    return texts.NOT_IN(program=program.name)

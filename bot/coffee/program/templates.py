"""Admins' message templates: plain text with placeholders in braces.

The text is escaped before placeholders are filled in, so that it can't forge mentions, links or dates. Values are not
filled in again.
"""

import enum
import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.coffee.texts import templates as texts
from bot.core.blocks import SECTION
from bot.core.catalog import Label, Text
from bot.core.mrkdwn import escape
from storage.programs.programs import Program

LONGEST = 1000
PLACE = re.compile(r"\{([^{}]*)\}")


class Template(enum.StrEnum):
    WELCOME = "welcome"
    INTRODUCTION = "introduction"
    HEADS_UP = "heads_up"


@dataclass(frozen=True, slots=True)
class Known:
    label: Label
    ours: Text
    """The default text."""
    places: Mapping[str, str]
    """Placeholders, each with an example."""


EXAMPLE = {
    "program": "Coffee",
    "who": "someone from another team",
    "rhythm": "every other Tuesday",
    "minutes": "15",
    "start": "tomorrow at 10:00",
    "names": "@Ana and @Ben",
}

LONGEST_FILLED = {"program": 400, "who": 50, "rhythm": 100, "minutes": 2, "start": 150, "names": 200}
"""Maximum lengths, with every character of a name escaped and eight people mentioned."""


def places(*names: str) -> dict[str, str]:
    return {name: EXAMPLE[name] for name in names}


KNOWN: Mapping[Template, Known] = {
    Template.WELCOME: Known(texts.WELCOME_LABEL, texts.WELCOME, places("program", "minutes", "who", "rhythm", "start")),
    Template.INTRODUCTION: Known(texts.INTRODUCTION_LABEL, texts.INTRODUCTION, places("names", "program", "minutes")),
    Template.HEADS_UP: Known(texts.HEADS_UP_LABEL, texts.HEADS_UP, places("program", "start")),
}


class InvalidTemplateError(ValueError):
    """A rejected template. Carries a sentence that says what is accepted."""


def check(template: Template, words: str) -> None:
    """Raise InvalidTemplateError for an unknown placeholder, an unpaired brace, or too long a text."""
    allowed = KNOWN[template].places
    offered = ", ".join(f"{{{name}}}" for name in allowed)
    for name in PLACE.findall(words):
        if name not in allowed:
            raise InvalidTemplateError(texts.UNKNOWN_PLACE(place=name[:30], places=offered))
    if set(PLACE.sub("", words)) & {"{", "}"}:
        raise InvalidTemplateError(texts.LONE_BRACE(places=offered))
    if len(PLACE.sub(lambda place: " " * LONGEST_FILLED[place[1]], escape(words))) > SECTION:
        raise InvalidTemplateError(texts.TOO_LONG())


def filled(template: Template, own: str | None, values: Mapping[str, str]) -> str:
    """Return mrkdwn. `own` is escaped here; user text in the values has to be escaped already."""
    words = escape(own) if own else KNOWN[template].ours.template
    return PLACE.sub(lambda place: values.get(place[1], ""), words)


def words(program: Program, template: Template, **values: str) -> str:
    """Return the program's text: its admins' template, or the default."""
    return filled(template, program.templates.get(template), {"program": escape(program.name), **values})


def example(template: Template, own: str, of: Mapping[str, str]) -> str:
    """Return the template filled with examples. `of`: known values of the program."""
    return filled(template, own, {**KNOWN[template].places, **of})

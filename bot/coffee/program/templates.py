"""Admins' message templates: plain text with placeholders in braces.

The text is escaped before placeholders are filled in, so that it can't forge mentions, links or dates. Values are not
filled in again.
"""

import enum
import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.core.blocks import SECTION
from bot.core.texts import escape
from storage.programs.programs import Program

LONGEST = 1000
PLACE = re.compile(r"\{([^{}]*)\}")


class Template(enum.StrEnum):
    WELCOME = "welcome"
    INTRODUCTION = "introduction"
    HEADS_UP = "heads_up"


@dataclass(frozen=True, slots=True)
class Known:
    label: str
    ours: str
    """The default text."""
    places: Mapping[str, str]
    """Placeholders, each with an example."""


EXAMPLE = {
    "program": "Coffee",
    "who": "a colleague from another team",
    "rhythm": "every two weeks, Tuesday at 10:00 (Europe/Berlin)",
    "minutes": "15",
    "start": "Tuesday at 10:00",
    "names": "@Ana and @Ben",
}

LONGEST_FILLED = {"program": 400, "who": 50, "rhythm": 100, "minutes": 2, "start": 150, "names": 200}
"""Maximum lengths, with every character of a name escaped and eight people mentioned."""


def places(*names: str) -> dict[str, str]:
    return {name: EXAMPLE[name] for name in names}


KNOWN: Mapping[Template, Known] = {
    Template.WELCOME: Known(
        "Welcome",
        "Welcome to *{program}*, {minutes} minutes with {who}, {rhythm}.\n\n"
        "The next round starts {start}. I'll introduce you in a group message and suggest who writes first; "
        "you choose the time.",
        places("program", "minutes", "who", "rhythm", "start"),
    ),
    Template.INTRODUCTION: Known(
        "Introduction, its first line",
        "{names}, you are matched in *{program}*: {minutes} minutes, no agenda.",
        places("names", "program", "minutes"),
    ),
    Template.HEADS_UP: Known(
        "The day before a round",
        "The next round of {program} starts {start}. You are in.",
        places("program", "start"),
    ),
}


class InvalidTemplateError(ValueError):
    """A rejected template. Carries a sentence that says what is accepted."""


def check(template: Template, words: str) -> None:
    """Raise NotTakenError for an unknown placeholder, an unpaired brace, or too long a text."""
    allowed = KNOWN[template].places
    offered = ", ".join(f"{{{name}}}" for name in allowed)
    for name in PLACE.findall(words):
        if name not in allowed:
            raise InvalidTemplateError(f"I can't fill in {{{name[:30]}}} here. What I can fill in: {offered}.")
    if set(PLACE.sub("", words)) & {"{", "}"}:
        raise InvalidTemplateError(f"There is a brace without its other half. What I can fill in: {offered}.")
    if len(PLACE.sub(lambda place: " " * LONGEST_FILLED[place[1]], escape(words))) > SECTION:
        raise InvalidTemplateError(
            "This is too long for a message once everything is filled in. Please say it shorter."
        )


def filled(template: Template, own: str | None, values: Mapping[str, str]) -> str:
    """Return mrkdwn. `own` is escaped here; user text in the values has to be escaped already."""
    words = escape(own) if own else KNOWN[template].ours
    return PLACE.sub(lambda place: values.get(place[1], ""), words)


def words(program: Program, template: Template, **values: str) -> str:
    """Return the program's text: its admins' template, or the default."""
    return filled(template, program.templates.get(template), {"program": escape(program.name), **values})


def example(template: Template, own: str, of: Mapping[str, str]) -> str:
    """Return the template filled with examples. `of`: known values of the program."""
    return filled(template, own, {**KNOWN[template].places, **of})

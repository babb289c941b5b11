"""The admins' own words for some messages: plain text with a few names in braces that are filled in.

What was typed is escaped before anything is filled in, so that no mention, link or date can be forged with it, and a
filled-in value is never read as a template again.
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
    """The words there are unless an admin writes others."""
    places: Mapping[str, str]
    """What can be filled in, each with an example."""


EXAMPLE = {
    "program": "Coffee",
    "who": "a colleague from another team",
    "rhythm": "every two weeks, Tuesday at 10:00 (Europe/Berlin)",
    "minutes": "15",
    "start": "Tuesday at 10:00",
    "names": "@Ana and @Ben",
}

LONGEST_FILLED = {"program": 400, "who": 50, "rhythm": 100, "minutes": 2, "start": 150, "names": 200}
"""With every letter of a name escaped, and eight people mentioned."""


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


class NotTakenError(ValueError):
    """Carries the sentence that says what would be taken."""


def check(template: Template, words: str) -> None:
    """Raises NotTakenError for a name in braces that nothing fills in, a brace that stands alone, or too many words."""
    allowed = KNOWN[template].places
    offered = ", ".join(f"{{{name}}}" for name in allowed)
    for name in PLACE.findall(words):
        if name not in allowed:
            raise NotTakenError(f"I can't fill in {{{name[:30]}}} here. What I can fill in: {offered}.")
    if set(PLACE.sub("", words)) & {"{", "}"}:
        raise NotTakenError(f"There is a brace without its other half. What I can fill in: {offered}.")
    if len(PLACE.sub(lambda place: " " * LONGEST_FILLED[place[1]], escape(words))) > SECTION:
        raise NotTakenError("This is too long for a message once everything is filled in. Please say it shorter.")


def filled(template: Template, own: str | None, values: Mapping[str, str]) -> str:
    """Words ready for mrkdwn. The values are: what is user text in them is escaped already."""
    words = escape(own) if own else KNOWN[template].ours
    return PLACE.sub(lambda place: values.get(place[1], ""), words)


def words(program: Program, template: Template, **values: str) -> str:
    """What a program says here: its admins' words, or ours."""
    return filled(template, program.templates.get(template), {"program": escape(program.name), **values})


def example(template: Template, own: str, of: Mapping[str, str]) -> str:
    """`of`: what is known of the program already; the rest is made up."""
    return filled(template, own, {**KNOWN[template].places, **of})

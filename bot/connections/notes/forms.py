"""The form in which somebody notes what they want to remember."""

from collections.abc import Mapping
from typing import Any

from bot.core.blocks import field, form, plain_text
from bot.core.errors import FormError
from bot.core.texts import plain

NOTE_FORM = "connections_note_form"
ABOUT = "connections_note_about:"
LONGEST = 1000


def note_form(about: str, names: Mapping[str, str], before: Mapping[str, str]) -> dict[str, Any]:
    """`names`: of the people met, by their ids. `before`: what was noted about them after this meeting."""
    fields = [
        field(f"{ABOUT}{person_id}", f"What would you like to remember of {name}?", element(before.get(person_id, "")),
              hint="Only you ever see this.", optional=True)
        for person_id, name in names.items()
    ]  # fmt: skip
    return form(NOTE_FORM, "Note to myself", "Keep", fields, about=about)


def element(before: str) -> dict[str, Any]:
    drawn: dict[str, Any] = {
        "type": "plain_text_input",
        "multiline": True,
        "max_length": LONGEST,
        "placeholder": plain_text("Moves to Lisbon in June, asked about our data", 150),
    }
    return drawn | {"initial_value": before} if before else drawn


def read(answers: Mapping[str, Any]) -> dict[str, str]:
    """The words about each person."""
    words = {name.removeprefix(ABOUT): plain(said or "") for name, said in answers.items() if name.startswith(ABOUT)}
    for person_id, said in words.items():
        if len(said) > LONGEST:
            raise FormError(f"{ABOUT}{person_id}", f"Up to {LONGEST:,} characters, please.")
    return words

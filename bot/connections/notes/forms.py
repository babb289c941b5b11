"""Forms for private notes."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.core.blocks import field, form, plain_text
from bot.core.errors import FormError
from bot.core.texts import plain

NOTE_FORM, NOTES_FORM = "connections_note_form", "connections_notes_form"
ABOUT, AFTER = "connections_note_about:", "connections_note_after:"
ONLY_YOU = "Only you ever see this."
LONGEST = 1000


def note_form(about: str, names: Mapping[str, str], before: Mapping[str, str]) -> dict[str, Any]:
    """`names`: the people met, by id. `before`: existing notes about them on this meeting, by id."""
    fields = [
        field(f"{ABOUT}{person_id}", f"What would you like to remember of {name}?", element(before.get(person_id, "")),
              hint=ONLY_YOU, optional=True)
        for person_id, name in names.items()
    ]  # fmt: skip
    return form(NOTE_FORM, "Note to myself", "Keep", fields, about=about)


def notes_form(name: str, places: Sequence[tuple[str, str, str]], *, about: str) -> dict[str, Any]:
    """`places`: for each meeting with this person its origin, its date in words, and the note on it."""
    hint = f"{ONLY_YOU} Without words it is deleted."
    fields = [
        field(f"{AFTER}{origin}", f"{name}, {when}", element(words), hint=hint, optional=True)
        for origin, when, words in places
    ]
    return form(NOTES_FORM, "Notes to myself", "Keep", fields, about=about)


def element(before: str) -> dict[str, Any]:
    drawn: dict[str, Any] = {
        "type": "plain_text_input",
        "multiline": True,
        "max_length": LONGEST,
        "placeholder": plain_text("Moves to Lisbon in June, asked about our data", 150),
    }
    return drawn | {"initial_value": before} if before else drawn


def read(answers: Mapping[str, Any]) -> dict[str, str]:
    """Return the notes by person id."""
    return words_in(answers, ABOUT)


def read_notes(answers: Mapping[str, Any]) -> dict[str, str]:
    """Return the notes by origin of the meeting."""
    return words_in(answers, AFTER)


def words_in(answers: Mapping[str, Any], kind: str) -> dict[str, str]:
    words = {name.removeprefix(kind): plain(said or "") for name, said in answers.items() if name.startswith(kind)}
    for which, said in words.items():
        if len(said) > LONGEST:
            raise FormError(f"{kind}{which}", f"Up to {LONGEST:,} characters, please.")
    return words

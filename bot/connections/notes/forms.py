"""Forms for private notes."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot.connections import texts
from bot.core.blocks import field, form, plain_text
from bot.core.errors import FormError
from bot.core.message import Block
from bot.core.mrkdwn import day, plain

NOTE_FORM, NOTES_FORM = "connections_note_form", "connections_notes_form"
ABOUT, AFTER = "connections_note_about:", "connections_note_after:"
LONGEST = 1000


def note_form(about: str, names: Mapping[str, str], before: Mapping[str, str]) -> dict[str, Any]:
    """`names`: the people met, by id. `before`: existing notes about them on this meeting, by id."""
    fields = [
        note_field(f"{ABOUT}{one}", texts.WHAT_TO_REMEMBER(name=name), before.get(one, ""), hint=texts.ONLY_YOU())
        for one, name in names.items()
    ]
    return form(NOTE_FORM, texts.PRIVATE_NOTE(), texts.SAVE(), fields, about=about)


def notes_form(name: str, meetings: Sequence[tuple[str, date, str]], today: date, *, about: str) -> dict[str, Any]:
    """`meetings`: with this person, each with its origin, the day of the note or else of the meeting, and the note."""
    fields = [
        note_field(
            f"{AFTER}{origin}",
            (texts.NOTE_FROM if words else texts.MET_ON)(name=name, day=day(on, today)),
            words,
            hint=texts.ONLY_YOU_OR_CLEAR(),
        )
        for origin, on, words in meetings
    ]
    return form(NOTES_FORM, texts.PRIVATE_NOTES(), texts.SAVE(), fields, about=about)


def note_field(name: str, label: str, before: str, *, hint: str) -> Block:
    element: dict[str, Any] = {
        "type": "plain_text_input",
        "multiline": True,
        "max_length": LONGEST,
        "placeholder": plain_text(texts.NOTE_EXAMPLE(), 150),
    }
    return field(name, label, element | ({"initial_value": before} if before else {}), hint=hint, optional=True)


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
            raise FormError(f"{kind}{which}", texts.TOO_LONG(length=len(said), most=LONGEST))
    return words

"""The list of people met, as its owner sees it, most recent first."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from bot.connections import texts
from bot.connections.met.service import PersonMet
from bot.core.blocks import actions, button, context, header, plain_text, section
from bot.core.message import Block
from bot.core.mrkdwn import cut, day, escape, mention

EDIT, ALL = "connections_edit_notes", "connections_all_met"
EARLIER, LATER = "connections_met_earlier", "connections_met_later"
ON_HOME, ON_PAGE = 8, 20
"""People on Home and on a page of the window. Home takes 100 blocks, shared with other features."""
NOTES_SHOWN, NOTE_SHOWN = 2, 250
"""Notes shown for each person, and characters of each. With every character escaped they still fit into a section."""


def people_met(people: Sequence[PersonMet], today: date) -> list[Block]:
    heading = header(texts.PEOPLE_MET())
    if not people:
        return [heading, section(texts.NO_ONE_YET())]
    everyone = [actions(button(texts.SEE_ALL(people=len(people)), ALL, "0"))] if len(people) > ON_HOME else []
    shown = [one_met(one, today) for one in people[:ON_HOME]]
    return [heading, *shown, *everyone, context(texts.ONLY_YOU_LIST())]


def all_met(people: Sequence[PersonMet], page: int, today: date) -> dict[str, Any]:
    """Return a window with one page of the people met."""
    last = max(len(people) - 1, 0) // ON_PAGE
    page = min(page, last)
    shown = [one_met(one, today) for one in people[page * ON_PAGE : (page + 1) * ON_PAGE]]
    turns = [
        *([button(texts.SHOW_LATER(), LATER, str(page - 1))] if page > 0 else []),
        *([button(texts.SHOW_EARLIER(), EARLIER, str(page + 1))] if page < last else []),
    ]
    drawn = [*(shown or [section(texts.NO_ONE_YET())]), *([actions(*turns)] if turns else [])]
    return {
        "type": "modal",
        "title": plain_text(texts.PEOPLE_MET(), 24),
        "close": plain_text(texts.CLOSE(), 24),
        "private_metadata": str(page),
        "blocks": [*drawn, context(texts.ONLY_YOU_LIST())],
    }


def one_met(one: PersonMet, today: date) -> Block:
    label = texts.EDIT_NOTE() if one.notes else texts.ADD_NOTE()
    return section("\n".join([summary(one, today), *notes_on(one)]), accessory=button(label, EDIT, one.person_id))


def summary(one: PersonMet, today: date) -> str:
    person = mention(one.person_id)
    if one.met is None:
        return texts.ONLY_A_NOTE(person=person)
    return texts.MET(person=person, day=day(one.met.last_on, today), count=one.met.times)


def notes_on(one: PersonMet) -> list[str]:
    lines = [f"> {escape(cut(' '.join(note.words.split()), NOTE_SHOWN))}" for note in one.notes[:NOTES_SHOWN]]
    rest = len(one.notes) - NOTES_SHOWN
    return [*lines, *([texts.MORE_NOTES(count=rest)] if rest > 0 else [])]

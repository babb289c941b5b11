"""The list of people met, as its owner sees it, most recent first."""

from collections.abc import Sequence
from typing import Any

from bot.connections.met.service import PersonMet
from bot.core.blocks import actions, button, context, header, section
from bot.core.message import Block
from bot.core.texts import count, cut, day, escape, mention
from storage.kinds import MetThrough

EDIT, ALL = "connections_edit_notes", "connections_all_met"
EARLIER, LATER = "connections_met_earlier", "connections_met_later"
ON_HOME, ON_PAGE = 8, 20
"""People on Home and on a page of the window. Home takes 100 blocks, shared with other features."""
NOTES_SHOWN, NOTE_SHOWN = 2, 250
"""Notes shown for each person, and characters of each. With every character escaped they still fit into a section."""
ONLY_YOU = "Only you see this list and your notes."
THROUGH = {MetThrough.PROGRAM: "through a program", MetThrough.NOW: "through a coffee now"}


def people_met(people: Sequence[PersonMet]) -> list[Block]:
    if not people:
        return [header("People you met"), section("Nobody yet. After your first coffee you find them here.")]
    every = [actions(button(f"All {len(people):,} people", ALL, "0"))] if len(people) > ON_HOME else []
    return [header("People you met"), *map(one_met, people[:ON_HOME]), *every, context(ONLY_YOU)]


def all_met(people: Sequence[PersonMet], page: int) -> dict[str, Any]:
    """Return a window with one page of the people met."""
    last = max(len(people) - 1, 0) // ON_PAGE
    page = min(page, last)
    shown = people[page * ON_PAGE : (page + 1) * ON_PAGE]
    turns = [
        *([button("Later", LATER, str(page - 1))] if page > 0 else []),
        *([button("Earlier", EARLIER, str(page + 1))] if page < last else []),
    ]
    drawn = [*map(one_met, shown), *([actions(*turns)] if turns else [])]
    return {
        "type": "modal",
        "title": {"type": "plain_text", "text": "People you met"},
        "close": {"type": "plain_text", "text": "Close"},
        "private_metadata": str(page),
        "blocks": [*(drawn or [section("Nobody yet.")]), context(ONLY_YOU)],
    }


def one_met(one: PersonMet) -> Block:
    label = "Edit note" if one.notes else "Add a note"
    return section("\n".join([said_of(one), *noted(one)]), accessory=button(label, EDIT, one.person_id))


def said_of(one: PersonMet) -> str:
    if one.met is None:
        return f"{mention(one.person_id)} · you noted something, and did not meet after all"
    times = f", {one.met.times} times so far" if one.met.times > 1 else ""
    through = f" {THROUGH[one.met.through]}" if one.met.through in THROUGH else ""
    return f"{mention(one.person_id)} · {day(one.met.last_on)}{through}{times}"


def noted(one: PersonMet) -> list[str]:
    lines = [f"> {escape(cut(' '.join(note.words.split()), NOTE_SHOWN))}" for note in one.notes[:NOTES_SHOWN]]
    rest = len(one.notes) - NOTES_SHOWN
    return [*lines, *([f"and {count(rest, 'earlier note')}"] if rest > 0 else [])]

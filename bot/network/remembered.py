"""A person's note on someone after their last meeting, shown to its author only."""

from collections.abc import Mapping, Sequence

from bot.core.mrkdwn import cut
from bot.core.work import Work
from bot.network import texts
from storage.connections import notes

LONGEST = 140


def last_notes(work: Work, person_ids: Sequence[str]) -> Mapping[tuple[str, str], str]:
    """Return the latest notes as text by (author, other person)."""
    found = notes.newest_of(work, person_ids=person_ids)
    return {pair: shown(words) for pair, words in found.items()}


def shown(words: str) -> str:
    """Return the note as one line, shortened."""
    return texts.NOTE(note=cut(" ".join(words.split()), LONGEST))

"""What somebody noted of another after their last meeting. It is shown to whoever wrote it, and to nobody else."""

from collections.abc import Mapping, Sequence

from bot.core.texts import cut, escape
from bot.core.work import Work
from storage.connections import notes

LONGEST = 140


def last_notes(work: Work, person_ids: Sequence[str]) -> Mapping[tuple[str, str], str]:
    """By whose note it is and about whom, ready to be read."""
    found = notes.newest_of(work, person_ids=person_ids)
    return {pair: shown(words) for pair, words in found.items()}


def shown(words: str) -> str:
    """One line, however much was written, and not more than reminds of it."""
    return f"Last time you noted: “{escape(cut(' '.join(words.split()), LONGEST))}”"

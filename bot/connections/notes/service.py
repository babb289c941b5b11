"""Private notes about people one has met."""

from collections.abc import Mapping, Sequence

from bot.core.errors import UserError
from bot.core.work import Work
from storage import connections, notes, people


def names_of(work: Work, person_id: str, origin: str, others: Sequence[str]) -> dict[str, str]:
    """The people of this meeting as their names, for somebody who was there."""
    check_was_there(work, person_id, origin, others)
    known = people.several(work.session, workspace_id=work.workspace_id, person_ids=others)
    if not known:
        raise UserError("I don't know anything of the people you met any more.")
    return {other: known[other].name for other in others if other in known}


def check_was_there(work: Work, person_id: str, origin: str, others: Sequence[str]) -> None:
    there = connections.people_in(work.session, workspace_id=work.workspace_id, origin=origin)
    if not {person_id, *others} <= there:
        raise UserError("I don't know this meeting any more, so there is nothing to note here.")


def said_before(work: Work, person_id: str, origin: str, others: Sequence[str]) -> dict[str, str]:
    found = {
        other: notes.note(
            work.session, workspace_id=work.workspace_id, person_id=person_id, other_id=other, origin=origin
        )
        for other in others
    }
    return {other: note.words for other, note in found.items() if note is not None}


def keep(work: Work, person_id: str, origin: str, words: Mapping[str, str]) -> bool:
    """Keep what somebody noted. False when nothing is left of it."""
    check_was_there(work, person_id, origin, list(words))
    for other, said in words.items():
        notes.keep(
            work.session,
            workspace_id=work.workspace_id,
            person_id=person_id,
            other_id=other,
            origin=origin,
            words=said,
            at=work.now,
        )
    return any(words.values())

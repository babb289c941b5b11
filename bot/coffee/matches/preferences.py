"""Wishes for a coffee with a team, as input of the matching and as fulfilled by a round, and blocked pairs."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from bot.core.work import Work
from storage.connections import network
from storage.people.people import Person
from storage.programs import apart, programs
from storage.programs.programs import Program


def wanted_teams(work: Work) -> Mapping[str, Sequence[str]]:
    """Return the wished teams by person."""
    found: dict[str, list[str]] = defaultdict(list)
    for wish in network.wishes(work):
        found[wish.person_id].append(wish.team)
    return found


def mark_fulfilled(work: Work, matches: Iterable[Sequence[Person]]) -> None:
    """Delete wishes that these matches fulfill."""
    wished = {(wish.person_id, wish.team): wish for wish in network.wishes(work)}
    for sitting in matches if wished else ():
        for person in sitting:
            for other in sitting:
                wish = wished.pop((person.person_id, other.team or ""), None) if other is not person else None
                if wish is not None:
                    work.session.delete(wish)


def wishes_apart(work: Work, program: Program) -> list[tuple[str, str]]:
    """Return blocked pairs: by private lists, and by admins for this round."""
    wishes = apart.all_pairs(work)
    return [*wishes, *programs.pairs_apart_once(work, program_id=program.id)]

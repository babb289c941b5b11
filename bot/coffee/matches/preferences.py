"""Wishes: a coffee with someone of a team, as the matching hears of it and a round fulfils it, and no coffee at all."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from bot.core.work import Work
from storage.connections import network
from storage.people.people import Person
from storage.programs import apart, programs
from storage.programs.programs import Program


def wanted_teams(work: Work) -> Mapping[str, Sequence[str]]:
    """By who wishes."""
    found: dict[str, list[str]] = defaultdict(list)
    for wish in network.wishes(work):
        found[wish.person_id].append(wish.team)
    return found


def note_fulfilled(work: Work, matches: Iterable[Sequence[Person]]) -> None:
    """Who was brought together with somebody of the team has no wish any more."""
    wished = {(wish.person_id, wish.team): wish for wish in network.wishes(work)}
    for sitting in matches if wished else ():
        for person in sitting:
            for other in sitting:
                wish = wished.pop((person.person_id, other.team or ""), None) if other is not person else None
                if wish is not None:
                    work.session.delete(wish)


def wishes_apart(work: Work, program: Program) -> list[tuple[str, str]]:
    """Who is not to meet: as they wish themselves, and for this round as its admins do."""
    wishes = apart.all_pairs(work)
    return [*wishes, *programs.kept_apart_once(work, program_id=program.id)]

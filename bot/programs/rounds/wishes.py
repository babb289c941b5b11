"""Wishes for a coffee with somebody of a team, as the matching hears of them and as a round fulfils them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from bot.core.work import Work
from storage import network
from storage.people import Person

WISH = "wish:"
"""A wish is a topic that the one who wishes shares with all of the team, and never one that is told."""


def topics(work: Work, present: Mapping[str, Person]) -> Mapping[str, tuple[str, ...]]:
    """For each who takes part."""
    of_team: dict[str, list[str]] = defaultdict(list)
    for person_id, person in present.items():
        if person.team:
            of_team[person.team].append(person_id)
    found: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for wish in network.wishes(work.session, workspace_id=work.workspace_id):
        if wish.person_id in present:
            topic = f"{WISH}{wish.person_id}:{wish.team}"
            for person_id in {wish.person_id, *of_team[wish.team]}:
                found[person_id] = (*found[person_id], topic)
    return found


def note_fulfilled(work: Work, matches: Iterable[Sequence[Person]]) -> None:
    """Who was brought together with somebody of the team has no wish any more."""
    wished = {
        (wish.person_id, wish.team): wish for wish in network.wishes(work.session, workspace_id=work.workspace_id)
    }
    for sitting in matches if wished else ():
        for person in sitting:
            for other in sitting:
                wish = wished.pop((person.person_id, other.team or ""), None) if other is not person else None
                if wish is not None:
                    work.session.delete(wish)

"""What counts as a "me too", and what is news of it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from decimal import Decimal, InvalidOperation

SETTLES = timedelta(hours=1)
"""After the first one, others may follow: they are told together."""
TOLD_FOR = timedelta(days=14)
MICRO = 1_000_000


def emoji_of(reaction: str) -> str:
    """Whatever skin it has."""
    return reaction.partition("::")[0]


def stamp(event_ts: str) -> int:
    """Slack's stamp in microseconds; 0 for one that can't be read."""
    try:
        return int(Decimal(event_ts) * MICRO)
    except (InvalidOperation, ValueError, OverflowError):
        return 0


def are_of_one_team(one: str | None, other: str | None) -> bool:
    """Where a team is not known, people may well be of different ones."""
    return one is not None and one == other


def from_other_teams(person_id: str, seconders: Sequence[str], teams: Mapping[str, str | None]) -> list[str]:
    mine = teams.get(person_id)
    return [one for one in seconders if not are_of_one_team(mine, teams.get(one))]


def named_teams(seconders: Iterable[str], teams: Mapping[str, str | None]) -> list[str]:
    """Each once, in the order in which they came."""
    return list(dict.fromkeys(team for one in seconders if (team := teams.get(one))))

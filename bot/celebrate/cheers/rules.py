"""Rules for endorsing reactions and their notifications."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from decimal import Decimal, InvalidOperation

SETTLES = timedelta(hours=1)
"""Delay after the first reaction, so that later ones share its notification."""
TOLD_FOR = timedelta(days=14)
MICRO = 1_000_000


def emoji_of(reaction: str) -> str:
    """Strip the skin tone."""
    return reaction.partition("::")[0]


def stamp(event_ts: str) -> int:
    """Convert Slack's event_ts to microseconds; 0 if it is malformed."""
    try:
        return int(Decimal(event_ts) * MICRO)
    except (InvalidOperation, ValueError, OverflowError):
        return 0


def are_of_one_team(one: str | None, other: str | None) -> bool:
    """Return whether two teams are known and the same. An unknown team counts as a different one."""
    return one is not None and one == other


def from_other_teams(person_id: str, seconders: Sequence[str], teams: Mapping[str, str | None]) -> list[str]:
    mine = teams.get(person_id)
    return [one for one in seconders if not are_of_one_team(mine, teams.get(one))]


def named_teams(seconders: Iterable[str], teams: Mapping[str, str | None]) -> list[str]:
    """Return the teams of people, without duplicates, in their order."""
    return list(dict.fromkeys(team for one in seconders if (team := teams.get(one))))

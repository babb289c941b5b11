"""Keys of messages about one match, to send and cancel them."""

from storage.kinds import CheckIn
from storage.rounds.rounds import Match, Seat


def key_of(seat: Seat, which: CheckIn) -> str:
    return f"round:{seat.round_id}:{which.value}:{seat.person_id}"


def bump_key(match: Match) -> str:
    return f"round:{match.round_id}:bump:{match.id}"

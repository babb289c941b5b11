"""The keys of messages about a round that is still ahead, for whoever takes them back."""

from storage.programs import Program


def heads_ups_key(program: Program) -> str:
    """What the keys of all its heads-ups begin with, whichever round they are of."""
    return f"program:{program.id}:heads-up"


def heads_up_key(program: Program, person_id: str) -> str:
    return f"{heads_ups_key(program)}:{program.next_round_at:%Y%m%d%H%M}:{person_id}"

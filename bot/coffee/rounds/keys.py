"""The keys of messages about a round that is still ahead, for whoever takes them back."""

from datetime import datetime

from storage.programs.programs import Program

AHEAD = "ahead"
"""What the keys of all messages begin with that tell one person of rounds ahead."""


def ahead_key(person_id: str, told_at: datetime) -> str:
    return f"{AHEAD}:{person_id}:{told_at:%Y%m%d%H%M%S}"


def question_key(program: Program, person_id: str, asked_at: datetime) -> str:
    """Of questions that were asked before they went with the heads-ups of other programs."""
    return f"program:{program.id}:stay:{asked_at:%Y%m%d%H%M%S}:{person_id}"


def breaks_key(program: Program) -> str:
    return f"program:{program.id}:break"


def break_key(program: Program, person_id: str, began_at: datetime) -> str:
    return f"{breaks_key(program)}:{began_at:%Y%m%d%H%M%S}:{person_id}"

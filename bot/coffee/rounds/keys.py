"""Keys of messages about a round ahead, to send and cancel them."""

from datetime import datetime

from storage.programs.programs import Program

AHEAD = "ahead"
"""Key prefix of messages to one person about rounds ahead."""


def ahead_key(person_id: str, told_at: datetime) -> str:
    return f"{AHEAD}:{person_id}:{told_at:%Y%m%d%H%M%S}"


def question_key(program: Program, person_id: str, asked_at: datetime) -> str:
    """Return the key that stay questions had before they went into one message with heads-ups."""
    return f"program:{program.id}:stay:{asked_at:%Y%m%d%H%M%S}:{person_id}"


def breaks_key(program: Program) -> str:
    return f"program:{program.id}:break"


def break_key(program: Program, person_id: str, began_at: datetime) -> str:
    return f"{breaks_key(program)}:{began_at:%Y%m%d%H%M%S}:{person_id}"

"""The keys of messages about a round that is still ahead, for whoever takes them back."""

from datetime import datetime

from storage.programs.programs import Program


def heads_ups_key(program: Program) -> str:
    """What the keys of all its heads-ups begin with, whichever round they are of."""
    return f"program:{program.id}:heads-up"


def heads_up_key(program: Program, person_id: str) -> str:
    return f"{heads_ups_key(program)}:{program.next_round_at:%Y%m%d%H%M}:{person_id}"


def questions_key(program: Program) -> str:
    """What the keys of all its questions begin with whether somebody would like to go on."""
    return f"program:{program.id}:stay"


def question_key(program: Program, person_id: str, asked_at: datetime) -> str:
    """Of the moment and not of the round: the round may move, and what was asked stays asked."""
    return f"{questions_key(program)}:{asked_at:%Y%m%d%H%M%S}:{person_id}"


def breaks_key(program: Program) -> str:
    return f"program:{program.id}:break"


def break_key(program: Program, person_id: str, began_at: datetime) -> str:
    return f"{breaks_key(program)}:{began_at:%Y%m%d%H%M%S}:{person_id}"

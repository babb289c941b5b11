"""Keys of messages about a round ahead, to send and cancel them."""

from datetime import datetime

from storage.programs.programs import Program


def heads_ups_key(program: Program) -> str:
    """Return the key prefix of a program's heads-ups, for any round."""
    return f"program:{program.id}:heads-up"


def heads_up_key(program: Program, person_id: str) -> str:
    return f"{heads_ups_key(program)}:{program.next_round_at:%Y%m%d%H%M}:{person_id}"


def questions_key(program: Program) -> str:
    """Return the key prefix of a program's stay questions."""
    return f"program:{program.id}:stay"


def question_key(program: Program, person_id: str, asked_at: datetime) -> str:
    """Return the key, by ask time instead of round: rescheduling must not ask again."""
    return f"{questions_key(program)}:{asked_at:%Y%m%d%H%M%S}:{person_id}"


def breaks_key(program: Program) -> str:
    return f"program:{program.id}:break"


def break_key(program: Program, person_id: str, began_at: datetime) -> str:
    return f"{breaks_key(program)}:{began_at:%Y%m%d%H%M%S}:{person_id}"

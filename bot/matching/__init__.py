"""Who meets whom. `match(request)` answers for everybody at once; see `model.py` for what goes in and out."""

from bot.matching.engine import explain, match
from bot.matching.history import History, Past
from bot.matching.incremental import add_late_joiner, replace_person
from bot.matching.model import (
    WEIGHTS_VERSION,
    Alone,
    Group,
    InvalidRequest,
    Kind,
    Participant,
    Request,
    Result,
    Role,
    Term,
    TermKind,
    Why,
    Wishes,
)
from bot.matching.reasons import words

__all__ = [
    "WEIGHTS_VERSION",
    "Alone",
    "Group",
    "History",
    "InvalidRequest",
    "Kind",
    "Participant",
    "Past",
    "Request",
    "Result",
    "Role",
    "Term",
    "TermKind",
    "Why",
    "Wishes",
    "add_late_joiner",
    "explain",
    "match",
    "replace_person",
    "words",
]

"""Who meets whom. `match(request)` answers for everybody at once; see `model.py` for what goes in and out."""

from bot.matching.engine import match
from bot.matching.explain import words
from bot.matching.history import History, Past
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
    "match",
    "words",
]

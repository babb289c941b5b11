"""The matching engine. `match(request)` answers for all people at once; see `model.py` for input and output."""

from bot.matching.engine import match
from bot.matching.history import History, Past
from bot.matching.incremental import add_late_joiner
from bot.matching.model import (
    WEIGHTS_VERSION,
    Group,
    InvalidRequest,
    Kind,
    Participant,
    Request,
    Result,
    Term,
    TermKind,
    Wishes,
)
from bot.matching.reasons import TOLD, words

__all__ = [
    "TOLD",
    "WEIGHTS_VERSION",
    "Group",
    "History",
    "InvalidRequest",
    "Kind",
    "Participant",
    "Past",
    "Request",
    "Result",
    "Term",
    "TermKind",
    "Wishes",
    "add_late_joiner",
    "match",
    "words",
]

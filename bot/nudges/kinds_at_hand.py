"""The kinds that there are, what people make of them, and what was chosen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.core.nudge import NudgeKind, Suggestion
from bot.nudges import rules
from bot.nudges.rules import Taste
from storage.nudges import NudgeTaste

Kinds = Mapping[str, NudgeKind]
"""What may be suggested, by name: put together from the list of features."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What one person is to read today."""

    person_id: str
    until: datetime
    suggestions: tuple[tuple[str, Suggestion], ...]
    """Each with its kind, the best first."""
    worth: float
    """That of the best."""

    def can_wait(self, now: datetime) -> bool:
        best = self.suggestions[0][1]
        return best.until is None or best.until - now > rules.CANT_WAIT


def taste_of(row: NudgeTaste | None, kind: NudgeKind) -> Taste:
    if row is None:
        return Taste(is_on=kind.is_on_by_default)
    is_on = kind.is_on_by_default if row.is_on is None else row.is_on
    return Taste(is_on, row.ignored, row.used, row.less, row.last_at)

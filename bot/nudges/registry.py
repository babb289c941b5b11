"""The registry of nudge types, each person's preferences for them, and the plan for one person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.core.nudge import NudgeKind, Suggestion
from bot.nudges import rules
from bot.nudges.rules import Preference
from storage.nudges import NudgeTaste

NudgeRegistry = Mapping[str, NudgeKind]
"""What may be suggested, by name: put together from the list of features."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The nudges chosen for one person today."""

    person_id: str
    until: datetime
    suggestions: tuple[tuple[str, Suggestion], ...]
    """Each with the name of its type, best first."""
    worth: float
    """Worth of the best suggestion."""

    def can_wait(self, now: datetime) -> bool:
        best = self.suggestions[0][1]
        return best.until is None or best.until - now > rules.CANT_WAIT


def taste_of(row: NudgeTaste | None, kind: NudgeKind) -> Preference:
    if row is None:
        return Preference(is_on=kind.is_on_by_default)
    is_on = kind.is_on_by_default if row.is_on is None else row.is_on
    return Preference(is_on, row.ignored, row.used, row.less, row.last_at)

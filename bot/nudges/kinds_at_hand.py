"""The registry of nudge types, each person's preferences for them, and the plan for one person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.core.nudge import Expects, NudgeKind, Suggestion
from bot.nudges import rules
from bot.nudges.rules import Taste
from storage.nudges import NudgeTaste


@dataclass(frozen=True)
class Kinds:
    """The registry of nudge types, and callbacks that tell which people a feature will message by itself."""

    every: Mapping[str, NudgeKind]
    expects: tuple[Expects, ...] = ()


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


def taste_of(row: NudgeTaste | None, kind: NudgeKind) -> Taste:
    if row is None:
        return Taste(is_on=kind.is_on_by_default)
    is_on = kind.is_on_by_default if row.is_on is None else row.is_on
    return Taste(is_on, row.ignored, row.used, row.less, row.last_at)

"""Types of nudges that belong to no other feature."""

from bot.core.nudge import NudgeKind
from bot.nudges.kinds.newcomer import NEWCOMER

OWN: tuple[NudgeKind, ...] = (NEWCOMER,)

"""Suggestions that features propose. The nudge engine chooses which of them to send, and when, under one quota."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.core.mrkdwn import mentioned
from bot.core.work import Work


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One suggested action for one person. All texts are mrkdwn with user input escaped."""

    person_id: str
    about: str
    """Deduplication key, stable for the same subject (`with:U12`, `win:7`): suggested once and not again."""
    why: str
    """Reason, as the person reads it."""
    step: str
    """Suggested action, in one sentence."""
    action: dict[str, Any] | None
    """Button that performs it. The proposing feature handles the click and replies outside the message or opens a form,
    as the message may hold other suggestions. The engine records the click by itself.
    """
    value: float
    """Usefulness now, from 0 to 1, comparable across all kinds."""
    until: datetime | None = None
    """Expiry: no longer useful from then on."""
    private: str = ""
    """The person's private text. Shown in the message but not in its notification, which others may see on a locked
    screen."""

    @property
    def people(self) -> frozenset[str]:
        """Ids of all people mentioned in it."""
        return mentioned(f"{self.why} {self.step}")


BLOCK, KEEP_BLOCK = "nudge:", "nudge_keep:"
"""What the ids of a suggestion's blocks begin with: its number follows."""


def suggestion_of(block: Mapping[str, Any]) -> int | None:
    """The number of the suggestion that a block, or a press in it, belongs to."""
    start, _, number = str(block.get("block_id", "")).rpartition(":")
    return int(number) if f"{start}:" in {BLOCK, KEEP_BLOCK} and number.isdecimal() and len(number) < 19 else None


Propose = Callable[[Work, Sequence[str]], Iterable[Suggestion]]
"""Returns at most a few current suggestions for each of the given person ids; called with hundreds of ids."""


@dataclass(frozen=True, slots=True)
class NudgeKind:
    name: str
    label: str
    """Name in the person's settings: `Keep in touch with people you know`."""
    propose: Propose
    is_on_by_default: bool = True
    rest: timedelta = timedelta(days=7)
    """Cooldown: minimum time between two suggestions of this kind to the same person."""

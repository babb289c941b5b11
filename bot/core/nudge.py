"""What a feature proposes to say unasked. Whether it is said, and when, is for one engine with one budget to choose."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.core.texts import mentioned
from bot.core.work import Work


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One step worth taking for one person. All words are ready for mrkdwn: user text in them is escaped."""

    person_id: str
    about: str
    """What it is about, always the same for the same thing (`with:U12`, `win:7`): it is said once and not again."""
    why: str
    """The reason, as the person reads it."""
    step: str
    """The step, in one sentence."""
    action: dict[str, Any] | None
    """The one button that takes it; the feature that proposes it listens for it, and answers beside the message or in a
    form: other suggestions may stand in the same message. That it was pressed is noted without the feature's help.
    """
    value: float
    """What it is worth now, from 0 to 1, compared with all other kinds."""
    until: datetime | None = None
    """From then on it has lost its sense."""
    private: str = ""
    """Something of the person's own that belongs to it. It stands in the message and never in its notification, which a
    locked screen may show to others."""

    @property
    def people(self) -> frozenset[str]:
        """Everybody who is mentioned in it."""
        return mentioned(f"{self.why} {self.step}")


BLOCK, KEEP_BLOCK = "nudge:", "nudge_keep:"
"""What the ids of a suggestion's blocks begin with: its number follows."""


def suggestion_of(block: Mapping[str, Any]) -> int | None:
    """The number of the suggestion that a block, or a press in it, belongs to."""
    start, _, number = str(block.get("block_id", "")).rpartition(":")
    return int(number) if f"{start}:" in {BLOCK, KEEP_BLOCK} and number.isdecimal() and len(number) < 19 else None


Propose = Callable[[Work, Sequence[str]], Iterable[Suggestion]]
"""For these people (ids), the suggestions worth making now; at most a few for each. Asked for hundreds at a time."""


@dataclass(frozen=True, slots=True)
class NudgeKind:
    name: str
    label: str
    """What the person's settings call it: `Keep in touch with people you know`."""
    propose: Propose
    is_on_by_default: bool = True
    rest: timedelta = timedelta(days=7)
    """Between two of this kind to the same person lies at least this."""

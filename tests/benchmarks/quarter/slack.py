"""Stub of Slack's API for the sender: accepts every message and records its time."""

import itertools
from dataclasses import dataclass
from datetime import datetime

from bot.core.clock import Clock
from bot.core.message import Block
from bot.delivery.calls import key_of
from bot.nudges.blocks import numbers_in


@dataclass(frozen=True, slots=True)
class Posted:
    """A recorded message."""

    channel: str
    """Channel id, or a person's id for a direct message."""
    at: datetime
    key: str
    is_nudge: bool
    """Whether it has the buttons of a nudge."""


class TakesAll:
    def __init__(self, people: list[str], clock: Clock) -> None:
        self.people, self.clock = people, clock
        self.numbers = itertools.count(1)
        self.posted: list[Posted] = []

    def dnd_teamInfo(self, **_which: object) -> dict[str, object]:
        """Return no DND for anyone."""
        return {"users": {}}

    def chat_getPermalink(self, **_which: object) -> dict[str, str]:
        return {"permalink": "https://acme.slack.com/archives/C2/p1"}

    def conversations_info(self, channel: str) -> dict[str, dict[str, object]]:
        """Return a channel with the bot as member."""
        return {"channel": {"id": channel, "is_member": True}}

    def conversations_members(self, **_which: object) -> list[dict[str, list[str]]]:
        """Return everyone as member of any channel."""
        return [{"members": self.people}]

    def chat_postMessage(self, channel: str, blocks: list[Block] | None = None, **message: object) -> dict[str, str]:
        is_nudge = bool(numbers_in(blocks or []))
        self.posted.append(Posted(channel, self.clock.now(), key_of(message) or "", is_nudge))
        return {"channel": channel, "ts": f"{next(self.numbers)}.0"}

    def conversations_open(self, users: list[str]) -> dict[str, dict[str, str]]:
        return {"channel": {"id": "G" + "".join(users)[-29:]}}

"""Copies: a message that is in Slack a second time, who can have made it, and how long it stays."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.delivery.calls import key_of
from bot.slacksim import Workspace
from bot.slacksim.state import Channel, Message

AS_A_RULE = timedelta(minutes=2)
"""docs/reliability.md: so soon a copy is deleted when nothing else goes wrong."""
HEALED_WITHIN = timedelta(days=1)
"""docs/reliability.md: the longest time between two looks for copies."""


@dataclass
class Copies:
    workspace: Workspace
    slept: int = 0
    """How often a process slept right before it wrote a request. Each time can add one copy, and nothing else can."""
    made: int = 0
    ages: list[timedelta] = field(default_factory=list)
    """Of those that are deleted again."""
    _there: dict[str, list[Message]] = field(default_factory=dict)

    def watch(self) -> None:
        self._post, self._erase = self.workspace.post, self.workspace.erase
        self.workspace.post, self.workspace.erase = self.post, self.erase

    def post(self, channel: Channel, message: Message) -> Message:
        key = key_of({"metadata": message.metadata})
        if key is not None:
            self.made += bool(self.of(key))
            self._there.setdefault(key, []).append(message)
        return self._post(channel, message)

    def erase(self, channel: Channel, message: Message) -> None:
        key = key_of({"metadata": message.metadata})
        if key is not None:
            if len(self.of(key)) > 1:
                self.ages.append(self.workspace.now() - doubled_since(self.of(key)))
            self._there[key] = [one for one in self.of(key) if one is not message]
        self._erase(channel, message)

    def of(self, key: str) -> list[Message]:
        return self._there.get(key, [])

    def complaints(self, *, is_over: bool, may_take: timedelta) -> list[str]:
        now, doubled = self.workspace.now(), [each for each in self._there.values() if len(each) > 1]
        found = [
            f"a copy has been there since {doubled_since(each)}"
            for each in doubled
            if is_over or now - doubled_since(each) > may_take
        ]
        found += [f"a copy was there for {age}" for age in self.ages if age > may_take]
        if self.made > self.slept:
            found.append(
                f"{self.made} copies were made, and only {self.slept} times a process slept before its request"
            )
        return found


def doubled_since(copies: list[Message]) -> datetime:
    return datetime.fromtimestamp(float(sorted(copies, key=lambda one: one.ts)[1].ts), UTC)

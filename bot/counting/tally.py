"""Counts that wait in memory for the next time they are written down, all in one transaction.

A process that stops in order writes them down; one that dies loses those of the last seconds. That is accepted: they
are counts, nobody waits for them, and a transaction for each of thirty thousand events an hour would cost every other
writer its place.
"""

import threading
from collections.abc import Iterable

from bot.core.work import Bot
from bot.counting.rules import Seen

MOST = 50_000
"""If nobody writes them down, memory stays bounded and the oldest stand."""


class Tally:
    def __init__(self) -> None:
        self.channels: frozenset[str] = frozenset()
        """Where contact is counted, as of the last time somebody looked."""
        self._seen: list[Seen] = []
        self._lock = threading.Lock()

    def add(self, seen: Iterable[Seen]) -> None:
        with self._lock:
            if len(self._seen) < MOST:
                self._seen.extend(seen)

    def take(self) -> list[Seen]:
        with self._lock:
            taken, self._seen = self._seen, []
        return taken


def tally_of(bot: Bot) -> Tally:
    """The one of this process."""
    tally: Tally = bot.memory.setdefault("counting", Tally())
    return tally

"""A buffer for counts, flushed to the database every few seconds in one transaction.

A graceful shutdown flushes it; a crash loses the last seconds. That is acceptable for counts, and a transaction for
each of 30,000 events an hour would block all other writers.
"""

import threading
from collections.abc import Iterable

from bot.core.work import Bot
from bot.counting.rules import SeenContact

MOST = 50_000
"""Capacity. If flushing fails for long, memory stays bounded: the oldest are kept and new ones dropped."""


class Tally:
    def __init__(self) -> None:
        self.channels: frozenset[str] = frozenset()
        """Channels where contact is counted, as of the last flush."""
        self._seen: list[SeenContact] = []
        self._lock = threading.Lock()

    def add(self, seen: Iterable[SeenContact]) -> None:
        with self._lock:
            if len(self._seen) < MOST:
                self._seen.extend(seen)

    def take(self) -> list[SeenContact]:
        with self._lock:
            taken, self._seen = self._seen, []
        return taken


def tally_of(bot: Bot) -> Tally:
    """Return the process-wide tally."""
    tally: Tally = bot.memory.setdefault("counting", Tally())
    return tally

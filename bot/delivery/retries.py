"""When each message may be tried again: in memory and by the monotonic clock, where no wrong clock can spoil it.

A process that takes over knows nothing of the waits of the one before; it simply looks once more.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from bot.core.clock import Clock
from bot.delivery.failures import backoff

LATE = timedelta(seconds=60)
"""So long after it was written Slack may still carry out a request. An assumption: what is later is healed."""
WAIT = timedelta(seconds=90)
"""So long after an unknown end a message is not posted again: more than LATE, and the lag of the history."""
LOOK_AT = (timedelta(seconds=2), timedelta(seconds=8), timedelta(seconds=30), WAIT + timedelta(seconds=1))
"""After an unknown end. Mostly only the answer was lost, and the first look finds the message."""
UNTIL_IT_ARRIVES = timedelta(seconds=5)
"""From the attempt at a message to the next at what follows it: its file, or other words."""
DAY = timedelta(days=1)


class Retries:
    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self._not_before: dict[int, timedelta] = {}
        self._failures: dict[int, int] = {}
        self._unknown_ends: dict[int, int] = {}
        self._unknown_at: dict[int, timedelta] = {}
        """When an attempt ended unknown last, as far as this process has seen it."""
        self._odd_since: dict[int, timedelta] = {}
        self._took_over_at = clock.monotonic()

    def start_over(self) -> None:
        """This process has taken over: what is uncertain ended, as far as it knows, just now."""
        for memory in self._memories():
            memory.clear()
        self._took_over_at = self.clock.monotonic()

    def note_interrupted(self, message_ids: Iterable[int]) -> None:
        """What this process was sending when it forgot the lease ended unknown just now; of the rest nothing changed,
        or a database that fails every minute would keep it from ever being posted again.
        """
        self._unknown_at.update(dict.fromkeys(message_ids, self.clock.monotonic()))

    def note_not_posted(self, message_id: int) -> None:
        """Whatever comes next is another attempt."""
        self._unknown_at.pop(message_id, None)

    def put_off(self, message_id: int, by: timedelta) -> None:
        self._not_before[message_id] = self.clock.monotonic() + by

    def put_off_after_failure(self, message_id: int) -> None:
        self._failures[message_id] = self._failures.get(message_id, 0) + 1
        self.put_off(message_id, backoff(self._failures[message_id]))

    def put_off_until_tried(self, message_id: int, first_id: int) -> None:
        """It follows another message, and has no chance before that one has had its next."""
        now = self.clock.monotonic()
        self._not_before[message_id] = max(now, self._not_before.get(first_id, now)) + UNTIL_IT_ARRIVES

    def note_unknown_end(self, message_id: int) -> None:
        self._unknown_ends[message_id] = self._unknown_ends.get(message_id, 0) + 1
        self._unknown_at[message_id] = self.clock.monotonic()
        self.put_off(message_id, LOOK_AT[0])

    def unknown_for(self, message_id: int) -> timedelta:
        """How long ago its last attempt ended unknown."""
        return self.clock.monotonic() - self._unknown_at.get(message_id, self._took_over_at)

    def may_post_again(self, message_id: int) -> bool:
        return self.unknown_for(message_id) > self.wait(message_id)

    def wait(self, message_id: int) -> timedelta:
        """Longer and longer, as long as each attempt ends unknown."""
        return max(WAIT, backoff(self._unknown_ends.get(message_id, 0)))

    def put_off_look(self, message_id: int) -> None:
        """It was looked for in vain."""
        known_for, wait = self.unknown_for(message_id), self.wait(message_id) + timedelta(seconds=1)
        next_look = next((at for at in LOOK_AT if at > known_for), wait)
        self.put_off(message_id, max(next_look - known_for, timedelta(seconds=1)))

    def is_refused_for_a_day(self, message_id: int) -> bool:
        """Whether the same unknown code has come for so long that it will stay."""
        since = self._odd_since.setdefault(message_id, self.clock.monotonic())
        return self.clock.monotonic() - since >= DAY

    def forget(self, message_id: int) -> None:
        for memory in self._memories():
            memory.pop(message_id, None)

    def _memories(self) -> tuple[dict[int, Any], ...]:
        return self._not_before, self._failures, self._unknown_ends, self._unknown_at, self._odd_since

    def waiting(self) -> dict[int, timedelta]:
        """Messages that may not be tried yet, and when they may."""
        now = self.clock.monotonic()
        return {one: at for one, at in self._not_before.items() if at > now}

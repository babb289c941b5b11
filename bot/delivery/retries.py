"""Retry delays of messages, in memory and in monotonic time, so that no wrong clock can affect them.

They are lost on a takeover: the new holder simply searches once more.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from bot.core.clock import Clock
from bot.delivery.failures import backoff

LATE = timedelta(seconds=60)
"""Longest time for which Slack may still carry out a written request. An assumption: the healer handles later ones."""
WAIT = timedelta(seconds=90)
"""Shortest time before reposting after an uncertain attempt: more than LATE plus the lag of the history."""
LOOK_AT = (timedelta(seconds=2), timedelta(seconds=8), timedelta(seconds=30), WAIT + timedelta(seconds=1))
"""Searches after an uncertain attempt. Mostly only the response was lost, and the first search finds the message."""
UNTIL_IT_ARRIVES = timedelta(seconds=5)
"""Delay after an attempt at a message before the next attempt at what follows it: its file, or its change."""
DAY = timedelta(days=1)


class Retries:
    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self._not_before: dict[int, timedelta] = {}
        self._failures: dict[int, int] = {}
        self._unknown_ends: dict[int, int] = {}
        self._unknown_at: dict[int, timedelta] = {}
        """Time of the last uncertain attempt seen by this process."""
        self._odd_since: dict[int, timedelta] = {}
        self._took_over_at = clock.monotonic()

    def start_over(self) -> None:
        """Reset on takeover: uncertain attempts of the previous holder count as just ended."""
        for memory in self._memories():
            memory.clear()
        self._took_over_at = self.clock.monotonic()

    def note_interrupted(self, message_ids: Iterable[int]) -> None:
        """Count attempts that were interrupted by dropping the lease as just ended.

        Other delays stay, or a database that fails every minute would keep all messages from being posted again.
        """
        self._unknown_at.update(dict.fromkeys(message_ids, self.clock.monotonic()))

    def note_not_posted(self, message_id: int) -> None:
        """Forget the uncertain attempt: the next one is a new attempt."""
        self._unknown_at.pop(message_id, None)

    def put_off(self, message_id: int, by: timedelta) -> None:
        self._not_before[message_id] = self.clock.monotonic() + by

    def put_off_after_failure(self, message_id: int) -> None:
        self._failures[message_id] = self._failures.get(message_id, 0) + 1
        self.put_off(message_id, backoff(self._failures[message_id]))

    def put_off_until_tried(self, message_id: int, first_id: int) -> None:
        """Defer a message that follows another until after that one's next attempt."""
        now = self.clock.monotonic()
        self._not_before[message_id] = max(now, self._not_before.get(first_id, now)) + UNTIL_IT_ARRIVES

    def note_unknown_end(self, message_id: int) -> None:
        self._unknown_ends[message_id] = self._unknown_ends.get(message_id, 0) + 1
        self._unknown_at[message_id] = self.clock.monotonic()
        self.put_off(message_id, LOOK_AT[0])

    def unknown_for(self, message_id: int) -> timedelta:
        """Return the time since the last uncertain attempt ended."""
        return self.clock.monotonic() - self._unknown_at.get(message_id, self._took_over_at)

    def may_post_again(self, message_id: int) -> bool:
        return self.unknown_for(message_id) > self.wait(message_id)

    def wait(self, message_id: int) -> timedelta:
        """Return the delay before reposting, which grows with each uncertain attempt."""
        return max(WAIT, backoff(self._unknown_ends.get(message_id, 0)))

    def put_off_look(self, message_id: int) -> None:
        """Schedule the next search after one that found nothing."""
        known_for, wait = self.unknown_for(message_id), self.wait(message_id) + timedelta(seconds=1)
        next_look = next((at for at in LOOK_AT if at > known_for), wait)
        self.put_off(message_id, max(next_look - known_for, timedelta(seconds=1)))

    def is_refused_for_a_day(self, message_id: int) -> bool:
        """Return whether the same unknown error code has persisted for a day, so that it counts as permanent."""
        since = self._odd_since.setdefault(message_id, self.clock.monotonic())
        return self.clock.monotonic() - since >= DAY

    def forget(self, message_id: int) -> None:
        for memory in self._memories():
            memory.pop(message_id, None)

    def _memories(self) -> tuple[dict[int, Any], ...]:
        return self._not_before, self._failures, self._unknown_ends, self._unknown_at, self._odd_since

    def waiting(self) -> dict[int, timedelta]:
        """Return the messages that may not be tried yet, with the end of their delays."""
        now = self.clock.monotonic()
        return {one: at for one, at in self._not_before.items() if at > now}

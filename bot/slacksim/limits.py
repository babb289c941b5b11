"""Slack's rate limits in workspace time: calls of a method per sliding minute."""

import math
from collections import defaultdict, deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)
POST = "chat.postMessage"
POSTS_PER_MINUTE = 300


@dataclass
class Limits:
    """Rate limiter. `refused` records rejected calls; it stays empty if the bot paces itself."""

    per_minute: Mapping[str, int | None]
    enabled: bool = True
    refused: list[tuple[str, datetime]] = field(default_factory=list)
    _calls: defaultdict[str, deque[datetime]] = field(default_factory=lambda: defaultdict(deque))
    _last_post: dict[str, datetime] = field(default_factory=dict)

    def seconds_to_wait(self, method: str, now: datetime, channel: str | None) -> int | None:
        """Count a call and return None, or return the seconds to wait if it is over the limit."""
        if not self.enabled:
            return None
        free_at = self._free_at(method, now, channel)
        if free_at > now:
            self.refused.append((method, now))
            return max(1, math.ceil((free_at - now).total_seconds()))
        self._calls[method].append(now)
        if channel is not None:
            self._last_post[channel] = now
        return None

    def _free_at(self, method: str, now: datetime, channel: str | None) -> datetime:
        most = POSTS_PER_MINUTE if method == POST else self.per_minute[method]
        calls = self._calls[method]
        while calls and calls[0] <= now - MINUTE:
            calls.popleft()
        free_at = calls[0] + MINUTE if most is not None and len(calls) >= most else now
        last = self._last_post.get(channel) if channel is not None else None
        return free_at if last is None else max(free_at, last + SECOND)

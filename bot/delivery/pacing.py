"""Client-side rate limiting: calls per minute for each method, and one post per second and channel.

Source: docs.slack.dev, "Rate limits": tier 2 = 20, tier 3 = 50, tier 4 = 100 calls a minute; chat.postMessage one a
second and channel, and "several hundred" a minute in a workspace.
"""

from collections import deque
from collections.abc import Mapping
from datetime import timedelta

POST, OPEN, HISTORY, PERSON = "chat.postMessage", "conversations.open", "conversations.history", "users.info"
UPLOAD, SHARE = "files.getUploadURLExternal", "files.completeUploadExternal"
REPLIES, CHANGE, REMOVE = "conversations.replies", "chat.update", "chat.delete"
PER_MINUTE: Mapping[str, int] = {
    POST: 300,
    OPEN: 50,
    HISTORY: 50,
    PERSON: 100,
    UPLOAD: 100,
    SHARE: 100,
    REPLIES: 50,
    CHANGE: 50,
    REMOVE: 50,
}
MINUTE = timedelta(minutes=1)
BETWEEN_POSTS = timedelta(seconds=1)
# Slack counts a call when it arrives, we when it is answered, which is later, so an allowed call is never early. The
# margin only covers rounding.
MARGIN = timedelta(milliseconds=20)


class Pacer:
    """Tracks when each method may be called next, in monotonic time. Knows only the calls that are reported to it."""

    def __init__(self, per_minute: Mapping[str, int] = PER_MINUTE) -> None:
        self.per_minute = per_minute
        self._calls: dict[str, deque[timedelta]] = {method: deque(maxlen=limit) for method, limit in per_minute.items()}
        self._last_post: dict[str, timedelta] = {}
        self._not_before: dict[str, timedelta] = {}

    def ready_at(self, method: str, now: timedelta, channel: str | None = None) -> timedelta:
        """Return the earliest moment, from `now` on, at which the call is within all limits."""
        moments = [now]
        if method in self._not_before:
            moments.append(self._not_before[method])
        calls = self._calls[method]
        if len(calls) == calls.maxlen:
            moments.append(calls[0] + MINUTE + MARGIN)
        if channel in self._last_post:
            moments.append(self._last_post[channel] + BETWEEN_POSTS + MARGIN)
        return max(moments)

    def called(self, method: str, at: timedelta, channel: str | None = None) -> None:
        """Record a call when it is answered, with whatever result."""
        self._calls[method].append(at)
        if channel is not None:
            self._forget_old_posts(at)
            self._last_post[channel] = at

    def wait(self, method: str, until: timedelta) -> None:
        """Apply a Retry-After, which concerns this method only."""
        self._not_before[method] = max(until, self._not_before.get(method, until))

    def _forget_old_posts(self, now: timedelta) -> None:
        if len(self._last_post) > 5000:
            self._last_post = {one: at for one, at in self._last_post.items() if now - at < MINUTE}

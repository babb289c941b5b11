"""A lease in the database elects the one process that sends. Its holder renews it with heartbeats.

No wall clock is involved: the holder measures the time since its last heartbeat, and the others the time for which
they saw none, each by a monotonic clock. Every takeover starts a new epoch (fencing token): results of messages claimed
in an older epoch are not recorded as usual.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Protocol

from bot.core.work import Bot, Work
from storage import workspaces

LEASE = timedelta(seconds=30)
"""Timeout after which another process takes over."""
BEAT_EVERY = timedelta(seconds=5)
"""Heartbeat interval while idle. When sending, each claim is a heartbeat."""
HOLD = timedelta(seconds=10)
"""Longest age of the last heartbeat at which a request may start. It times out after 10 seconds; 10 are margin."""


class LostLeaseError(Exception):
    """Another process may be the holder now, so no Slack call is allowed."""


class ProcessLock(Protocol):
    def acquire(self) -> bool: ...
    def release(self) -> None: ...


class Lease:
    def __init__(
        self, bot: Bot, holder: str, taken_over: Callable[[Work, bool], None], lock: ProcessLock | None = None
    ) -> None:
        """`taken_over` runs in the transaction of a takeover; its flag is True if this process was the last holder.

        `lock`: on a single machine, an operating system lock that decides alone: no takeover while another process has
        it, and an immediate one when it is free.
        """
        self.bot, self.holder, self.taken_over, self.lock = bot, holder, taken_over, lock
        self.epoch: int | None = None
        self._renewed_at = self._seen_at = timedelta()
        self._seen: tuple[str, int, int] | None = None

    @property
    def is_held(self) -> bool:
        return self.epoch is not None

    @property
    def age(self) -> timedelta:
        """Return the time since the last heartbeat started."""
        return self.bot.clock.monotonic() - self._renewed_at

    def hold(self) -> bool:
        """Renew or acquire the lease. Returns False while another process holds it."""
        if self.epoch is not None and self.age < BEAT_EVERY:
            return True
        return self.beat() or self.take_over()

    def beat(self) -> bool:
        if self.epoch is None:
            return False
        try:
            with self.transaction():
                return True
        except LostLeaseError:
            return False

    @contextmanager
    def transaction(self) -> Iterator[Work]:
        """Open a transaction that renews and locks the lease first. Raises LostLeaseError."""
        began = self.bot.clock.monotonic()  # Before the transaction, so that a slow database shortens the lease.
        with self.bot.begin() as work:
            if self.epoch is None or not workspaces.extend_lease(work, holder=self.holder, epoch=self.epoch):
                self.forget()
                raise LostLeaseError
            yield work
        self._renewed_at = began

    def check(self) -> None:
        """Check before a request that the lease outlasts it. Raises LostLeaseError."""
        if self.epoch is None or self.age > HOLD:
            self.beat()
        if self.epoch is None or self.age > HOLD:
            raise LostLeaseError

    def confirm(self) -> None:
        """Check as before a request, but always against the database. Raises LostLeaseError."""
        if not self.beat() or self.age > HOLD:
            raise LostLeaseError

    def take_over(self) -> bool:
        now, seen = self.bot.clock.monotonic(), self.look()
        if seen != self._seen:
            self._seen, self._seen_at = seen, now
        if not self.may_take_over(now):
            return False
        with self.bot.begin() as work:
            epoch = workspaces.take_lease(work, holder=self.holder, seen=seen[1:] if seen else None)
            if epoch is not None:
                self.taken_over(work, seen is not None and seen[0] == self.holder)
        self.epoch, self._renewed_at = epoch, now
        return epoch is not None

    def look(self) -> tuple[str, int, int] | None:
        with self.bot.look() as work:
            lease = workspaces.lease(work)
            return (lease.holder, lease.epoch, lease.beat) if lease is not None else None

    def may_take_over(self, now: timedelta) -> bool:
        if self.lock is not None:
            return self.lock.acquire()
        if self._seen is None or self._seen[0] in (workspaces.FREE, self.holder):
            return True
        return now - self._seen_at >= LEASE

    def forget(self) -> None:
        """Drop the lease locally. The next acquisition recovers messages in flight, as after a crash."""
        self.epoch = None

    def give_up(self) -> None:
        """Release the lease, so that another process can take over at once."""
        if self.epoch is not None:
            with self.bot.begin() as work:
                workspaces.give_up_lease(work, holder=self.holder, epoch=self.epoch)
        self.forget()
        if self.lock is not None:
            self.lock.release()

"""Of several processes one sends: the holder of a lease, which beats in the database as long as it lives.

No wall clock decides anything here. The holder counts its own time since its last beat, and all others for how long
they saw no beat, each by a monotonic clock. Every takeover begins a new epoch: what was claimed in an older one can no
longer be noted as if nothing had happened.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Protocol

from bot.core.work import Bot, Work
from storage import workspaces

LEASE = timedelta(seconds=30)
"""Another process takes over after so much silence."""
BEAT_EVERY = timedelta(seconds=5)
"""While there is nothing to send. With messages to send, each claim beats."""
HOLD = timedelta(seconds=10)
"""So long after its last beat began a process may begin a request. It ends 10 seconds later, and 10 are to spare."""


class LostLeaseError(Exception):
    """Another process may carry now, so nothing may be asked of Slack."""


class ProcessLock(Protocol):
    def acquire(self) -> bool: ...
    def release(self) -> None: ...


class Lease:
    def __init__(
        self, bot: Bot, holder: str, taken_over: Callable[[Work, bool], None], lock: ProcessLock | None = None
    ) -> None:
        """`taken_over` runs in the transaction of a takeover. True: this process forgot the lease, and no other had it.

        `lock`: where all processes are on one machine, the operating system knows better who lives. Its lock then
        decides alone: while a process has it no other takes over, and when it is free one takes over at once.
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
        """The time since the last beat began."""
        return self.bot.clock.monotonic() - self._renewed_at

    def hold(self) -> bool:
        """Keep it or take it. False while another process has it."""
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
        """A transaction that beats first, which locks the lease until it ends. Raises LostLeaseError."""
        began = self.bot.clock.monotonic()  # Before the transaction: a slow database counts against us.
        with self.bot.begin() as work:
            if self.epoch is None or not workspaces.beat(work, holder=self.holder, epoch=self.epoch):
                self.forget()
                raise LostLeaseError
            yield work
        self._renewed_at = began

    def check(self) -> None:
        """Before a request. Raises LostLeaseError when the lease could end before the request does."""
        if self.epoch is None or self.age > HOLD:
            self.beat()
        if self.epoch is None or self.age > HOLD:
            raise LostLeaseError

    def confirm(self) -> None:
        """The same, by asking the database in any case."""
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
        """As if it had never been held: when it is taken next, what was being sent is looked for."""
        self.epoch = None

    def give_up(self) -> None:
        """Let another process take over at once."""
        if self.epoch is not None:
            with self.bot.begin() as work:
                workspaces.give_up_lease(work, holder=self.holder, epoch=self.epoch)
        self.forget()
        if self.lock is not None:
            self.lock.release()

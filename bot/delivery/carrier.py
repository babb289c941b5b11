"""Sends due messages from the outbox to Slack, each exactly once, in the process that holds the lease.

This module chooses the order; `sender` sends a single message, and `healer` deletes duplicates.
"""

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta

from bot.core.clients import PostingClient
from bot.core.connection import Fence, fenced
from bot.core.slack_time import SlackTime
from bot.core.work import Bot, Work
from bot.delivery import changes
from bot.delivery.calls import NotReadyError, PacedCalls, address
from bot.delivery.healer import Healer
from bot.delivery.lease import BEAT_EVERY, Lease, LostLeaseError, ProcessLock
from bot.delivery.pacing import MINUTE, OPEN, Pacer
from bot.delivery.retries import Retries
from bot.delivery.sender import Sender
from storage.kinds import Deed
from storage.outbox import sending
from storage.outbox.outgoing import Outgoing

logger = logging.getLogger(__name__)

WHEN_BROKEN = timedelta(minutes=1)
BATCH = 50


def go_on(point: str) -> None:
    """Default gate: continue."""


class Carrier:
    """The sender loop of a process. Of all processes, only the holder of the lease sends."""

    def __init__(
        self,
        bot: Bot,
        client: PostingClient,
        *,
        holder: str,
        slack_time: SlackTime | None = None,
        lock: ProcessLock | None = None,
        gate: Callable[[str], None] = go_on,
    ) -> None:
        """`gate` is called with the name of each point at which a process can stop and another go on: held, claimed,
        looked, checked, connected, written, answered, noted, listed.
        """
        self.bot, self.gate = bot, gate
        self.slack = PacedCalls(client, bot.clock, Pacer(), bot.watcher, slack_time, self.fence)
        self.lease = Lease(bot, holder, self.take_over, lock)
        self.retries = Retries(bot.clock)
        self.sender = Sender(bot, self.slack, self.lease, self.retries, gate)
        self.healer = Healer(bot, self.slack, self.lease, gate)
        self.sender.on_broken, self.sender.on_watched = self.pause, self.healer.plan
        self._broken_until = bot.clock.monotonic()
        self._stopping = threading.Event()

    def carry(self) -> datetime | None:
        """Send what may be sent now. Returns when to call again, or None if nothing is waiting."""
        if self.is_broken:
            return self.moment_of(self._broken_until)
        try:
            return self.carry_what_is_due()
        except Exception:
            # The message in flight stays in state SENDING. Reacquiring the lease recovers it, as after a crash.
            self.lease.forget()
            raise

    def carry_what_is_due(self) -> datetime | None:
        try:
            if not self.lease.hold():
                return self.now() + BEAT_EVERY
            self.gate("held")
            self.healer.heal_due(self.may_call)
            due_at = self.next_due_at()
            if due_at is None or due_at > self.now():
                return due_at
            while self.post_some() or self.open_some():
                pass
        except LostLeaseError:
            return self.now() + BEAT_EVERY
        return self.next_moment()

    def stop(self) -> None:
        """Stop after the call in progress, even if messages are waiting."""
        self._stopping.set()

    def release(self) -> None:
        """Release the lease, so that another process can take over at once."""
        self.lease.give_up()

    def now(self) -> datetime:
        return self.bot.clock.now()

    def moment_of(self, at: timedelta) -> datetime:
        """Convert monotonic time to wall-clock time."""
        return self.now() + (at - self.bot.clock.monotonic())

    @contextmanager
    def fence(self) -> Iterator[None]:
        """Guard a request with a visible effect: confirm the lease on the open connection, just before writing."""
        with fenced(Fence(self.before_writing, lambda: self.gate("written"))):
            yield

    def before_writing(self) -> None:
        self.lease.confirm()
        self.gate("connected")

    def take_over(self, work: Work, is_again: bool) -> None:
        interrupted = sending.requeue_interrupted(work)
        if interrupted:
            logger.warning("messages were interrupted and will be looked for", extra={"messages": len(interrupted)})
        if is_again:
            self.retries.note_interrupted(interrupted)
        else:
            self.start_over(work)

    def start_over(self, work: Work) -> None:
        """Reset on takeover. The previous holder may have used up some of Slack's limits: count its calls."""
        self.retries.start_over()
        self.healer.start_over()
        lately = sending.sent_between(work, since=work.now - MINUTE, until=work.now)
        for row in lately:
            if row.sent_at is not None:
                called_at = self.bot.clock.monotonic() - (work.now - row.sent_at)
                self.slack.pacer.called(changes.METHODS[row.deed][-1], called_at, address(row))
                if len(row.people) > 1 and row.deed is Deed.POST:
                    self.slack.pacer.called(OPEN, called_at)

    # Groups take two steps: open the conversation, which is idempotent, then post the message once.

    def open_some(self) -> bool:
        with self.bot.look() as work:
            rows = sending.due_to_open(work, limit=BATCH, put_off=self.retries.waiting())
        return any([self.open_one(row) for row in rows if self.may_call(OPEN)])

    def open_one(self, row: Outgoing) -> bool:
        try:
            self.sender.open(row)
        except NotReadyError:
            return False
        return True

    def post_some(self) -> bool:
        with self.bot.look() as work:
            rows = self.due_to_post(work)
        is_any_sent = any([self.sender.send(row) for row in rows if self.may_send(row)])
        return self.put_off_looks(rows) or is_any_sent

    def put_off_looks(self, rows: Sequence[Outgoing]) -> bool:
        """Defer uncertain messages while a rate limit blocks the search for them, so they don't fill the batch."""
        now, put_off = self.bot.clock.monotonic(), self.retries.waiting()
        waits = {row.id: self.ready_at(row) - now for row in rows if row.is_uncertain and row.id not in put_off}
        blocked = {message_id: wait for message_id, wait in waits.items() if wait > timedelta()}
        for message_id, wait in blocked.items():
            self.retries.put_off(message_id, wait)
        return bool(blocked)

    def due_to_post(self, work: Work) -> Sequence[Outgoing]:
        return sending.due_to_post(work, limit=BATCH, put_off=self.retries.waiting())

    # Rate limits and pauses

    @property
    def is_broken(self) -> bool:
        return self._broken_until > self.bot.clock.monotonic()

    def pause(self) -> None:
        """Pause sending: Slack refuses the installation, and therefore every message."""
        self._broken_until = self.bot.clock.monotonic() + WHEN_BROKEN

    def may_call(self, method: str, channel: str | None = None) -> bool:
        return not self.is_broken and not self._stopping.is_set() and self.slack.is_ready(method, channel)

    def may_send(self, row: Outgoing) -> bool:
        return all(self.may_call(method, address(row)) for method in changes.methods_for(row))

    def ready_at(self, row: Outgoing) -> timedelta:
        """Return when rate limits allow all calls that this message needs (monotonic)."""
        return max(self.slack.ready_at(method, address(row)) for method in changes.methods_for(row))

    def next_due_at(self) -> datetime | None:
        with self.bot.look() as work:
            return sending.next_due_at(work)

    def next_moment(self) -> datetime | None:
        """Return when the first waiting message may go: due, within rate limits and past its retry delay."""
        put_off = self.retries.waiting()
        with self.bot.look() as work:
            posts = self.due_to_post(work)
            opens = sending.due_to_open(work, limit=1, put_off=put_off)
            later = sending.first_due_after(work)
            waiting = sending.select_due(work, ids=put_off)
        ready = [self.ready_at(row) for row in posts]
        ready += [self.slack.ready_at(OPEN)] if opens else []
        ready += [put_off[message_id] for message_id in waiting]
        moments = [self.moment_of(max(at, self._broken_until)) for at in ready] + ([later] if later else [])
        return min(moments, default=None)

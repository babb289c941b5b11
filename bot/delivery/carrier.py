"""Carries decided messages to Slack, each exactly once: which goes when, in the process that holds the lease.

What is done with one message stands in `sender`, what is done about copies in `healer`.
"""

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta

from slack_sdk import WebClient

from bot.core.connection import Fence, fenced
from bot.core.feature import Delivered, Undelivered
from bot.core.slack_time import SlackTime
from bot.core.work import Bot, Work
from bot.delivery import changes
from bot.delivery.budget import AtWork, Expected, any_time, nothing
from bot.delivery.calls import NotReadyError, PacedCalls, address
from bot.delivery.healer import Healer
from bot.delivery.lease import BEAT_EVERY, Lease, LostLeaseError, ProcessLock
from bot.delivery.pacing import MINUTE, OPEN, Pacer
from bot.delivery.retries import Retries
from bot.delivery.sender import Hooks, Sender
from storage import outbox_sending
from storage.kinds import Deed
from storage.outbox import OutboxMessage

logger = logging.getLogger(__name__)

WHEN_BROKEN = timedelta(minutes=1)
BATCH = 50


def at_once(work: Work, person_id: str) -> datetime | None:
    return None


def nobody_waits(work: Work, delivered: Delivered) -> None:
    return None


def go_on(point: str) -> None:
    """No test stops the carrier here."""


class Carrier:
    """One per process; of all processes only the holder of the lease sends."""

    def __init__(
        self,
        bot: Bot,
        client: WebClient,
        told: Callable[[Work, Undelivered], None],
        *,
        holder: str,
        not_before: Callable[[Work, str], datetime | None] = at_once,
        arrived: Callable[[Work, Delivered], None] = nobody_waits,
        at_work: AtWork = any_time,
        is_expected: Expected = nothing,
        slack_time: SlackTime | None = None,
        lock: ProcessLock | None = None,
        gate: Callable[[str], None] = go_on,
    ) -> None:
        """`told` hears of messages given up, `arrived` of those that got there. `not_before` says until when a person
        is better left in peace, `at_work` when they are at work: only then they get what they did not ask for. Before
        it, what is expected of features today: what can wait leaves the day to them.

        `gate` is called with the name of each point at which a process can stop and another go on: held, claimed,
        looked, checked, connected, written, answered, noted, listed.
        """
        self.bot, self.gate = bot, gate
        self.hooks = Hooks(told, arrived, not_before, at_work, is_expected)
        self.slack = PacedCalls(client, bot.clock, Pacer(), bot.watcher, slack_time, self.fence)
        self.lease = Lease(bot, holder, self.take_over, lock)
        self.retries = Retries(bot.clock)
        self.sender = Sender(bot, self.slack, self.lease, self.retries, self.hooks, gate)
        self.healer = Healer(bot, self.slack, self.lease, self.hooks, gate)
        self.sender.on_broken, self.sender.on_watched = self.pause, self.healer.plan
        self._broken_until = bot.clock.monotonic()
        self._stopping = threading.Event()

    def carry(self) -> datetime | None:
        """Send whatever may be sent now. Returns when to come again, or None when nothing is waiting."""
        if self.is_broken:
            return self.moment_of(self._broken_until)
        try:
            return self.carry_what_is_due()
        except Exception:
            # What was being sent stays marked so. Taking the lease anew finds it, as after a crash.
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
        """Come to an end after the call that is under way, however much is still waiting."""
        self._stopping.set()

    def release(self) -> None:
        """Let another process take over at once."""
        self.lease.give_up()

    def now(self) -> datetime:
        return self.bot.clock.now()

    def moment_of(self, at: timedelta) -> datetime:
        """What the wall clock will show when the monotonic clock shows this."""
        return self.now() + (at - self.bot.clock.monotonic())

    @contextmanager
    def fence(self) -> Iterator[None]:
        """Around a request that people see: the lease is asked for on the open connection, just before the writing."""
        with fenced(Fence(self.before_writing, lambda: self.gate("written"))):
            yield

    def before_writing(self) -> None:
        self.lease.confirm()
        self.gate("connected")

    def take_over(self, work: Work, is_again: bool) -> None:
        interrupted = outbox_sending.return_interrupted(work)
        if interrupted:
            logger.warning("messages were interrupted and will be looked for", extra={"messages": len(interrupted)})
        if is_again:
            self.retries.note_interrupted(interrupted)
        else:
            self.start_over(work)

    def start_over(self, work: Work) -> None:
        """The process that carried before may have died in the middle, and has used up some of Slack's limits."""
        self.retries.start_over()
        self.healer.start_over()
        lately = outbox_sending.select_sent(work, since=work.now - MINUTE, until=work.now)
        for row in lately:
            if row.sent_at is not None and row.said_with is None:
                called_at = self.bot.clock.monotonic() - (work.now - row.sent_at)
                self.slack.pacer.called(changes.METHODS[row.deed][-1], called_at, address(row))
                if len(row.people) > 1 and row.deed is Deed.POST:
                    self.slack.pacer.called(OPEN, called_at)

    # Two steps: a group's conversation is opened, which may safely happen twice; then the message is posted, once.

    def open_some(self) -> bool:
        with self.bot.look() as work:
            rows = outbox_sending.due_to_open(work, now=work.now, limit=BATCH, put_off=self.retries.waiting())
        return any([self.open_one(row) for row in rows if self.may_call(OPEN)])

    def open_one(self, row: OutboxMessage) -> bool:
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

    def put_off_looks(self, rows: Sequence[OutboxMessage]) -> bool:
        """Messages that wait for a look must not fill the batch while Slack's limits keep them from having it."""
        now, put_off = self.bot.clock.monotonic(), self.retries.waiting()
        waits = {row.id: self.ready_at(row) - now for row in rows if row.is_uncertain and row.id not in put_off}
        blocked = {message_id: wait for message_id, wait in waits.items() if wait > timedelta()}
        for message_id, wait in blocked.items():
            self.retries.put_off(message_id, wait)
        return bool(blocked)

    def due_to_post(self, work: Work) -> Sequence[OutboxMessage]:
        return outbox_sending.due_to_post(work, now=work.now, limit=BATCH, put_off=self.retries.waiting())

    # What may go when

    @property
    def is_broken(self) -> bool:
        return self._broken_until > self.bot.clock.monotonic()

    def pause(self) -> None:
        """The installation is refused, and with it every message."""
        self._broken_until = self.bot.clock.monotonic() + WHEN_BROKEN

    def may_call(self, method: str, channel: str | None = None) -> bool:
        return not self.is_broken and not self._stopping.is_set() and self.slack.is_ready(method, channel)

    def may_send(self, row: OutboxMessage) -> bool:
        return all(self.may_call(method, address(row)) for method in changes.methods_for(row))

    def ready_at(self, row: OutboxMessage) -> timedelta:
        """When Slack's limits allow all that this message needs, by the monotonic clock."""
        return max(self.slack.ready_at(method, address(row)) for method in changes.methods_for(row))

    def next_due_at(self) -> datetime | None:
        with self.bot.look() as work:
            return outbox_sending.next_due_at(work)

    def next_moment(self) -> datetime | None:
        """When the first of the waiting messages may go: due, and allowed by Slack's limits and their own waits."""
        put_off = self.retries.waiting()
        with self.bot.look() as work:
            now = work.now
            posts = self.due_to_post(work)
            opens = outbox_sending.due_to_open(work, now=now, limit=1, put_off=put_off)
            later = outbox_sending.first_due_after(work, now=now)
            waiting = outbox_sending.select_due(work, now=now, ids=put_off)
        ready = [self.ready_at(row) for row in posts]
        ready += [self.slack.ready_at(OPEN)] if opens else []
        ready += [put_off[message_id] for message_id in waiting]
        moments = [self.moment_of(max(at, self._broken_until)) for at in ready] + ([later] if later else [])
        return min(moments, default=None)

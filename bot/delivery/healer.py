"""Heals what can't be prevented: a process that was frozen in the very moment of sending can add a copy.

What ever ended unknown is looked for after it was sent, again and again for a week, and the younger copies are deleted.
"""

import logging
from collections.abc import Callable, Sequence
from datetime import timedelta

from sqlalchemy.exc import SQLAlchemyError

from bot.core.feature import Delivered
from bot.core.work import Bot, Work
from bot.delivery import changes
from bot.delivery.calls import NotReadyError, PacedCalls, Posted, ts_order
from bot.delivery.failures import Meaning, understand
from bot.delivery.lease import BEAT_EVERY, Lease, LostLeaseError
from bot.delivery.retries import DAY, WAIT
from bot.delivery.sender import Hooks
from storage import outbox, outbox_sending
from storage.kinds import Deed, DeliveryState
from storage.outbox import OutboxMessage

logger = logging.getLogger(__name__)

LOOK_AFTER = (WAIT, timedelta(minutes=10), timedelta(hours=1), *[DAY] * 7)
"""The time before each look. In them anything that Slack is still to carry out, or a frozen process to write, shows."""
BATCH = 50
"""Messages looked for in one turn: no more histories may be read in a minute."""


class Healer:
    def __init__(self, bot: Bot, slack: PacedCalls, lease: Lease, hooks: Hooks, gate: Callable[[str], None]) -> None:
        self.bot, self.slack, self.lease, self.hooks, self.gate = bot, slack, lease, hooks, gate
        self._plans: dict[int, tuple[int, timedelta]] = {}
        """For each watched message the number of its next look, and when that is due."""
        self._next_search = self._took_over_at = bot.clock.monotonic()

    def start_over(self) -> None:
        """A new holder looks once at all that are watched, and goes on with their looks from there."""
        self._plans.clear()
        self._next_search = self._took_over_at = self.bot.clock.monotonic()

    def plan(self, message_id: int, looks: int) -> None:
        if looks:
            self._plans[message_id] = looks, self.bot.clock.monotonic() + LOOK_AFTER[looks - 1]

    def heal_due(self, may_call: Callable[[str], bool]) -> None:
        now = self.bot.clock.monotonic()
        if now < self._next_search:
            return
        self._next_search = now + BEAT_EVERY
        for row in self.find_due(now):
            if may_call(changes.history_method(row)):
                self.heal(row)

    def next_look_at(self) -> timedelta | None:
        """When the next look is due, by the monotonic clock; None when nothing is watched."""
        moments = [self.due_at(message_id, looks) for message_id, looks in self.find_watched().items()]
        return max(min(moments), self._next_search) if moments else None

    def find_due(self, now: timedelta) -> Sequence[OutboxMessage]:
        due = [message_id for message_id, looks in self.find_watched().items() if self.due_at(message_id, looks) <= now]
        if not due:
            return []
        with self.bot.look() as work:
            return outbox_sending.get_many(work, due[:BATCH])

    def find_watched(self) -> dict[int, int]:
        """Ids of the watched messages, each with the number of its next look."""
        with self.bot.look() as work:
            watched = outbox_sending.watched_looks(work)
        self._plans = {message_id: plan for message_id, plan in self._plans.items() if message_id in watched}
        return watched

    def is_planned(self, message_id: int, looks: int) -> bool:
        """False when this process does not know of the watch: the one before began it, or a late author asks again."""
        return message_id in self._plans and self._plans[message_id][0] == looks

    def due_at(self, message_id: int, looks: int) -> timedelta:
        return self._plans[message_id][1] if self.is_planned(message_id, looks) else self._took_over_at + WAIT

    def heal(self, row: OutboxMessage) -> None:
        if row.deed is not Deed.POST:
            self.repeat(row)
            return
        try:
            copies = self.slack.copies(row)
            self.gate("listed")
            for copy in self.note_copies(row, copies):
                self.slack.remove(copy)
                logger.warning("a copy of a message was deleted", extra={"message_id": row.id})
        except (SQLAlchemyError, LostLeaseError, NotReadyError) as error:
            if not isinstance(error, NotReadyError):
                raise
        except Exception as error:
            failure = understand(error)
            logger.warning("copies can't be looked for", extra={"code": failure.code, "message_id": row.id})
            if failure.meaning is Meaning.LASTING or failure.code == "missing_scope":
                self.note_copies(row, [])  # It stays so: the looks go on, and end.
            else:
                self.plan(row.id, row.looks)

    def note_copies(self, row: OutboxMessage, copies: list[Posted]) -> list[Posted]:
        """Plan the next look. Returns the copies to delete."""
        with self.lease.transaction() as work:
            watched = outbox_sending.get_locked(work, row.id)
            if watched is None or watched.state is not row.state:
                return []
            if watched.state is DeliveryState.CANCELLED and watched.shares:
                watched.looks = 0  # Its post has the words of others, which stay.
                return []
            stays = self.should_stay(work, watched)
            if copies and stays:
                self.move_to_oldest(work, watched, copies[0])
            extra = copies[1:] if stays else copies
            watched.looks = 1 if extra else self.next_look(watched)
            self.plan(watched.id, watched.looks)
        return extra

    def next_look(self, row: OutboxMessage) -> int:
        if not self.is_planned(row.id, row.looks):
            return row.looks  # A new holder's look comes besides.
        return row.looks + 1 if row.looks < len(LOOK_AFTER) else 0

    def should_stay(self, work: Work, row: OutboxMessage) -> bool:
        """Whether one copy is to stay: not when the message was taken back."""
        newest = outbox.changes_of(work, key=row.key)[-1:]
        is_removed = any(change.deed is Deed.REMOVE for change in newest)
        return not is_removed and row.state is not DeliveryState.CANCELLED

    def move_to_oldest(self, work: Work, row: OutboxMessage, oldest: Posted) -> None:
        """All but the oldest copy go, so the oldest is the message from now on; it gets the newest words."""
        if row.state is not DeliveryState.SENT or (row.ts is not None and ts_order(row.ts) <= oldest.age_order):
            return
        row.conversation_id, row.ts = oldest.channel, oldest.ts
        self.hooks.delivered(work, Delivered(row.key, oldest.channel, oldest.ts or ""))
        for change in outbox.changes_of(work, key=row.key)[-1:]:
            repeat_change(change)

    def repeat(self, row: OutboxMessage) -> None:
        """An older change that Slack carried out late may stand over the newest: that is made once more."""
        with self.lease.transaction() as work:
            change = outbox_sending.get_locked(work, row.id)
            if change is None:
                return
            newest = outbox.changes_of(work, key=row.about_key or "")[-1:]
            if [one.id for one in newest] == [change.id]:
                repeat_change(change)
            change.looks = 0


def repeat_change(change: OutboxMessage) -> None:
    if change.state is DeliveryState.SENT:
        change.state, change.is_uncertain = DeliveryState.WAITING, False

"""Deletes duplicates that can't be prevented: a process suspended in the middle of sending can add a copy.

After any uncertain attempt the sent message is searched for repeatedly for a week, and younger copies are deleted.
"""

import logging
from collections.abc import Callable, Sequence
from datetime import timedelta

from sqlalchemy.exc import SQLAlchemyError

from bot.core.events import MessageDelivered
from bot.core.work import Bot, Work
from bot.delivery import changes
from bot.delivery.calls import NotReadyError, PacedCalls, Posted, ts_order
from bot.delivery.failures import Meaning, understand
from bot.delivery.lease import BEAT_EVERY, Lease, LostLeaseError
from bot.delivery.retries import DAY, WAIT
from storage.kinds import Deed, DeliveryState
from storage.outbox import outbox, sending
from storage.outbox.outbox import OutboxMessage
from storage.outbox.outgoing import Outgoing

logger = logging.getLogger(__name__)

LOOK_AFTER = (WAIT, timedelta(minutes=10), timedelta(hours=1), *[DAY] * 7)
"""Delay before each search. Requests that Slack or a suspended process carries out late show up within them."""
BATCH = 50
"""Most messages searched for at a time: the rate limit allows no more histories in a minute."""


class Healer:
    def __init__(self, bot: Bot, slack: PacedCalls, lease: Lease, gate: Callable[[str], None]) -> None:
        self.bot, self.slack, self.lease, self.gate = bot, slack, lease, gate
        self._plans: dict[int, tuple[int, timedelta]] = {}
        """Number of the next search by message id, and its due time (monotonic)."""
        self._next_search = self._took_over_at = bot.clock.monotonic()

    def start_over(self) -> None:
        """Reset on takeover: search once for each watched message, then continue its schedule."""
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
        """Return when the next search is due (monotonic); None if nothing is watched."""
        moments = [self.due_at(message_id, looks) for message_id, looks in self.find_watched().items()]
        return max(min(moments), self._next_search) if moments else None

    def find_due(self, now: timedelta) -> Sequence[Outgoing]:
        due = [message_id for message_id, looks in self.find_watched().items() if self.due_at(message_id, looks) <= now]
        if not due:
            return []
        with self.bot.look() as work:
            return sending.get_many(work, due[:BATCH])

    def find_watched(self) -> dict[int, int]:
        """Return the ids of watched messages, each with the number of its next search."""
        with self.bot.look() as work:
            watched = sending.watched_looks(work)
        self._plans = {message_id: plan for message_id, plan in self._plans.items() if message_id in watched}
        return watched

    def is_planned(self, message_id: int, looks: int) -> bool:
        """Return False if this process doesn't know the schedule: a previous holder's, or reset by a late sender."""
        return message_id in self._plans and self._plans[message_id][0] == looks

    def due_at(self, message_id: int, looks: int) -> timedelta:
        return self._plans[message_id][1] if self.is_planned(message_id, looks) else self._took_over_at + WAIT

    def heal(self, row: Outgoing) -> None:
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
                self.note_copies(row, [])  # Permanent: count it as a search, so that they end.
            else:
                self.plan(row.id, row.looks)

    def note_copies(self, row: Outgoing, copies: list[Posted]) -> list[Posted]:
        """Schedule the next search. Returns the copies to delete."""
        with self.lease.transaction() as work:
            watched = sending.get_locked(work, row.id)
            if watched is None or watched.state is not row.state:
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
            return row.looks  # The search on takeover is an extra one.
        return row.looks + 1 if row.looks < len(LOOK_AFTER) else 0

    def should_stay(self, work: Work, row: OutboxMessage) -> bool:
        """Return whether one copy should stay; none should if the message was deleted or cancelled."""
        newest = outbox.changes_of(work, key=row.key)[-1:]
        is_removed = any(change.deed is Deed.REMOVE for change in newest)
        return not is_removed and row.state is not DeliveryState.CANCELLED

    def move_to_oldest(self, work: Work, row: OutboxMessage, oldest: Posted) -> None:
        """Adopt the oldest copy as the message, since the others are deleted, and repeat the newest change on it."""
        if row.state is not DeliveryState.SENT or (row.ts is not None and ts_order(row.ts) <= oldest.age_order):
            return
        row.conversation_id, row.ts = oldest.channel, oldest.ts
        work.raise_(MessageDelivered(row.message_key, oldest.channel, oldest.ts or ""))
        for change in outbox.changes_of(work, key=row.key)[-1:]:
            reapply_change(change)

    def repeat(self, row: Outgoing) -> None:
        """Repeat the newest change: an older one that Slack carried out late may have overwritten it."""
        with self.lease.transaction() as work:
            change = sending.get_locked(work, row.id)
            if change is None:
                return
            newest = outbox.changes_of(work, key=change.about_key or "")[-1:]
            if [one.id for one in newest] == [change.id]:
                reapply_change(change)
            change.looks = 0


def reapply_change(change: OutboxMessage) -> None:
    if change.state is DeliveryState.SENT:
        change.state, change.is_uncertain = DeliveryState.WAITING, False

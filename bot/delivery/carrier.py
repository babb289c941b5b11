"""Carries decided messages to Slack, each exactly once.

Before a post the message is marked as being sent, in a transaction of its own. After a crash, or an answer that never
came, the conversation's history is searched for the message's key before it is posted again.
"""

import logging
import threading
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.core.feature import Delivered, Undelivered
from bot.core.watcher import Outcome
from bot.core.work import Bot, Work
from bot.delivery import budget, changes, files, sharing, too_long
from bot.delivery.budget import AtWork, Expected, any_time, nothing
from bot.delivery.calls import NotReadyError, PacedCalls, Posted, address
from bot.delivery.failures import ABOUT_PEOPLE, Failure, Meaning, backoff, understand
from bot.delivery.lease import LEASE, Lease
from bot.delivery.pacing import MINUTE, OPEN, Pacer
from storage import outbox_files, outbox_sending
from storage.kinds import Deed, DeliveryState, Importance
from storage.outbox import OutboxMessage

logger = logging.getLogger(__name__)

WITHOUT_HISTORY = timedelta(minutes=5)
WHEN_BROKEN = timedelta(minutes=1)
BATCH = 50
FAILURES = (SlackClientError, OSError, ValueError)


class LostLeaseError(SlackClientError):
    """Another process carries now."""


def at_once(work: Work, person_id: str) -> datetime | None:
    return None


def nobody_waits(work: Work, delivered: Delivered) -> None:
    return None


def note_later(work: Work, row: OutboxMessage, failure: Failure, *, may_be_posted: bool) -> None:
    """It waits again: until Slack's limit allows it, or a while longer after each failure."""
    uncertain = failure.meaning is Meaning.UNCERTAIN
    row.state, row.error = DeliveryState.WAITING, failure.code
    row.is_uncertain = row.is_uncertain or (uncertain and may_be_posted)
    row.first_attempt_at = row.first_attempt_at or work.now
    if uncertain:
        row.attempts += not may_be_posted
        row.due_at = work.now + backoff(row.attempts)


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
    ) -> None:
        """`told` hears of messages given up, `arrived` of those that got there. `not_before` says until when a person
        is better left in peace, `at_work` when they are at work: only then they get what they did not ask for. Before
        it, what is expected of features today: what can wait leaves the day to them.
        """
        self.bot, self.told, self.arrived = bot, told, arrived
        self.not_before, self.at_work, self.is_expected = not_before, at_work, is_expected
        self.slack = PacedCalls(client, bot.clock, Pacer(), bot.watcher)
        self.lease = Lease(bot, holder, self.take_over)
        self._broken_until: datetime | None = None
        self._stopping = threading.Event()

    def carry(self) -> datetime | None:
        """Send whatever may be sent now. Returns when to come again, or None when nothing is waiting."""
        if self._broken_until is not None and self._broken_until > self.now():
            return self._broken_until
        try:
            return self.carry_what_is_due()
        except Exception:
            # What was being sent stays marked so. Taking the lease anew finds it, as after a crash.
            self.lease.forget()
            raise

    def carry_what_is_due(self) -> datetime | None:
        if not self.lease.hold():
            return self.now() + LEASE / 3
        due_at = self.next_due_at()
        if due_at is None or due_at > self.now():
            return due_at
        while self.post_some() or self.open_some():
            pass
        return self.next_moment()

    def stop(self) -> None:
        """Come to an end after the call that is under way, however much is still waiting."""
        self._stopping.set()

    def release(self) -> None:
        """Let another process take over at once."""
        self.lease.give_up()

    def now(self) -> datetime:
        return self.bot.clock.now()

    def take_over(self, work: Work) -> None:
        """Whoever carried before may have died in the middle, and has used up some of Slack's limits."""
        interrupted = outbox_sending.return_interrupted(work.session, workspace_id=work.workspace_id)
        if interrupted:
            logger.warning("messages were interrupted and will be looked for", extra={"messages": interrupted})
        for row in outbox_sending.sent_since(work.session, workspace_id=work.workspace_id, since=work.now - MINUTE):
            if row.sent_at is not None and row.said_with is None:
                self.slack.pacer.called(changes.methods_for(row)[-1], row.sent_at, address(row))
                if len(row.people) > 1 and row.deed is Deed.POST:
                    self.slack.pacer.called(OPEN, row.sent_at)

    # Two steps: a group's conversation is opened, which may safely happen twice; then the message is posted, once.

    def open_some(self) -> bool:
        with self.bot.look() as work:
            rows = outbox_sending.due_to_open(work.session, workspace_id=work.workspace_id, now=work.now, limit=BATCH)
        return any([self.open_one(row) for row in rows if self.may_call(OPEN)])

    def open_one(self, row: OutboxMessage) -> bool:
        try:
            conversation_id = self.slack.open(row.people)
        except FAILURES as error:
            self.note_failure(row, understand(error), may_be_posted=False)
            return True
        with self.bot.begin() as work:
            work.session.get_one(OutboxMessage, row.id).conversation_id = conversation_id
        return True

    def post_some(self) -> bool:
        with self.bot.look() as work:
            rows = outbox_sending.due_to_post(work.session, workspace_id=work.workspace_id, now=work.now, limit=BATCH)
        return any([self.post_one(row) for row in rows if self.may_send(row)])

    def post_one(self, waiting: OutboxMessage) -> bool:
        row = self.claim(waiting)
        if row is None:
            return False
        try:
            found = self.find(row) if row.is_uncertain and row.deed is Deed.POST else None
            if row.is_uncertain and found is None and budget.may_wait(row):
                self.note_not_posted(row)
                return True
            posted = found or self.post(row)
        except FAILURES as error:
            self.note_failure(row, understand(error), may_be_posted=not isinstance(error, NotReadyError))
            return True
        with self.bot.begin() as work:
            for sent in sharing.on_the_way(work, row):
                self.note_sent(work, sent, posted)
        self.bot.watcher.tried(Outcome.FOUND if found else Outcome.SENT)
        return True

    def note_sent(self, work: Work, row: OutboxMessage, posted: Posted) -> None:
        row.state, row.sent_at, row.is_uncertain = DeliveryState.SENT, work.now, False
        row.conversation_id, row.ts, row.error = posted.channel, posted.ts, None
        outbox_files.drop(work.session, message_id=row.id)
        if row.deed is Deed.POST and posted.ts is not None:
            self.arrived(work, Delivered(row.key, posted.channel, posted.ts))

    def claim(self, waiting: OutboxMessage) -> OutboxMessage | None:
        # In a transaction of its own: nothing holds the database while Slack answers.
        with self.bot.begin() as work:
            budget.lock(work, waiting)
            row = outbox_sending.claim(work.session, waiting.id, now=work.now)
            if row is None or (row.is_uncertain and budget.may_wait(row)):
                return row  # What may have been posted is looked for before it has to wait.
            if row.expires_at is not None and row.expires_at <= work.now:
                row.state = DeliveryState.CANCELLED
                budget.give_back(work, row)
                return None
            if row.deed is not Deed.POST and not changes.can_be_done(work, row):
                return None
            may_go_at = self.may_go_at(work, row)
            if may_go_at > work.now:
                row.state, row.due_at, row.attempts = DeliveryState.WAITING, may_go_at, row.attempts - 1
                return None
            budget.spend(work, row)
            sharing.take_along(work, row)
        return row

    def may_go_at(self, work: Work, row: OutboxMessage) -> datetime:
        moment = budget.fits_from(work, row, self.at_work, self.is_expected)
        if len(row.people) != 1 or row.importance == Importance.ANSWER:
            return moment
        return max(moment, self.not_before(work, row.people[0]) or work.now)

    def note_not_posted(self, row: OutboxMessage) -> None:
        """It was looked for in vain: it waits like any other, and what holds for any other holds for it."""
        with self.bot.begin() as work:
            sharing.part(work, row)
            waiting = work.session.get_one(OutboxMessage, row.id)
            waiting.state, waiting.is_uncertain = DeliveryState.WAITING, False

    def post(self, row: OutboxMessage) -> Posted:
        file = files.file_of(self.bot, row)
        uploaded_id = (file.uploaded_id or files.upload(self.bot, self.slack, file)) if file is not None else None
        # Without the lease, another process may be looking for this very message and about to post it.
        if not self.lease.hold():
            raise LostLeaseError
        if row.deed is not Deed.POST:
            return changes.perform(self.slack, row)
        if file is not None and uploaded_id is not None:
            return files.share(self.slack, row, uploaded_id, file.title or file.name)
        return self.slack.post(row, sharing.words(self.bot, row))

    def find(self, row: OutboxMessage) -> Posted | None:
        file = files.file_of(self.bot, row)
        if file is not None and file.uploaded_id is None:
            return None  # Nothing was done that anybody could see.
        try:
            return self.slack.find(row, file.uploaded_id if file is not None else None)
        except SlackApiError as error:
            if understand(error).code != "missing_scope":
                raise
        # Without permission to read the history, time is all there is: what was posted would be known by now.
        if self.now() - (row.first_attempt_at or self.now()) < WITHOUT_HISTORY:
            raise NotReadyError
        return None

    # Failures

    def note_failure(self, row: OutboxMessage, failure: Failure, *, may_be_posted: bool) -> None:
        logger.warning("Slack did not take a message", extra={"code": failure.code, "message_id": row.id})
        uncertain = failure.meaning is Meaning.UNCERTAIN
        postponed = uncertain and not may_be_posted
        self.bot.watcher.tried(Outcome.LATER if postponed else Outcome[failure.meaning.name], failure.code)
        if files.is_refused(row, failure):
            files.go_on_without(self.bot, row, failure)
            return
        if failure.meaning is Meaning.LASTING:
            self.give_up(row, failure)
            return
        if failure.meaning is Meaning.OURS:
            self._broken_until = self.now() + WHEN_BROKEN
        with self.bot.begin() as work:
            for waiting in sharing.on_the_way(work, row):
                note_later(work, waiting, failure, may_be_posted=may_be_posted)
            if not waiting.is_uncertain:
                sharing.part(work, row)

    def give_up(self, row: OutboxMessage, failure: Failure) -> None:
        """Slack will never take this one: whoever needs to know is told, in the same transaction.

        Merged with others, it may be one of them that Slack refuses: then each is tried alone.
        """
        with self.bot.begin() as work:
            waiting = work.session.get_one(OutboxMessage, row.id)
            if sharing.unmerge(work, waiting):
                return
            if too_long.is_too_long(waiting, failure):
                budget.give_back(work, waiting)
                too_long.requeue_in_pieces(work, waiting)
                return
        gone = self.who_is_gone(row) if failure.code in ABOUT_PEOPLE else ()
        with self.bot.begin() as work:
            lost = work.session.get_one(OutboxMessage, row.id)
            lost.state, lost.error = DeliveryState.GIVEN_UP, failure.code
            sharing.part(work, lost)
            recipients = tuple(row.people) or (row.recipient,)
            self.told(work, Undelivered(row.key, recipients, gone, failure.code))

    def who_is_gone(self, row: OutboxMessage) -> tuple[str, ...]:
        if len(row.people) == 1:
            return tuple(row.people)
        return tuple(person for person in row.people if self.slack.is_gone(person))

    # What may go when

    def may_call(self, method: str, channel: str | None = None) -> bool:
        broken = self._broken_until is not None and self._broken_until > self.now()
        return not broken and not self._stopping.is_set() and self.slack.is_ready(method, channel)

    def may_send(self, row: OutboxMessage) -> bool:
        return all(self.may_call(method, address(row)) for method in changes.methods_for(row))

    def next_due_at(self) -> datetime | None:
        with self.bot.look() as work:
            return outbox_sending.next_due_at(work.session, workspace_id=work.workspace_id)

    def next_moment(self) -> datetime | None:
        """When the first of the waiting messages may go: due, and allowed by Slack's limits."""
        due_at = self.next_due_at()
        with self.bot.look() as work:
            posts = outbox_sending.due_to_post(work.session, workspace_id=work.workspace_id, now=work.now, limit=BATCH)
            opens = outbox_sending.due_to_open(work.session, workspace_id=work.workspace_id, now=work.now, limit=1)
        ready = self.moments_ready(posts, opens)
        later = [due_at] if due_at is not None and due_at > self.now() else []
        moment = min(ready + later, default=None)
        return moment if self._broken_until is None or moment is None else max(moment, self._broken_until)

    def moments_ready(self, posts: Sequence[OutboxMessage], opens: Sequence[OutboxMessage]) -> list[datetime]:
        moments = [
            max(self.slack.ready_at(method, address(row)) for method in changes.methods_for(row)) for row in posts
        ]
        return moments + ([self.slack.ready_at(OPEN)] if opens else [])

"""Sends one message to Slack: claim, search, check, write, record.

Each step that changes the database is a transaction of its own, so none is open while Slack responds. Results count
only in the lease epoch in which the message was claimed; a late result triggers a search for duplicates instead.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError

from bot.core.events import MessageDelivered, MessageLost
from bot.core.message import Message
from bot.core.watcher import Outcome
from bot.core.work import Bot, Work
from bot.delivery import budget, changes, files, too_long
from bot.delivery.calls import NotReadyError, PacedCalls, Posted
from bot.delivery.changes import Turn
from bot.delivery.failures import ABOUT_PEOPLE, MAY_BE_DONE, Failure, Meaning, understand
from bot.delivery.lease import Lease, LostLeaseError
from bot.delivery.retries import Retries
from bot.people.service import not_before
from storage.kinds import Deed, DeliveryState, Importance
from storage.outbox import outbox, sending
from storage.outbox.outbox import OutboxMessage
from storage.outbox.outgoing import Claimed, Outgoing, claimed

logger = logging.getLogger(__name__)

WITHOUT_HISTORY = timedelta(minutes=5)
"""Waiting time before reposting if the bot may not read the history, and so can't search for the message."""


class Sender:
    def __init__(
        self, bot: Bot, slack: PacedCalls, lease: Lease, retries: Retries, gate: Callable[[str], None]
    ) -> None:
        self.bot, self.slack, self.lease, self.retries = bot, slack, lease, retries
        self.gate = gate
        self.on_broken: Callable[[], None] = lambda: None
        """Called when Slack refuses the installation as a whole."""
        self.on_watched: Callable[[int, int], None] = lambda message_id, looks: None
        """Called with message id and number of the next search when a sent message may have duplicates."""

    def send(self, waiting: Outgoing) -> bool:
        """Send a message. Returns False if nothing could be done now. Raises LostLeaseError if the lease is lost."""
        row = self.claim(waiting)
        if row is None:
            return False
        self.gate("claimed")
        try:
            if row.is_uncertain and changes.is_looked_for(row):
                self.settle(row)
            else:
                self.write(row)
        except NotReadyError:
            self.put_back(row)
            return False  # Not worth an immediate retry.
        self.gate("noted")
        return True

    # Claim

    def claim(self, waiting: Outgoing) -> Claimed | None:
        with self.lease.transaction() as work:
            budget.lock(work, waiting)
            row = sending.claim(work, waiting.id, epoch=self.lease.epoch or 0)
            if row is None:
                return None
            if row.is_uncertain and changes.is_looked_for(row):
                return claimed(row)  # Search for a possible post before anything else.
            if not self.may_go(work, row):
                return None
            row.first_attempt_at = row.first_attempt_at or self.slack.slack_time.now() or work.now
            row.attempts += 1
            budget.use_quota(work, row)
            return claimed(row)

    def may_go(self, work: Work, row: OutboxMessage) -> bool:
        """Return whether the message may go now. Otherwise requeue or cancel it."""
        turn = changes.take_turn(work, row) if row.deed is not Deed.POST else Turn.NOW
        if turn is Turn.NEVER or (row.expires_at is not None and row.expires_at <= work.now):
            row.state = DeliveryState.CANCELLED
            budget.refund(work, row)
            return False
        if turn is Turn.LATER:
            row.state = DeliveryState.WAITING
            self.wait_for_first(work, row)
            return False
        may_go_at = self.may_go_at(work, row)
        if may_go_at > work.now:
            row.state, row.due_at = DeliveryState.WAITING, may_go_at
            return False
        return True

    def wait_for_first(self, work: Work, row: OutboxMessage) -> None:
        """Wait at least until the message that this one changes or belongs to is tried again."""
        first = outbox.message(work, key=row.about_key or "")
        if first is not None:
            row.due_at = max(row.due_at, first.due_at)
            self.retries.put_off_until_tried(row.id, first.id)

    def may_go_at(self, work: Work, row: OutboxMessage) -> datetime:
        moment = budget.earliest_allowed_at(work, row)
        if len(row.people) != 1 or row.importance == Importance.ANSWER:
            return moment
        return max(moment, not_before(work, row.people[0]) or work.now)

    # Search

    def settle(self, row: Outgoing) -> None:
        """Find out whether an uncertain attempt succeeded."""
        try:
            found = self.look(row)
        except (SQLAlchemyError, LostLeaseError, NotReadyError):
            raise
        except Exception as error:  # The history is unreadable: still uncertain.
            self.note_unreadable(row, understand(error))
            return
        self.gate("looked")
        if found is not None:
            self.note_sent(row, found, Outcome.FOUND)
        elif self.retries.may_post_again(row.id):
            self.note_not_posted(row)
        else:
            self.put_back(row)
            self.retries.put_off_look(row.id)

    def look(self, row: Outgoing) -> Posted | None:
        """Find the oldest copy of a message. Raises NotReadyError while it can't be known whether there is one."""
        uploaded_id = None
        if row.has_file:
            file = files.file_of(self.bot, row)
            uploaded_id = file.uploaded_id if file is not None else None
            if uploaded_id is None:
                return None  # Not uploaded, so not shared.
        try:
            copies = self.slack.copies(row, uploaded_id)
        except Exception as error:
            if understand(error).code != "missing_scope":
                raise
            missing = WITHOUT_HISTORY - self.retries.unknown_for(row.id)
            if missing > timedelta():
                self.retries.put_off(row.id, missing)
                raise NotReadyError from error
            return None
        if not copies:
            return None
        return Posted(copies[0].channel, None) if row.has_file else copies[0]

    def note_unreadable(self, row: Outgoing, failure: Failure) -> None:
        log_failure(row, failure)
        if failure.meaning is Meaning.OURS:
            self.on_broken()
        self.put_back(row, failure.code)
        self.retries.put_off_after_failure(row.id)

    def note_not_posted(self, row: Outgoing) -> None:
        """Requeue a message not found in history: back to WAITING, so quota and quiet hours apply again."""
        with self.bot.begin() as work:
            budget.lock(work, row)
            waiting = self.still_mine(work, row)
            if waiting is not None:
                budget.refund(work, waiting)
                waiting.state, waiting.is_uncertain = DeliveryState.WAITING, False
        self.retries.note_not_posted(row.id)

    # Check and write

    def write(self, row: Claimed) -> None:
        try:
            posted = self.perform(row)
        except (SQLAlchemyError, LostLeaseError, NotReadyError) as lost:
            if isinstance(lost, LostLeaseError):
                self.put_back(row)
            raise
        except Exception as error:  # Any other error: Slack may have the request.
            self.gate("answered")
            self.note_failure(row, understand(error))
            return
        self.gate("answered")
        self.note_sent(row, posted, Outcome.SENT)

    def perform(self, row: Claimed) -> Posted:
        """Call Slack. Raises LostLeaseError and NotReadyError only before a request with a visible effect."""
        file = files.file_of(self.bot, row) if row.deed is Deed.SHARE else None
        uploaded_id = (file.uploaded_id or files.upload(self.bot, self.slack, file)) if file is not None else ""
        self.lease.check()
        self.gate("checked")
        if row.deed is Deed.POST:
            return self.slack.post(row, Message(row.text, row.blocks))
        if file is not None:
            return files.share(self.slack, row, uploaded_id, file.title or file.name)
        return changes.perform(self.slack, row)

    # Record

    def still_mine(self, work: Work, row: Outgoing) -> OutboxMessage | None:
        """Lock the message if it is still in flight in the epoch of its claim; None otherwise."""
        found = sending.get_locked(work, row.id)
        if found is None or found.state is not DeliveryState.SENDING or found.epoch != row.epoch:
            return None
        return found

    def ask_for_look(self, work: Work, row: Outgoing) -> None:
        """Request a search for duplicates: this process wrote a request for a message that another one has now."""
        if (found := sending.get_locked(work, row.id)) is not None:
            found.looks = 1
        logger.warning("a result came too late and asks for a look", extra={"message_id": row.id})

    def note_sent(self, row: Outgoing, posted: Posted, outcome: Outcome) -> None:
        with self.bot.begin() as work:
            budget.lock(work, row)
            sent = self.still_mine(work, row)
            if sent is None:
                self.ask_for_look(work, row)
                return
            sent.state, sent.sent_at, sent.is_uncertain = DeliveryState.SENT, work.now, False
            sent.conversation_id, sent.ts, sent.error = posted.channel, posted.ts, None
            sent.looks = sent.looks if sent.deed in (Deed.POST, Deed.CHANGE) else 0
            self.retries.forget(sent.id)
            self.on_watched(sent.id, sent.looks)
            if sent.deed is Deed.POST and posted.ts is not None:
                work.raise_(MessageDelivered(sent.message_key, posted.channel, posted.ts))
        self.bot.watcher.tried(outcome)

    def put_back(self, row: Outgoing, code: str | None = None) -> None:
        """Requeue a message that was not sent. It stays as certain or uncertain as it was."""
        with self.bot.begin() as work:
            budget.lock(work, row)
            waiting = self.still_mine(work, row)
            if waiting is None:
                return
            waiting.error = code or waiting.error
            if waiting.is_uncertain and changes.is_looked_for(waiting):
                waiting.state = DeliveryState.WAITING
                return
            waiting.attempts -= 1
            waiting.first_attempt_at = waiting.first_attempt_at if waiting.attempts else None
            budget.refund(work, waiting)
            waiting.state = DeliveryState.WAITING

    def note_failure(self, row: Outgoing, failure: Failure) -> None:
        log_failure(row, failure)
        self.bot.watcher.tried(OUTCOMES[failure.meaning], failure.code)
        if failure.meaning is Meaning.OURS and not files.is_refused(row, failure):
            self.on_broken()
        if self.is_over(row, failure):
            self.give_up(row, failure)
            return
        is_unknown = failure.meaning in MAY_BE_DONE
        with self.bot.begin() as work:
            budget.lock(work, row)
            waiting = self.still_mine(work, row)
            if waiting is None:
                if is_unknown:
                    self.ask_for_look(work, row)
                return
            waiting.state, waiting.error = DeliveryState.WAITING, failure.code
            self.wait(waiting, failure)
            if is_unknown:
                waiting.is_uncertain, waiting.looks = True, 1
            else:
                budget.refund(work, waiting)

    def wait(self, row: OutboxMessage, failure: Failure) -> None:
        if failure.meaning in MAY_BE_DONE and changes.is_looked_for(row):
            self.retries.note_unknown_end(row.id)
        elif failure.meaning not in (Meaning.LATER, Meaning.OURS):  # These delay the method or everything.
            self.retries.put_off_after_failure(row.id)

    def is_over(self, row: Outgoing, failure: Failure) -> bool:
        if failure.meaning is Meaning.UNKNOWN:
            return self.retries.is_refused_for_a_day(row.id)
        return failure.meaning is Meaning.LASTING or files.is_refused(row, failure)

    def give_up(self, row: Outgoing, failure: Failure) -> None:
        """End a message that Slack permanently refuses, and call the hook in the same transaction."""
        gone = self.find_gone(row) if failure.code in ABOUT_PEOPLE else ()
        with self.bot.begin() as work:
            budget.lock(work, row)
            lost = self.still_mine(work, row)
            if lost is None:
                self.ask_for_look(work, row)
                return
            if too_long.is_too_long(lost, failure):
                budget.refund(work, lost)
                too_long.requeue_split(work, lost)
                return
            self.end_undelivered(work, lost, failure.code, gone)

    def end_undelivered(self, work: Work, lost: OutboxMessage, code: str, gone: tuple[str, ...]) -> None:
        lost.state, lost.error = DeliveryState.GIVEN_UP, code
        self.retries.forget(lost.id)
        budget.refund(work, lost)
        if lost.deed is not Deed.SHARE:  # A file's message was posted before it: nothing is missed.
            recipients = tuple(lost.people) or (lost.recipient,)
            work.raise_(MessageLost(lost.message_key, lost.deed, recipients, gone, code))

    def find_gone(self, row: Outgoing) -> tuple[str, ...]:
        if len(row.people) == 1:
            return tuple(row.people)
        return tuple(person for person in row.people if self.slack.is_gone(person))

    # A group's conversation is opened first, which is idempotent

    def open(self, row: Outgoing) -> None:
        self.lease.check()
        try:
            conversation_id = self.slack.open(row.people)
        except (SQLAlchemyError, NotReadyError):
            raise
        except Exception as error:
            self.note_not_opened(row, understand(error))
            return
        with self.bot.begin() as work:
            opened = sending.get_locked(work, row.id)
            if opened is not None:
                opened.conversation_id = conversation_id

    def note_not_opened(self, row: Outgoing, failure: Failure) -> None:
        log_failure(row, failure)
        outcome = Outcome.LATER if failure.meaning in MAY_BE_DONE else OUTCOMES[failure.meaning]
        self.bot.watcher.tried(outcome, failure.code)
        if failure.meaning is Meaning.OURS:
            self.on_broken()
        is_over = self.is_over(row, failure)
        gone = self.find_gone(row) if is_over and failure.code in ABOUT_PEOPLE else ()
        with self.lease.transaction() as work:
            waiting = sending.get_locked(work, row.id)
            if waiting is None or waiting.state is not DeliveryState.WAITING:
                return
            waiting.error = failure.code
            if is_over:
                self.end_undelivered(work, waiting, failure.code, gone)
                return
        if failure.meaning is not Meaning.LATER:  # A rate limit delays the method, not this message.
            self.retries.put_off_after_failure(row.id)


OUTCOMES = {
    Meaning.LATER: Outcome.LATER,
    Meaning.NOT_SENT: Outcome.LATER,
    Meaning.UNCERTAIN: Outcome.UNCERTAIN,
    Meaning.UNKNOWN: Outcome.UNCERTAIN,
    Meaning.LASTING: Outcome.LASTING,
    Meaning.OURS: Outcome.OURS,
}


def log_failure(row: Outgoing, failure: Failure) -> None:
    logger.warning("Slack did not take a message", extra={"code": failure.code, "message_id": row.id})

"""Brings one message to Slack: claim, look, check, write, note.

Each step that changes the database is a transaction of its own, so nothing holds the database while Slack answers. What
a step notes counts only under the lease's epoch that the message was claimed in; a result that comes too late asks for
a look instead.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError

from bot.core.feature import Delivered, Undelivered
from bot.core.message import Message
from bot.core.watcher import Outcome
from bot.core.work import Bot, Work
from bot.delivery import budget, changes, files, sharing, too_long
from bot.delivery.budget import AtWork, Expected
from bot.delivery.calls import NotReadyError, PacedCalls, Posted
from bot.delivery.changes import Turn
from bot.delivery.failures import ABOUT_PEOPLE, MAY_BE_DONE, Failure, Meaning, understand
from bot.delivery.lease import Lease, LostLeaseError
from bot.delivery.retries import Retries
from storage import outbox, outbox_sending
from storage.kinds import Deed, DeliveryState, Importance
from storage.outbox import OutboxMessage

logger = logging.getLogger(__name__)

WITHOUT_HISTORY = timedelta(minutes=5)
"""Without permission to read the history, time is all there is: what was posted would be known by then."""


@dataclass(frozen=True, slots=True)
class Hooks:
    """Where features have their say."""

    undelivered: Callable[[Work, Undelivered], None]
    delivered: Callable[[Work, Delivered], None]
    not_before: Callable[[Work, str], datetime | None]
    at_work: AtWork
    is_expected: Expected


class Sender:
    def __init__(
        self, bot: Bot, slack: PacedCalls, lease: Lease, retries: Retries, hooks: Hooks, gate: Callable[[str], None]
    ) -> None:
        self.bot, self.slack, self.lease, self.retries = bot, slack, lease, retries
        self.hooks, self.gate = hooks, gate
        self.on_broken: Callable[[], None] = lambda: None
        """Called when Slack refuses the installation, and not this message."""
        self.on_watched: Callable[[int, int], None] = lambda message_id, looks: None
        """Called when a message was sent of which there may be a copy, with the number of its next look."""

    def send(self, waiting: OutboxMessage) -> bool:
        """False when nothing could be done now. Raises LostLeaseError when another process may carry now."""
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
            return False  # Tried again at once, it would not be ready either.
        self.gate("noted")
        return True

    # Claim

    def claim(self, waiting: OutboxMessage) -> OutboxMessage | None:
        with self.lease.transaction() as work:
            budget.lock(work, waiting)
            row = outbox_sending.claim(work, waiting.id, epoch=self.lease.epoch or 0)
            if row is None or (row.is_uncertain and changes.is_looked_for(row)):
                return row  # What may have been posted is looked for first, whatever else holds for it.
            if not self.may_go(work, row):
                return None
            row.first_attempt_at = row.first_attempt_at or self.slack.slack_time.now() or work.now
            sharing.count_attempt(work, row, row)
            budget.spend(work, row)
            sharing.take_along(work, row)
        return row

    def may_go(self, work: Work, row: OutboxMessage) -> bool:
        """False: it waits again, or is over."""
        turn = changes.take_turn(work, row) if row.deed is not Deed.POST else Turn.NOW
        if turn is Turn.NEVER or (row.expires_at is not None and row.expires_at <= work.now):
            row.state = DeliveryState.CANCELLED
            budget.give_back(work, row)
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
        """What it follows has not arrived, and can't before it is tried again."""
        first = outbox.message(work, key=row.about_key or "")
        if first is not None:
            row.due_at = max(row.due_at, first.due_at)
            self.retries.put_off_until_tried(row.id, first.id)

    def may_go_at(self, work: Work, row: OutboxMessage) -> datetime:
        moment = budget.fits_from(work, row, self.hooks.at_work, self.hooks.is_expected)
        if len(row.people) != 1 or row.importance == Importance.ANSWER:
            return moment
        return max(moment, self.hooks.not_before(work, row.people[0]) or work.now)

    # Look

    def settle(self, row: OutboxMessage) -> None:
        """Find out what became of a message whose attempt ended unknown."""
        try:
            found = self.look(row)
        except (SQLAlchemyError, LostLeaseError, NotReadyError):
            raise
        except Exception as error:  # The history can't be read, or is none: nothing is known that was not before.
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

    def look(self, row: OutboxMessage) -> Posted | None:
        """The oldest copy of this message. Raises NotReadyError as long as it can't be known whether there is one."""
        uploaded_id = None
        if row.has_file:
            file = files.file_of(self.bot, row)
            uploaded_id = file.uploaded_id if file is not None else None
            if uploaded_id is None:
                return None  # Nothing was done that anyone could see.
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

    def note_unreadable(self, row: OutboxMessage, failure: Failure) -> None:
        log_failure(row, failure)
        if failure.meaning is Meaning.OURS:
            self.on_broken()
        self.put_back(row, failure.code)
        self.retries.put_off_after_failure(row.id)

    def note_not_posted(self, row: OutboxMessage) -> None:
        """It was looked for in vain, long enough: what holds for any other message holds for it again."""
        with self.bot.begin() as work:
            budget.lock(work, row)
            waiting = self.still_mine(work, row)
            if waiting is not None:
                sharing.part(work, waiting)
                waiting.state, waiting.is_uncertain = DeliveryState.WAITING, False
        self.retries.note_not_posted(row.id)

    # Check and write

    def write(self, row: OutboxMessage) -> None:
        try:
            posted = self.perform(row)
        except (SQLAlchemyError, LostLeaseError, NotReadyError) as lost:
            if isinstance(lost, LostLeaseError):
                self.put_back(row)
            raise
        except Exception as error:  # Whatever it was, Slack may have got the request.
            self.gate("answered")
            self.note_failure(row, understand(error))
            return
        self.gate("answered")
        self.note_sent(row, posted, Outcome.SENT)

    def perform(self, row: OutboxMessage) -> Posted:
        """Raises LostLeaseError and NotReadyError only where nothing was asked that anyone could see."""
        words = sharing.words(self.bot, row) if row.deed is Deed.POST else Message("")
        file = files.file_of(self.bot, row) if row.deed is Deed.SHARE else None
        uploaded_id = (file.uploaded_id or files.upload(self.bot, self.slack, file)) if file is not None else ""
        self.lease.check()
        self.gate("checked")
        if row.deed is Deed.POST:
            return self.slack.post(row, words)
        if file is not None:
            return files.share(self.slack, row, uploaded_id, file.title or file.name)
        return changes.perform(self.slack, row)

    # Note

    def still_mine(self, work: Work, row: OutboxMessage) -> OutboxMessage | None:
        """The message, locked, if it is still being sent under the epoch that it was claimed in."""
        found = outbox_sending.get_locked(work, row.id)
        if found is None or found.state is not DeliveryState.SENDING or found.epoch != row.epoch:
            return None
        return found

    def ask_for_look(self, work: Work, row: OutboxMessage) -> None:
        """Another process has the message, and this one wrote a request: there may be a copy."""
        for one in sharing.of_post(work, row):
            one.looks = 1
        logger.warning("a result came too late and asks for a look", extra={"message_id": row.id})

    def note_sent(self, row: OutboxMessage, posted: Posted, outcome: Outcome) -> None:
        with self.bot.begin() as work:
            budget.lock(work, row)
            if self.still_mine(work, row) is None:
                self.ask_for_look(work, row)
                return
            for sent in sharing.on_the_way(work, row):
                sent.state, sent.sent_at, sent.is_uncertain = DeliveryState.SENT, work.now, False
                sent.conversation_id, sent.ts, sent.error = posted.channel, posted.ts, None
                sent.looks = sent.looks if sent.deed in (Deed.POST, Deed.CHANGE) else 0
                self.retries.forget(sent.id)
                self.on_watched(sent.id, sent.looks)
                if sent.deed is Deed.POST and posted.ts is not None:
                    self.hooks.delivered(work, Delivered(sent.key, posted.channel, posted.ts))
        self.bot.watcher.tried(outcome)

    def put_back(self, row: OutboxMessage, code: str | None = None) -> None:
        """Nothing was asked of Slack: the message waits again, as certain or uncertain as it was."""
        with self.bot.begin() as work:
            budget.lock(work, row)
            waiting = self.still_mine(work, row)
            if waiting is None:
                return
            waiting.error = code or waiting.error
            if waiting.is_uncertain and changes.is_looked_for(waiting):
                waiting.state = DeliveryState.WAITING
                return
            for one in sharing.on_the_way(work, waiting):
                one.attempts -= 1
                one.first_attempt_at = one.first_attempt_at if one.attempts else None
            sharing.part(work, waiting)
            waiting.state = DeliveryState.WAITING

    def note_failure(self, row: OutboxMessage, failure: Failure) -> None:
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
            for one in sharing.on_the_way(work, waiting):
                one.state, one.error = DeliveryState.WAITING, failure.code
                if is_unknown:
                    one.is_uncertain, one.looks = True, 1
                self.wait(one, failure)
            if not is_unknown:
                sharing.part(work, waiting)

    def wait(self, row: OutboxMessage, failure: Failure) -> None:
        if failure.meaning in MAY_BE_DONE and changes.is_looked_for(row):
            self.retries.note_unknown_end(row.id)
        elif failure.meaning not in (Meaning.LATER, Meaning.OURS):  # Then others wait: the method, or all.
            self.retries.put_off_after_failure(row.id)

    def is_over(self, row: OutboxMessage, failure: Failure) -> bool:
        if failure.meaning is Meaning.UNKNOWN:
            return self.retries.is_refused_for_a_day(row.id)
        return failure.meaning is Meaning.LASTING or files.is_refused(row, failure)

    def give_up(self, row: OutboxMessage, failure: Failure) -> None:
        """Slack will never take this one: whoever needs to know is told, in the same transaction.

        Merged with others, it may be one of them that Slack refuses: then each is tried alone.
        """
        gone = self.find_gone(row) if failure.code in ABOUT_PEOPLE else ()
        with self.bot.begin() as work:
            budget.lock(work, row)
            lost = self.still_mine(work, row)
            if lost is None:
                self.ask_for_look(work, row)
                return
            if sharing.unmerge(work, lost):
                return
            if too_long.is_too_long(lost, failure):
                budget.give_back(work, lost)
                too_long.requeue_in_pieces(work, lost)
                return
            self.end_undelivered(work, lost, failure.code, gone)

    def end_undelivered(self, work: Work, lost: OutboxMessage, code: str, gone: tuple[str, ...]) -> None:
        lost.state, lost.error = DeliveryState.GIVEN_UP, code
        self.retries.forget(lost.id)
        sharing.part(work, lost)
        if lost.deed is not Deed.SHARE:  # The words of a file were posted before: no one misses anything.
            recipients = tuple(lost.people) or (lost.recipient,)
            self.hooks.undelivered(work, Undelivered(lost.key, recipients, gone, code))

    def find_gone(self, row: OutboxMessage) -> tuple[str, ...]:
        if len(row.people) == 1:
            return tuple(row.people)
        return tuple(person for person in row.people if self.slack.is_gone(person))

    # A group's conversation is opened before, which may safely happen twice

    def open(self, row: OutboxMessage) -> None:
        self.lease.check()
        try:
            conversation_id = self.slack.open(row.people)
        except (SQLAlchemyError, NotReadyError):
            raise
        except Exception as error:
            self.note_not_opened(row, understand(error))
            return
        with self.bot.begin() as work:
            opened = outbox_sending.get_locked(work, row.id)
            if opened is not None:
                opened.conversation_id = conversation_id

    def note_not_opened(self, row: OutboxMessage, failure: Failure) -> None:
        log_failure(row, failure)
        outcome = Outcome.LATER if failure.meaning in MAY_BE_DONE else OUTCOMES[failure.meaning]
        self.bot.watcher.tried(outcome, failure.code)
        if failure.meaning is Meaning.OURS:
            self.on_broken()
        is_over = self.is_over(row, failure)
        gone = self.find_gone(row) if is_over and failure.code in ABOUT_PEOPLE else ()
        with self.lease.transaction() as work:
            waiting = outbox_sending.get_locked(work, row.id)
            if waiting is None or waiting.state is not DeliveryState.WAITING:
                return
            waiting.error = failure.code
            if is_over:
                self.end_undelivered(work, waiting, failure.code, gone)
                return
        if failure.meaning is not Meaning.LATER:  # Then the method waits, and not this message.
            self.retries.put_off_after_failure(row.id)


OUTCOMES = {
    Meaning.LATER: Outcome.LATER,
    Meaning.NOT_SENT: Outcome.LATER,
    Meaning.UNCERTAIN: Outcome.UNCERTAIN,
    Meaning.UNKNOWN: Outcome.UNCERTAIN,
    Meaning.LASTING: Outcome.LASTING,
    Meaning.OURS: Outcome.OURS,
}


def log_failure(row: OutboxMessage, failure: Failure) -> None:
    logger.warning("Slack did not take a message", extra={"code": failure.code, "message_id": row.id})

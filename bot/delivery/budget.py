"""Quota for unprompted messages, enforced at send time, so that features needn't count."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from bot.core.calendar import zone_or_utc
from bot.core.events import DayPlanned
from bot.core.work import Work
from bot.delivery import rules
from bot.delivery.rules import Spent
from bot.people.service import at_work_from
from storage.kinds import Attention
from storage.outbox import attention, sending
from storage.outbox.attention import QuotaUse
from storage.outbox.outbox import OutboxMessage
from storage.outbox.outgoing import Outgoing
from storage.people import people
from storage.people.people import Person

REMEMBER = timedelta(days=8)
"""A week, plus a day for changes of time zone."""


def may_wait(row: OutboxMessage | Outgoing) -> bool:
    """Return whether the quota applies. Groups are exempt: they are introduced when their round begins."""
    return row.attention is not Attention.ASKED_FOR and len(row.people) == 1


def lock(work: Work, row: Outgoing) -> None:
    """Lock the recipient, so that quota decisions about one person are serialized.

    Call it before the message is locked: marking a person as gone locks in the same order.
    """
    if may_wait(row):
        people.lock(work, person_id=row.people[0])


def earliest_allowed_at(work: Work, row: OutboxMessage) -> datetime:
    """Return the earliest moment at which this message is within its recipient's quota."""
    if row.attempts > 0:
        refund(work, row)  # The previous attempt may have been refused.
    if not may_wait(row):
        return work.now
    [person_id] = row.people
    found = attention.uses_since(work, person_id=person_id, since=work.now - REMEMBER)
    zone, spent = zone_of(work, person_id), [as_use(one) for one in found]

    def first(spent: Sequence[Spent]) -> datetime:
        fits = rules.earliest_allowed_at(work.now, zone, spent, counts_for_week=row.attention is Attention.NUDGE)
        return at_work_from(work, person_id, fits)

    moment = first(spent)
    if moment > work.now:
        return moment
    today = Spent(work.now, work.now.astimezone(zone_or_utc(zone)).date(), counts_for_week=False)
    later = first([*spent, today])
    return later if yields_to_urgent(work, row, later) else moment


def yields_to_urgent(work: Work, row: OutboxMessage, later: datetime) -> bool:
    """Return whether a deferrable message should leave today's slot to one that can't wait until `later`.

    That one may come some hours later, or not be decided yet (a heads-up for tomorrow, for example).
    """
    if row.expires_at is not None and row.expires_at <= later:
        return False
    if sending.cannot_wait(work, row, until=later):
        return True
    if row.attention is Attention.AHEAD:
        return False
    planned = work.raise_(DayPlanned(row.people))
    return any(planned)


def nudge_quota_left(work: Work, there: Mapping[str, Person]) -> dict[str, int]:
    """Return the people who may get a nudge now, with the number of nudges each got in the last seven days."""
    return {
        person_id: sum(one.counts_for_week and one.at > work.now - rules.WEEK for one in found)
        for person_id, found in recent_uses(work, there).items()
        if rules.earliest_allowed_at(work.now, there[person_id].zone, found, counts_for_week=True) <= work.now
    }


def recent_uses(work: Work, person_ids: Iterable[str]) -> dict[str, list[Spent]]:
    spent: dict[str, list[Spent]] = {person_id: [] for person_id in person_ids}
    for one in attention.uses_of_people(work, person_ids=list(spent), since=work.now - REMEMBER):
        spent[one.person_id].append(as_use(one))
    return spent


def as_use(row: QuotaUse) -> Spent:
    return Spent(row.spent_at, row.spent_on, row.attention is Attention.NUDGE)


def use_quota(work: Work, row: OutboxMessage) -> None:
    if row.attention is Attention.ASKED_FOR:
        return
    for person_id in row.people:
        work.session.add(
            QuotaUse(
                workspace_id=work.workspace_id,
                person_id=person_id,
                message_id=row.id,
                attention=row.attention,
                spent_at=work.now,
                spent_on=work.now.astimezone(zone_or_utc(zone_of(work, person_id))).date(),
            )
        )


def refund(work: Work, row: OutboxMessage) -> None:
    """Refund the quota of a message that was not sent after all."""
    if row.attention is not Attention.ASKED_FOR:
        attention.refund(work, person_ids=row.people, message_id=row.id)


def zone_of(work: Work, person_id: str) -> str:
    person = people.get(work, person_id=person_id)
    return person.zone if person is not None else "UTC"

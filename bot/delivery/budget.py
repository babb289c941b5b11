"""One budget for all that nobody asked for, kept in the moment of sending: whoever decided a message need not count."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from bot.core.calendar import zone_or_utc
from bot.core.work import Work
from bot.delivery import rules
from bot.delivery.rules import Spent
from storage.kinds import Attention
from storage.outbox import attention, sending
from storage.outbox.attention import SpentAttention
from storage.outbox.outbox import OutboxMessage
from storage.people import people
from storage.people.people import Person

REMEMBER = timedelta(days=8)
"""A week, and a day for whoever travels."""

AtWork = Callable[[Work, str, datetime], datetime]
"""The first moment from this one on at which the person is at work."""


Expected = Callable[[Work, str], bool]
"""Whether a feature is about to write to this person by itself, today."""


def any_time(work: Work, person_id: str, moment: datetime) -> datetime:
    return moment


def nothing(work: Work, person_id: str) -> bool:
    return False


def may_wait(row: OutboxMessage) -> bool:
    """A group is introduced when its round begins, whatever else somebody in it got that day."""
    return row.attention is not Attention.ASKED_FOR and len(row.people) == 1


def lock(work: Work, row: OutboxMessage) -> None:
    """Nobody else decides about this person until the transaction ends.

    Before the message itself is locked: whoever writes down that somebody left does it in this order.
    """
    if may_wait(row):
        people.lock(work, person_id=row.people[0])


def fits_from(work: Work, row: OutboxMessage, at_work: AtWork, is_expected: Expected = nothing) -> datetime:
    """From when on this message is within the budget of whoever gets it."""
    if row.attempts > 0:
        give_back(work, row)  # The attempt before this one may have been turned away.
    if not may_wait(row):
        return work.now
    [person_id] = row.people
    found = attention.spent_since(work, person_id=person_id, since=work.now - REMEMBER)
    zone, spent = zone_of(work, person_id), [as_spent(one) for one in found]

    def first(spent: Sequence[Spent]) -> datetime:
        fits = rules.fits_from(work.now, zone, spent, counts_for_week=row.attention is Attention.NUDGE)
        return at_work(work, person_id, fits)

    moment = first(spent)
    if moment > work.now:
        return moment
    today = Spent(work.now, work.now.astimezone(zone_or_utc(zone)).date(), counts_for_week=False)
    later = first([*spent, today])
    return later if lets_another_go_first(work, row, later, is_expected) else moment


def lets_another_go_first(work: Work, row: OutboxMessage, later: datetime, is_expected: Expected) -> bool:
    """Of a heads-up for tomorrow and a question that can as well be asked then, the heads-up goes today.

    Also when it comes some hours later, or is not decided yet: the question would take its day.
    """
    if row.expires_at is not None and row.expires_at <= later:
        return False
    if sending.cannot_wait(work, row, now=work.now, until=later):
        return True
    return row.attention is not Attention.AHEAD and is_expected(work, row.people[0])


def room_for_nudges(work: Work, there: Mapping[str, Person]) -> dict[str, int]:
    """Those of these people who may get a nudge now, each with how many they had in the last seven days."""
    return {
        person_id: sum(one.counts_for_week and one.at > work.now - rules.WEEK for one in found)
        for person_id, found in spent_lately(work, there).items()
        if rules.fits_from(work.now, there[person_id].zone, found, counts_for_week=True) <= work.now
    }


def spent_lately(work: Work, person_ids: Iterable[str]) -> dict[str, list[Spent]]:
    spent: dict[str, list[Spent]] = {person_id: [] for person_id in person_ids}
    for one in attention.spent_by_several(work, person_ids=list(spent), since=work.now - REMEMBER):
        spent[one.person_id].append(as_spent(one))
    return spent


def as_spent(row: SpentAttention) -> Spent:
    return Spent(row.spent_at, row.spent_on, row.attention is Attention.NUDGE)


def spend(work: Work, row: OutboxMessage) -> None:
    if row.attention is Attention.ASKED_FOR:
        return
    for person_id in row.people:
        work.session.add(
            SpentAttention(
                workspace_id=work.workspace_id,
                person_id=person_id,
                message_id=row.id,
                attention=row.attention,
                spent_at=work.now,
                spent_on=work.now.astimezone(zone_or_utc(zone_of(work, person_id))).date(),
            )
        )


def give_back(work: Work, row: OutboxMessage) -> None:
    """It did not go out after all."""
    if row.attention is not Attention.ASKED_FOR:
        attention.give_back(work, person_ids=row.people, message_id=row.id)


def zone_of(work: Work, person_id: str) -> str:
    person = people.get(work, person_id=person_id)
    return person.zone if person is not None else "UTC"

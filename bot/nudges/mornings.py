"""Whose working day has begun. Most people are passed over by the database: this is asked every few minutes."""

from collections.abc import Sequence
from datetime import datetime, time

from bot.core.calendar import MONDAY_TO_FRIDAY, WORKDAY_ENDS, WORKDAY_STARTS, zone_or_utc
from bot.core.work import Work
from bot.nudges import rules
from bot.people import service as people_service
from storage import nudges
from storage.nudges import NudgeCalendar, UsualDay
from storage.people.people import Person

EARLIEST, LATEST = time(6), time(21)
"""Outside of these nobody's working day is looked at."""
USUAL = UsualDay(f"{WORKDAY_STARTS:%H:%M}", f"{WORKDAY_ENDS:%H:%M}", "".join(map(str, sorted(MONDAY_TO_FRIDAY))))


def mornings_under_way(work: Work) -> dict[datetime, list[str]]:
    """The zones in which people may be at work now, by what the clocks on their walls show."""
    found: dict[datetime, list[str]] = {}
    for zone in nudges.zones(work):
        local = work.now.astimezone(zone_or_utc(zone)).replace(tzinfo=None)
        if EARLIEST <= local.time() < LATEST:
            found.setdefault(local, []).append(zone)
    return found


def is_anybody_ready(work: Work) -> bool:
    """Or may be, as far as the database can tell."""
    mornings = mornings_under_way(work).items()
    return any(next_few(work, local, zones, limit=1) for local, zones in mornings)


def next_few(
    work: Work, local: datetime, zones: Sequence[str], after: str = "", *, limit: int = nudges.AT_ONCE
) -> Sequence[Person]:
    """Of those in these zones who may be at work now and were not thought about today, so many at once."""
    return nudges.not_planned_at(work, local=local, in_zones=zones, usual=USUAL, after=after, limit=limit)


def who_is_ready(work: Work, there: Sequence[Person]) -> tuple[list[str], list[str]]:
    """Who is at work, not away, and within the days and hours that they chose; and who won't be today any more."""
    ids = [person.person_id for person in there]
    calendars = nudges.calendars(work, person_ids=ids)
    ready, not_today = list[str](), list[str]()
    for person in there:
        local, back_at = work.now.astimezone(zone_or_utc(person.zone)), there_from(work, person)
        if back_at.astimezone(local.tzinfo).date() > local.date():
            not_today.append(person.person_id)
        elif back_at <= work.now and is_wanted(calendars.get(person.person_id), local):
            ready.append(person.person_id)
    return ready, not_today


def there_from(work: Work, person: Person) -> datetime:
    """The first moment from now on at which they are at work and neither away nor in do-not-disturb."""
    later = people_service.not_before(work, person.person_id) or work.now
    return max(later, people_service.at_work_from(work, person.person_id, work.now))


def is_wanted(calendar: NudgeCalendar | None, local: datetime) -> bool:
    if calendar is None:
        return True
    return rules.is_wanted_now(local, calendar.days, calendar.from_hour, calendar.until_hour)

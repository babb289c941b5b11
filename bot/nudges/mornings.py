"""People who have begun their working day. Asked every few minutes, so the database filters out most of them."""

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
"""Local hours outside of which people are not considered."""
USUAL = UsualDay(f"{WORKDAY_STARTS:%H:%M}", f"{WORKDAY_ENDS:%H:%M}", "".join(map(str, sorted(MONDAY_TO_FRIDAY))))


def mornings_under_way(work: Work) -> dict[datetime, list[str]]:
    """Group the workspace's zones by local time, where that is within the hours of `EARLIEST` and `LATEST`."""
    found: dict[datetime, list[str]] = {}
    for zone in nudges.zones(work):
        local = work.now.astimezone(zone_or_utc(zone)).replace(tzinfo=None)
        if EARLIEST <= local.time() < LATEST:
            found.setdefault(local, []).append(zone)
    return found


def is_person_ready(work: Work) -> bool:
    """Return whether anyone may be ready, as far as the database can tell."""
    mornings = mornings_under_way(work).items()
    return any(next_few(work, local, zones, limit=1) for local, zones in mornings)


def next_few(
    work: Work, local: datetime, zones: Sequence[str], after: str = "", *, limit: int = nudges.AT_ONCE
) -> Sequence[Person]:
    """Return a batch of people in these zones, after the id `after`, who may be at work and were not planned today."""
    return nudges.unplanned_at(work, local=local, in_zones=zones, usual=USUAL, after=after, limit=limit)


def who_is_ready(work: Work, there: Sequence[Person]) -> tuple[list[str], list[str]]:
    """Return ids of people who are ready now, and of those who won't be today. People ready later are in neither."""
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
    """Return the first moment from now on at which they are at work and neither away nor in DND."""
    later = people_service.not_before(work, person.person_id) or work.now
    return max(later, people_service.at_work_from(work, person.person_id, work.now))


def is_wanted(calendar: NudgeCalendar | None, local: datetime) -> bool:
    if calendar is None:
        return True
    return rules.is_wanted_now(local, calendar.days, calendar.from_hour, calendar.until_hour)

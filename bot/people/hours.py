"""A person's working hours: their own setting, or the defaults."""

from datetime import date, time

from bot.core import holidays
from bot.core.calendar import MONDAY_TO_FRIDAY, WORKDAY_ENDS, WORKDAY_STARTS, WorkingHours, zone_or_utc
from bot.core.work import Work
from storage.people import people
from storage.people.people import Person


def today_of(work: Work, person_id: str) -> date:
    """Return today's date in the person's zone."""
    person = people.get(work, person_id=person_id)
    return work.now.astimezone(zone_or_utc(person.zone if person else "UTC")).date()


def hours_of(person: Person) -> WorkingHours:
    return WorkingHours(
        zone=person.zone,
        days=frozenset(map(int, person.working_days)) if person.working_days else MONDAY_TO_FRIDAY,
        starts=time.fromisoformat(person.day_starts) if person.day_starts else WORKDAY_STARTS,
        ends=time.fromisoformat(person.day_ends) if person.day_ends else WORKDAY_ENDS,
        country=country_of(person),
    )


def country_of(person: Person) -> str | None:
    """Return the country code for public holidays: the person's country, or the one of their time zone."""
    return person.country or holidays.of_zone(person.zone)

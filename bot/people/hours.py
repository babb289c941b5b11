"""A person's working hours: their own setting, or the defaults."""

from datetime import time

from bot.core import holidays
from bot.core.calendar import MONDAY_TO_FRIDAY, WORKDAY_ENDS, WORKDAY_STARTS, WorkingHours
from storage.people.people import Person


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

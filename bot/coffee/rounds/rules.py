"""Rules for starting late rounds and for choosing the captain. Pure functions."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.core.calendar import WORKDAY_ENDS, WORKDAY_STARTS, is_working_day

ON_TIME = timedelta(minutes=15)
TOO_LATE = timedelta(hours=24)


def may_start(due_at: datetime, now: datetime, zone: ZoneInfo) -> bool:
    """Return whether a round may start: on time, or in working hours up to a day late."""
    if now - due_at <= ON_TIME:
        return True
    local = now.astimezone(zone)
    at_work = is_working_day(local.date()) and WORKDAY_STARTS <= local.time() < WORKDAY_ENDS
    return at_work and not is_too_late(due_at, now)


def is_too_late(due_at: datetime, now: datetime) -> bool:
    return now - due_at > TOO_LATE


def captain_first(people: Sequence[str], times_captain: Mapping[str, int]) -> tuple[str, ...]:
    """Put the person first who was captain least often; ties are broken by id."""
    captain = min(people, key=lambda person: (times_captain.get(person, 0), person))
    return (captain, *(person for person in people if person != captain))

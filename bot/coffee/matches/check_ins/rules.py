"""When people are reminded of each other."""

from datetime import datetime, timedelta

from bot.core.calendar import at_wall_time, is_working_day, zone_or_utc

WAITS = 2
"""Working days without a word, before the captain is asked to begin."""


def bump_at(introduced_at: datetime, zone: str, *, before: datetime) -> datetime | None:
    """The same time of the day, two working days on; never, where the question midway comes first."""
    place = zone_or_utc(zone)
    local = introduced_at.astimezone(place)
    day, left = local.date(), WAITS
    while left:
        day += timedelta(days=1)
        left -= is_working_day(day)
    at = at_wall_time(day, local.time(), place)
    return at if at < before else None

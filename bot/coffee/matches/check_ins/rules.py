"""Timing of the reminder to the captain."""

from datetime import datetime, timedelta

from bot.core.calendar import at_wall_time, is_working_day, zone_or_utc

WAITS = 2
"""Working days without activity before the reminder."""


def bump_at(introduced_at: datetime, zone: str, *, before: datetime) -> datetime | None:
    """Return the same local time two working days later, or None if the midway check-in comes first."""
    place = zone_or_utc(zone)
    local = introduced_at.astimezone(place)
    day, left = local.date(), WAITS
    while left:
        day += timedelta(days=1)
        left -= is_working_day(day)
    at = at_wall_time(day, local.time(), place)
    return at if at < before else None

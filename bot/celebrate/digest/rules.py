"""Schedule and order of the digest."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from bot.core.calendar import at_wall_time

FRIDAY, AT = 4, time(15)
TOO_LATE = timedelta(hours=24)
Item = TypeVar("Item")


def next_digest_at(after: datetime, zone: ZoneInfo) -> datetime:
    """Return the first Friday, 15:00 in this zone, after the given moment."""
    day = friday_from(after.astimezone(zone).date())
    moment = at_wall_time(day, AT, zone)
    return moment if moment > after else at_wall_time(day + timedelta(days=7), AT, zone)


def friday_from(day: date) -> date:
    return day + timedelta(days=(FRIDAY - day.weekday()) % 7)


def in_order(items: Iterable[tuple[Item, int, datetime]]) -> list[Item]:
    """Sort (item, number of endorsing teams, time) by most teams, then by time."""
    return [item for item, _, _ in sorted(items, key=lambda one: (-one[1], one[2]))]

"""When the digest comes, and what stands first in it."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from bot.core.calendar import at_wall_time

FRIDAY, AT = 4, time(15)
TOO_LATE = timedelta(hours=24)
Item = TypeVar("Item")


def next_digest_at(after: datetime, zone: ZoneInfo) -> datetime:
    """The first Friday, 15:00 in this zone, later than this moment."""
    day = friday_from(after.astimezone(zone).date())
    moment = at_wall_time(day, AT, zone)
    return moment if moment > after else at_wall_time(day + timedelta(days=7), AT, zone)


def friday_from(day: date) -> date:
    return day + timedelta(days=(FRIDAY - day.weekday()) % 7)


def in_order(items: Iterable[tuple[Item, int, datetime]]) -> list[Item]:
    """Each with how many other teams second it and when it was said: what reached furthest first, then as it came."""
    return [item for item, _, _ in sorted(items, key=lambda one: (-one[1], one[2]))]

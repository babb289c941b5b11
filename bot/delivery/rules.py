"""Message quota per person: one quota message a day, of which three a week may be nudges."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.core.calendar import at_wall_time, zone_or_utc

WEEK = timedelta(days=7)
PER_WEEK = 3


@dataclass(frozen=True, slots=True)
class Spent:
    """A quota message that a person received."""

    at: datetime
    on: date
    """Local date in the person's time zone at that moment."""
    counts_for_week: bool


def earliest_allowed_at(now: datetime, zone: str, spent: Sequence[Spent], *, counts_for_week: bool) -> datetime:
    """Return the first moment, from `now` on, at which one more message is within the quota."""
    moments = [now, first_free_day(now, zone, spent)]
    if counts_for_week:
        this_week = sorted(one.at for one in spent if one.counts_for_week and one.at > now - WEEK)
        moments += [at + WEEK for at in this_week[-PER_WEEK:][:1] if len(this_week) >= PER_WEEK]
    return max(moments)


def first_free_day(now: datetime, zone: str, spent: Sequence[Spent]) -> datetime:
    """Return the start of the first day without a quota message, in both the time zone then and the current one."""
    place = zone_or_utc(zone)
    taken = {one.on for one in spent} | {one.at.astimezone(place).date() for one in spent}
    day = now.astimezone(place).date()
    while day in taken:
        day += timedelta(days=1)
    return at_wall_time(day, time(0), place)

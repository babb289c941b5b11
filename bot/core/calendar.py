"""Wall clocks, working days and working hours, computed in people's zones and kept in UTC."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

SATURDAY = 5
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WORKDAY_STARTS, WORKDAY_ENDS = time(9), time(17)


def zone_named(name: str) -> ZoneInfo | None:
    """The zone of the IANA data base, or None when there is none of this name."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def zone_or_utc(name: str) -> ZoneInfo:
    return zone_named(name) or ZoneInfo("UTC")


def at_wall_time(day: date, wall: time, zone: ZoneInfo) -> datetime:
    """The moment in UTC when the clock on the wall shows this time.

    When the clocks go forward and the time does not exist that day, the first moment after the gap; when they go
    back and it comes twice, the first of the two (PEP 495, fold 0).
    """
    moment = datetime.combine(day, wall, tzinfo=zone).astimezone(UTC)
    shown = moment.astimezone(zone)
    if shown.replace(tzinfo=None) == datetime.combine(day, wall):
        return moment
    return first_after_gap(moment, zone)


def first_after_gap(moment: datetime, zone: ZoneInfo) -> datetime:
    # With fold 0, a time in the gap is read with the offset from before it, so it lies after the change by as much
    # as the wall time lies in the gap: halve the interval until the change itself is found.
    low, high = moment - timedelta(hours=4), moment
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        if middle.astimezone(zone).utcoffset() == moment.astimezone(zone).utcoffset():
            high = middle
        else:
            low = middle
    return high.replace(microsecond=0)


def is_working_day(day: date) -> bool:
    return day.weekday() < SATURDAY


def working_day_before(day: date) -> date:
    day -= timedelta(days=1)
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day


def next_working_moment(
    now: datetime, zone: str, *, starts: time = WORKDAY_STARTS, ends: time = WORKDAY_ENDS
) -> datetime:
    """Now, if the person is at work; else when their next working day begins."""
    place = zone_or_utc(zone)
    local = now.astimezone(place)
    if is_working_day(local.date()) and starts <= local.time() < ends:
        return now
    day = local.date() if local.time() < starts else local.date() + timedelta(days=1)
    while not is_working_day(day):
        day += timedelta(days=1)
    return at_wall_time(day, starts, place)

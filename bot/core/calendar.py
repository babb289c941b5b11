"""Wall clocks, working days and working hours, computed in people's zones and kept in UTC."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.core.holidays import is_holiday

SATURDAY = 5
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WORKDAY_STARTS, WORKDAY_ENDS = time(9), time(17)
MONDAY_TO_FRIDAY = frozenset(range(SATURDAY))
LONG_AHEAD = 400
"""Days. Whoever works one day a week works again within it, whatever the holidays."""

Span = tuple[datetime, datetime]


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


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """Hours that end before they begin go on past midnight, and belong to the day on which they began."""

    zone: str = "UTC"
    days: frozenset[int] = MONDAY_TO_FRIDAY
    """0 is Monday."""
    starts: time = WORKDAY_STARTS
    ends: time = WORKDAY_ENDS
    country: str | None = None
    """Whose holidays are days off, by its code."""

    def works_on(self, day: date) -> bool:
        return day.weekday() in self.days and not is_holiday(self.country, day)

    def on(self, day: date) -> Span:
        """From when to when in UTC, if they work on this day."""
        place = zone_or_utc(self.zone)
        last_day = day if self.starts < self.ends else day + timedelta(days=1)
        return at_wall_time(day, self.starts, place), at_wall_time(last_day, self.ends, place)

    def spans(self, first: date, days: int) -> Iterator[Span]:
        """The working hours of so many days, without the days off."""
        for number in range(days):
            if self.works_on(day := first + timedelta(days=number)):
                yield self.on(day)

    def today(self, now: datetime) -> date:
        return now.astimezone(zone_or_utc(self.zone)).date()

    def next_moment(self, now: datetime) -> datetime:
        """Now, if they are at work; else when their next working day begins."""
        yesterday = self.today(now) - timedelta(days=1)
        return next((max(now, starts) for starts, ends in self.spans(yesterday, LONG_AHEAD) if now < ends), now)

    def are_all_holidays(self, now: datetime, days: int) -> bool:
        """Whether each of their next working days, so many of them, is a holiday."""
        today = self.today(now)
        ahead = (today + timedelta(days=number) for number in range(LONG_AHEAD))
        weekdays = (day for day in ahead if day.weekday() in self.days)
        return all(is_holiday(self.country, day) for day, _ in zip(weekdays, range(days), strict=False))


def next_working_moment(now: datetime, zone: str) -> datetime:
    """Now, or when the next working day begins, where people work as most do: for places and for programs."""
    return WorkingHours(zone).next_moment(now)

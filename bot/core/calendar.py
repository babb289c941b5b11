"""Wall-clock times, working days and working hours: computed in people's time zones, stored in UTC."""

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
"""Search horizon in days: long enough to reach the next working day of one-day-a-week schedules with holidays."""

Span = tuple[datetime, datetime]


def zone_named(name: str) -> ZoneInfo | None:
    """Look up a zone in the IANA database. Returns None if there is none of this name."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def zone_or_utc(name: str) -> ZoneInfo:
    return zone_named(name) or ZoneInfo("UTC")


def at_wall_time(day: date, wall: time, zone: ZoneInfo) -> datetime:
    """Convert a local wall-clock time to UTC.

    A time that the switch to summer time skips becomes the first moment after the gap; a time that occurs twice is
    the first of the two (PEP 495, fold 0).
    """
    moment = datetime.combine(day, wall, tzinfo=zone).astimezone(UTC)
    shown = moment.astimezone(zone)
    if shown.replace(tzinfo=None) == datetime.combine(day, wall):
        return moment
    return first_after_gap(moment, zone)


def first_after_gap(moment: datetime, zone: ZoneInfo) -> datetime:
    # With fold=0 a time in the gap gets the offset from before the switch, so it lies as far behind the switch as
    # the wall time lies inside the gap. Bisect to find the switch itself.
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
    """Weekly working hours. If `ends` is before `starts`, the shift runs past midnight and belongs to its first day."""

    zone: str = "UTC"
    days: frozenset[int] = MONDAY_TO_FRIDAY
    """Weekdays; 0 is Monday."""
    starts: time = WORKDAY_STARTS
    ends: time = WORKDAY_ENDS
    country: str | None = None
    """ISO 3166 code of the country whose public holidays are days off."""

    def works_on(self, day: date) -> bool:
        return day.weekday() in self.days and not is_holiday(self.country, day)

    def on(self, day: date) -> Span:
        """Return start and end of this day's hours in UTC, without checking that it is a working day."""
        place = zone_or_utc(self.zone)
        last_day = day if self.starts < self.ends else day + timedelta(days=1)
        return at_wall_time(day, self.starts, place), at_wall_time(last_day, self.ends, place)

    def spans(self, first: date, days: int) -> Iterator[Span]:
        """Yield the working hours of the next `days` days from `first`, skipping days off."""
        for number in range(days):
            if self.works_on(day := first + timedelta(days=number)):
                yield self.on(day)

    def today(self, now: datetime) -> date:
        return now.astimezone(zone_or_utc(self.zone)).date()

    def next_moment(self, now: datetime) -> datetime:
        """Return `now` during working hours, otherwise the start of the next working day."""
        yesterday = self.today(now) - timedelta(days=1)
        return next((max(now, starts) for starts, ends in self.spans(yesterday, LONG_AHEAD) if now < ends), now)

    def are_all_holidays(self, now: datetime, days: int) -> bool:
        """Return whether all of the next `days` working days are holidays."""
        today = self.today(now)
        ahead = (today + timedelta(days=number) for number in range(LONG_AHEAD))
        weekdays = (day for day in ahead if day.weekday() in self.days)
        return all(is_holiday(self.country, day) for day, _ in zip(weekdays, range(days), strict=False))


def next_working_moment(now: datetime, zone: str) -> datetime:
    """Return `now` or the start of the next default working day in this zone: for channels and programs."""
    return WorkingHours(zone).next_moment(now)

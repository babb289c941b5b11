"""When people of several zones could meet. Plain values in, plain values out."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from bot.core.calendar import WORKDAY_ENDS, WORKDAY_STARTS, at_wall_time, is_working_day, zone_or_utc

LENGTH = timedelta(minutes=15)
LEAST_IN_COMMON = timedelta(minutes=30)
WITHIN = timedelta(days=7)
PLACES = (Fraction(1, 6), Fraction(5, 6), Fraction(1, 3))
"""Where in the time that people share the slots lie: before noon, in the afternoon, and not at lunch."""

Span = tuple[datetime, datetime]


def three_slots(
    zones: Sequence[ZoneInfo | str], after: datetime, *, before: datetime | None = None
) -> tuple[datetime, ...]:
    """Up to three quarters of an hour in everybody's working hours, from everybody's next day on, in UTC.

    On a day each where there are so many days, and at different times of the day. None where people share less than
    half an hour. `before`: when the last of them must be over.
    """
    places = [zone if isinstance(zone, ZoneInfo) else zone_or_utc(zone) for zone in zones]
    latest = min(before or after + WITHIN, after + WITHIN)
    shared = [quarters(span) for span in in_common(places, after) if span[1] - span[0] >= LEAST_IN_COMMON]
    days = [fitting for starts in shared if (fitting := [at for at in starts if at + LENGTH <= latest])]
    if not days:
        return ()
    chosen = {pick(days[number % len(days)], place) for number, place in enumerate(PLACES)}
    return tuple(sorted(chosen))


def in_common(zones: Sequence[ZoneInfo], after: datetime) -> list[Span]:
    """The stretches of time in which all of them work."""
    common, *others = [list(working_days(zone, after)) for zone in zones]
    for days in others:
        common = [both for one in common for other in days if (both := overlap(one, other)) is not None]
    return common


def working_days(zone: ZoneInfo, after: datetime) -> Iterator[Span]:
    today = after.astimezone(zone).date()
    for number in range(1, WITHIN.days + 1):
        day = today + timedelta(days=number)
        if is_working_day(day):
            yield working_hours(day, zone)


def working_hours(day: date, zone: ZoneInfo) -> Span:
    return at_wall_time(day, WORKDAY_STARTS, zone), at_wall_time(day, WORKDAY_ENDS, zone)


def overlap(one: Span, other: Span) -> Span | None:
    starts, ends = max(one[0], other[0]), min(one[1], other[1])
    return (starts, ends) if starts < ends else None


def quarters(span: Span) -> list[datetime]:
    """The quarter hours from which on a slot fits in."""
    first = span[0] + (datetime.min.replace(tzinfo=UTC) - span[0]) % LENGTH
    return [first + number * LENGTH for number in range((span[1] - first) // LENGTH)]


def pick(starts: Sequence[datetime], place: Fraction) -> datetime:
    return starts[int(place * (len(starts) - 1) + Fraction(1, 2))]

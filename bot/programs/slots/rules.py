"""When people of several zones could meet. Plain values in, plain values out."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from fractions import Fraction

from bot.core.calendar import Span, WorkingHours

LENGTH = timedelta(minutes=15)
LEAST_IN_COMMON = timedelta(minutes=30)
WITHIN = timedelta(days=7)
PLACES = (Fraction(1, 6), Fraction(5, 6), Fraction(1, 3))
"""Where in the time that people share the slots lie: before noon, in the afternoon, and not at lunch."""


def three_slots(
    hours: Sequence[WorkingHours], after: datetime, *, before: datetime | None = None
) -> tuple[datetime, ...]:
    """Up to three quarters of an hour in everybody's working hours, from everybody's next day on, in UTC.

    On a day each where there are so many days, and at different times of the day. None where people share less than
    half an hour. `before`: when the last of them must be over.
    """
    latest = min(before or after + WITHIN, after + WITHIN)
    shared = [quarters(span) for span in in_common(hours, after) if span[1] - span[0] >= LEAST_IN_COMMON]
    days = [fitting for starts in shared if (fitting := [at for at in starts if at + LENGTH <= latest])]
    if not days:
        return ()
    chosen = {pick(days[number % len(days)], place) for number, place in enumerate(PLACES)}
    return tuple(sorted(chosen))


def share_half_an_hour(hours: Sequence[WorkingHours], after: datetime) -> bool:
    """Whether there is any time in the coming week at which all of them could meet at ease."""
    return any(span[1] - span[0] >= LEAST_IN_COMMON for span in in_common(hours, after))


def in_common(hours: Sequence[WorkingHours], after: datetime) -> list[Span]:
    """The stretches of time in which all of them work."""
    common, *others = [working_days(one, after) for one in hours]
    for days in others:
        common = [both for one in common for other in days if (both := overlap(one, other)) is not None]
    return common


def working_days(hours: WorkingHours, after: datetime) -> list[Span]:
    return list(hours.spans(hours.today(after) + timedelta(days=1), WITHIN.days))


def overlap(one: Span, other: Span) -> Span | None:
    starts, ends = max(one[0], other[0]), min(one[1], other[1])
    return (starts, ends) if starts < ends else None


def quarters(span: Span) -> list[datetime]:
    """The quarter hours from which on a slot fits in."""
    first = span[0] + (datetime.min.replace(tzinfo=UTC) - span[0]) % LENGTH
    return [first + number * LENGTH for number in range((span[1] - first) // LENGTH)]


def pick(starts: Sequence[datetime], place: Fraction) -> datetime:
    return starts[int(place * (len(starts) - 1) + Fraction(1, 2))]

"""Finds times at which people in several zones could meet. Pure functions."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from fractions import Fraction

from bot.core.calendar import Span, WorkingHours

QUARTER, HALF_HOUR = timedelta(minutes=15), timedelta(minutes=30)
LEAST_IN_COMMON = timedelta(minutes=30)
"""Minimum of shared time, or the length of the meeting if that is longer."""
WITHIN = timedelta(days=7)
APART = timedelta(hours=1)
PLACES = (Fraction(1, 6), Fraction(5, 6), Fraction(1, 3))
"""Positions of slots within the shared time: before noon and in the afternoon, not at lunch."""


def three_slots(
    hours: Sequence[WorkingHours],
    after: datetime,
    *,
    length: timedelta,
    before: datetime | None = None,
    besides: Sequence[datetime] = (),
) -> tuple[datetime, ...]:
    """Return up to three start times in UTC, from everyone's next day on, within everyone's hours to the end.

    On a day each if there are enough days, at different times of day. Empty if people don't share enough time.
    `before`: limit for the end of the meeting. `besides`: times that did not suit, to keep an hour away from.
    """
    latest = min(before or after + WITHIN, after + WITHIN)
    shared = [starts_in(span, length) for span in in_common(hours, after) if is_enough(span, length)]
    days = [fitting for starts in shared if (fitting := [at for at in starts if fits(at, length, latest, besides)])]
    if not days:
        return ()
    chosen = {pick(days[number % len(days)], place) for number, place in enumerate(PLACES)}
    return tuple(sorted(chosen))


def fits(at: datetime, length: timedelta, latest: datetime, besides: Sequence[datetime]) -> bool:
    return at + length <= latest and all(abs(at - one) >= APART for one in besides)


def share_enough(hours: Sequence[WorkingHours], after: datetime, length: timedelta) -> bool:
    """Return whether the coming week has a time at which all of them could meet."""
    return any(is_enough(span, length) and starts_in(span, length) for span in in_common(hours, after))


def is_enough(span: Span, length: timedelta) -> bool:
    return span[1] - span[0] >= max(LEAST_IN_COMMON, length)


def in_common(hours: Sequence[WorkingHours], after: datetime) -> list[Span]:
    """Return the periods in which all of them work."""
    common, *others = [working_days(one, after) for one in hours]
    for days in others:
        common = [both for one in common for other in days if (both := overlap(one, other)) is not None]
    return common


def working_days(hours: WorkingHours, after: datetime) -> list[Span]:
    return list(hours.spans(hours.today(after) + timedelta(days=1), WITHIN.days))


def overlap(one: Span, other: Span) -> Span | None:
    starts, ends = max(one[0], other[0]), min(one[1], other[1])
    return (starts, ends) if starts < ends else None


def starts_in(span: Span, length: timedelta) -> list[datetime]:
    """Return start times on quarter hours; for 30 minutes and longer, on full and half hours if one fits."""
    quarters = every(QUARTER, span, length)
    return (every(HALF_HOUR, span, length) or quarters) if length >= HALF_HOUR else quarters


def every(step: timedelta, span: Span, length: timedelta) -> list[datetime]:
    first, last = span[0] + (datetime.min.replace(tzinfo=UTC) - span[0]) % step, span[1] - length
    return [first + number * step for number in range((last - first) // step + 1)]


def pick(starts: Sequence[datetime], place: Fraction) -> datetime:
    return starts[int(place * (len(starts) - 1) + Fraction(1, 2))]

"""The rules of the budget: over any sequence of messages, travels and changes of the clocks."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.delivery.rules import PER_WEEK, WEEK, Spent, earliest_allowed_at

ZONES = ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Auckland", "Pacific/Honolulu", "UTC"]
MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)

steps = st.lists(st.tuples(st.integers(0, 60), st.sampled_from(ZONES), st.booleans()), min_size=1, max_size=60)
"""So many hours later, with the clock of this zone, there is a message: a nudge or one of a program."""


def local_day(moment, zone):
    return moment.astimezone(ZoneInfo(zone)).date()


def as_they_come(begins, messages):
    """What a person got: a message that does not fit is dropped here."""
    now, got = begins, []
    for hours, zone, is_nudge in messages:
        now += timedelta(hours=hours)
        spent = [one for one, _ in got]
        if earliest_allowed_at(now, zone, spent, counts_for_week=is_nudge) <= now:
            got.append((Spent(now, local_day(now, zone), is_nudge), zone))
    return got


begins = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 1), timezones=st.just(UTC))


@pytest.mark.slow
@given(begins, steps)
@settings(max_examples=150)
def test_nobody_gets_two_messages_on_one_of_their_days(begins, messages):
    got = as_they_come(begins, messages)

    days = [one.on for one, _ in got]
    assert len(days) == len(set(days))
    for (one, _), (other, zone) in pairwise(got):
        assert local_day(one.at, zone) != local_day(other.at, zone)


@pytest.mark.slow
@given(begins, steps)
@settings(max_examples=150)
def test_nobody_gets_a_fourth_nudge_within_seven_days(begins, messages):
    nudges = [one.at for one, _ in as_they_come(begins, messages) if one.counts_for_week]

    assert all(later - first >= WEEK for first, later in zip(nudges, nudges[PER_WEEK:], strict=False))


@pytest.mark.slow
@given(begins, steps, st.sampled_from(ZONES), st.booleans())
@settings(max_examples=150)
def test_the_moment_that_is_named_is_the_first_that_fits(begins, messages, zone, is_nudge):
    got = as_they_come(begins, messages)
    spent = [one for one, _ in got]
    now = got[-1][0].at

    moment = earliest_allowed_at(now, zone, spent, counts_for_week=is_nudge)

    assert now <= moment <= now + WEEK + timedelta(days=2)
    if is_nudge and moment > now:
        assert earliest_allowed_at(moment - timedelta(seconds=1), zone, spent, counts_for_week=True) >= moment


def test_a_message_of_a_program_takes_the_day_and_not_the_week():
    days = [MONDAY + timedelta(days=number) for number in range(4)]
    programs = [Spent(day, day.date(), counts_for_week=False) for day in days]

    assert earliest_allowed_at(days[3], "UTC", programs, counts_for_week=True) == datetime(2026, 3, 6, tzinfo=UTC)


def test_after_three_nudges_a_message_of_a_program_still_comes_and_a_nudge_does_not():
    days = [MONDAY + timedelta(days=number) for number in range(3)]
    nudges = [Spent(day, day.date(), counts_for_week=True) for day in days]
    thursday = MONDAY + timedelta(days=3)

    assert earliest_allowed_at(thursday, "UTC", nudges, counts_for_week=False) == thursday
    assert earliest_allowed_at(thursday, "UTC", nudges, counts_for_week=True) == MONDAY + WEEK


def test_whoever_flew_from_bengaluru_to_honolulu_has_had_their_tuesday():
    tuesday = datetime(2026, 3, 3, 4, tzinfo=UTC)  # 9:30 in Bengaluru, Monday evening in Honolulu.
    spent = [Spent(tuesday, tuesday.date(), counts_for_week=True)]

    fits = earliest_allowed_at(tuesday + timedelta(hours=16), "Pacific/Honolulu", spent, counts_for_week=True)

    assert fits == datetime(2026, 3, 4, 10, tzinfo=UTC)  # Midnight to Wednesday.

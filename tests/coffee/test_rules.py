from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coffee.membership.rules import NotADayError, read_until
from bot.coffee.program.rhythm import Rhythm, course_of, first_day, next_round_at
from bot.coffee.rounds.rules import captain_first, is_too_late, may_start

BERLIN = ZoneInfo("Europe/Berlin")
TODAY = date(2026, 3, 2)

rhythms = st.builds(
    lambda weeks, weekday, hour, zone, today: Rhythm(
        weeks, weekday, time(hour), ZoneInfo(zone), first_day(today, weekday)
    ),
    st.integers(1, 4),
    st.integers(0, 4),
    st.integers(0, 23),
    st.sampled_from(["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Auckland"]),
    st.dates(date(2024, 1, 1), date(2028, 1, 1)),
)
moments = st.datetimes(datetime(2024, 1, 1), datetime(2029, 1, 1), timezones=st.just(UTC))


@given(rhythms, moments)
def test_the_next_round_is_on_the_hour_and_day_that_was_promised(rhythm, after):
    start = next_round_at(rhythm, after)
    local = start.astimezone(rhythm.zone)

    assert start > after
    assert local.weekday() == rhythm.weekday
    assert local.time() == rhythm.wall_time or local.time() == time(rhythm.wall_time.hour + 1)
    assert (local.date() - rhythm.first_on).days % (7 * rhythm.every_weeks) == 0


@given(rhythms, moments)
def test_no_round_is_left_out(rhythm, after):
    start = next_round_at(rhythm, after)

    assert next_round_at(rhythm, start - timedelta(seconds=1)) == start
    following = next_round_at(rhythm, start).astimezone(rhythm.zone).date()
    assert following - start.astimezone(rhythm.zone).date() == timedelta(weeks=rhythm.every_weeks)


def test_ten_in_the_morning_stays_ten_when_the_clocks_change():
    rhythm = Rhythm(1, 0, time(10), BERLIN, date(2026, 3, 23))

    before = next_round_at(rhythm, datetime(2026, 3, 22, tzinfo=UTC))
    after = next_round_at(rhythm, before)

    assert (before.hour, after.hour) == (9, 8)


@given(rhythms, moments)
def test_a_round_has_its_moments_in_order(rhythm, after):
    course = course_of(rhythm, next_round_at(rhythm, after))

    assert course.starts_at < course.midway_at < course.ends_at
    assert course.starts_at < course.final_at < course.ends_at


@pytest.mark.parametrize(
    ("hours_late", "starts"),
    [
        (0, True),  # Tuesday 10:00
        (0.2, True),
        (3, True),
        (8, False),  # 18:00: nobody is at work
        (23.5, True),  # Wednesday 9:30
        (24.5, False),  # later than a day
    ],
)
def test_a_late_round_is_caught_up_in_working_hours_within_a_day(hours_late, starts):
    due = datetime(2026, 3, 3, 9, tzinfo=UTC)

    assert may_start(due, due + timedelta(hours=hours_late), BERLIN) is starts
    assert is_too_late(due, due + timedelta(hours=hours_late)) is (hours_late > 24)


def test_whoever_was_captain_least_often_is_captain():
    assert captain_first(["U1", "U2", "U3"], {"U1": 2, "U2": 1, "U3": 1}) == ("U2", "U1", "U3")


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("10d", date(2026, 3, 12)),
        ("2w", date(2026, 3, 16)),
        (" 2 Weeks ", date(2026, 3, 16)),
        ("1m", date(2026, 4, 1)),
        ("until 2026-05-01", date(2026, 5, 1)),
    ],
)
def test_ways_to_say_how_long(words, day):
    assert read_until(words, TODAY) == day


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("2026-03-02", "isn't in the future"),
        ("2020-01-01", "isn't in the future"),
        ("0d", "isn't in the future"),
        ("2w3d", "didn't get"),
        ("2026-02-31", "didn't get"),
        ("31.12.2026", "didn't get"),
        ("forever", "didn't get"),
        ("\uff19d", "didn't get"),
        ("9999w", "up to a year"),
        ("x" * 10_000, "didn't get"),
        ("\u202e2w", "didn't get"),
    ],
)
def test_words_that_name_no_day(words, sentence):
    with pytest.raises(NotADayError, match=sentence):
        read_until(words, TODAY)


@given(st.text(max_size=40))
def test_whatever_is_typed_gives_a_day_ahead_or_a_sentence(words):
    try:
        assert TODAY < read_until(words, TODAY) <= TODAY + timedelta(days=366)
    except NotADayError as problem:
        assert str(problem).endswith(".")

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.core.calendar import (
    at_wall_time,
    is_working_day,
    next_working_moment,
    working_day_before,
    zone_named,
)

ZONES = ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia", "UTC"]
zones = st.sampled_from(ZONES).map(ZoneInfo)
days = st.dates(date(2020, 1, 1), date(2030, 12, 31))
wall_times = st.times().map(lambda t: t.replace(second=0, microsecond=0))


@given(days, wall_times, zones)
def test_the_clock_on_the_wall_shows_the_time_that_was_asked_for(day, wall, zone):
    shown = at_wall_time(day, wall, zone).astimezone(zone)

    assert shown.replace(tzinfo=None) == datetime.combine(day, wall) or is_in_a_gap(day, wall, zone)


def is_in_a_gap(day, wall, zone):
    there = datetime.combine(day, wall, tzinfo=zone)
    return there.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != there.replace(tzinfo=None)


@given(days, zones)
def test_a_later_time_on_the_wall_is_never_an_earlier_moment(day, zone):
    moments = [at_wall_time(day, time(hour, minute), zone) for hour in range(24) for minute in (0, 30)]

    assert moments == sorted(moments)


def test_a_time_that_the_clock_change_leaves_out_is_the_first_moment_after_it():
    berlin = ZoneInfo("Europe/Berlin")

    assert at_wall_time(date(2026, 3, 29), time(2, 30), berlin) == datetime(2026, 3, 29, 1, tzinfo=UTC)


def test_a_time_that_comes_twice_is_the_first_of_the_two():
    berlin = ZoneInfo("Europe/Berlin")

    assert at_wall_time(date(2026, 10, 25), time(2, 30), berlin) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@given(st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)), st.sampled_from(ZONES))
def test_a_working_moment_is_in_working_hours_and_not_past(now, zone):
    moment = next_working_moment(now, zone)
    local = moment.astimezone(ZoneInfo(zone))

    assert now <= moment <= now + timedelta(days=4)
    assert is_working_day(local.date())
    assert time(9) <= local.time() < time(17)


@given(days)
def test_the_working_day_before_has_only_days_off_between(day):
    before = working_day_before(day)

    assert is_working_day(before)
    assert not any(is_working_day(before + timedelta(days=n)) for n in range(1, (day - before).days))


def test_names_that_are_no_zones():
    assert [zone_named(name) for name in ("", "Mars/Olympus", "../etc/passwd", "\0", "9am EDT", "x" * 5000)] == [
        None
    ] * 6

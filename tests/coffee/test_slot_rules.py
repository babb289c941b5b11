from datetime import UTC, date, datetime, time, timedelta
from itertools import combinations
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coffee.matches.slots import rules
from bot.coffee.setup.forms import LENGTHS
from bot.core.calendar import WorkingHours, is_working_day

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
ZONES = [
    "Europe/Berlin",
    "Europe/Lisbon",
    "America/New_York",
    "America/Los_Angeles",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Auckland",
    "Pacific/Apia",
    "UTC",
]
groups = st.lists(st.sampled_from(ZONES), min_size=2, max_size=4)
moments = st.datetimes(datetime(2024, 1, 1), datetime(2029, 1, 1), timezones=st.just(UTC))
lengths = st.sampled_from(LENGTHS).map(lambda minutes: timedelta(minutes=minutes))
QUARTER, HALF_HOUR = timedelta(minutes=15), timedelta(minutes=30)
weeks_of_clock_changes = st.builds(
    lambda day, minutes: datetime.combine(day, time(), UTC) + timedelta(minutes=minutes),
    st.sampled_from([date(2026, 3, 8), date(2026, 3, 29), date(2026, 4, 5), date(2026, 10, 25), date(2026, 11, 1)]),
    st.integers(-8 * 1440, 2 * 1440),
)


def three_slots(zones, after, length=QUARTER, **more):
    return rules.three_slots([WorkingHours(zone) for zone in zones], after, length=length, **more)


def in_common(zones, after):
    return rules.in_common([WorkingHours(zone) for zone in zones], after)


def shown(slots, zone="Europe/Berlin"):
    return [f"{at.astimezone(ZoneInfo(zone)):%a %H:%M}" for at in slots]


@given(groups, moments | weeks_of_clock_changes, lengths)
def test_a_slot_is_in_the_working_hours_of_everybody_on_a_later_day_within_a_week(zones, after, length):
    for at in three_slots(zones, after, length):
        assert at + length <= after + timedelta(days=7)
        for zone in zones:
            here, end = at.astimezone(ZoneInfo(zone)), (at + length).astimezone(ZoneInfo(zone))
            assert is_working_day(here.date())
            assert here.date() > after.astimezone(ZoneInfo(zone)).date()
            assert time(9) <= here.time() < end.time() <= time(17)


@given(groups, moments | weeks_of_clock_changes, lengths)
def test_slots_are_few_different_in_order_and_on_quarter_hours(zones, after, length):
    slots = three_slots(zones, after, length)

    assert len(slots) <= 3
    assert list(slots) == sorted(set(slots))
    assert all((at.minute % 15, at.second, at.microsecond) == (0, 0, 0) for at in slots)


@given(groups, moments | weeks_of_clock_changes, lengths)
def test_there_are_slots_exactly_where_people_share_half_an_hour_or_as_much_as_they_need(zones, after, length):
    spans = in_common(zones, after)
    enough = [ends for starts, ends in spans if ends - starts >= max(HALF_HOUR, length)]

    if three_slots(zones, after, length):
        assert enough
    else:
        assert [ends for ends in enough if ends <= after + timedelta(days=7)] == []


@given(groups, moments)
def test_the_order_of_people_and_asking_twice_change_nothing(zones, after):
    assert three_slots(zones, after) == three_slots(zones[::-1], after) == three_slots(set(zones), after)


@given(groups, moments | weeks_of_clock_changes)
def test_slots_are_on_different_days_where_there_are_days_enough(zones, after):
    slots = three_slots(zones, after)

    assert all(other - one >= timedelta(hours=16) for one, other in combinations(slots, 2))


def test_slots_of_two_people_in_one_place_are_spread_over_the_next_days():
    assert shown(three_slots(["Europe/Berlin"] * 2, MONDAY)) == ["Tue 10:15", "Wed 15:30", "Thu 11:30"]


def test_a_weekend_is_left_out():
    friday = datetime(2026, 3, 6, 9, tzinfo=UTC)

    assert shown(three_slots(["Europe/Berlin"] * 2, friday)) == ["Mon 10:15", "Tue 15:30", "Wed 11:30"]


def test_far_apart_people_meet_when_both_are_at_work():
    slots = three_slots(["Europe/Berlin", "America/New_York"], MONDAY)

    assert shown(slots) == ["Tue 15:15", "Wed 16:30", "Thu 15:30"]
    assert shown(slots, "America/New_York") == ["Tue 09:15", "Wed 10:30", "Thu 09:30"]


def test_the_same_people_have_another_hour_in_the_weeks_between_two_clock_changes():
    slots = three_slots(["Europe/Berlin", "America/New_York"], datetime(2026, 3, 9, 9, tzinfo=UTC))

    assert min(at.astimezone(ZoneInfo("Europe/Berlin")).time() for at in slots) == time(14, 30)


@pytest.mark.parametrize(
    "zones",
    [
        ["Europe/Berlin", "America/Los_Angeles"],  # nine hours apart
        ["America/New_York", "Asia/Kolkata"],
        ["Etc/GMT", "Etc/GMT-8"],  # one ends when the other begins
        ["Asia/Kathmandu", "Africa/Casablanca", "America/New_York"],  # each two of them might
    ],
)
def test_who_shares_less_than_half_an_hour_gets_none(zones):
    assert three_slots(zones, MONDAY) == ()


def test_where_only_one_day_is_left_the_slots_are_spread_over_it():
    slots = three_slots(["Europe/Berlin"] * 2, MONDAY, before=datetime(2026, 3, 3, 16, tzinfo=UTC))

    assert shown(slots) == ["Tue 10:15", "Tue 11:30", "Tue 15:30"]


def test_nothing_is_offered_after_the_end():
    assert three_slots(["Europe/Berlin"] * 2, MONDAY, before=datetime(2026, 3, 3, 8, 10, tzinfo=UTC)) == ()


own_hours = st.builds(
    WorkingHours,
    zone=st.sampled_from(ZONES),
    days=st.sets(st.integers(0, 6), min_size=1).map(frozenset),
    starts=st.times().map(lambda at: at.replace(minute=at.minute // 15 * 15, second=0, microsecond=0)),
    ends=st.times().map(lambda at: at.replace(minute=at.minute // 15 * 15, second=0, microsecond=0)),
    country=st.sampled_from([None, "DE", "IN"]),
)


@pytest.mark.slow
@given(st.lists(own_hours, min_size=2, max_size=3), moments | weeks_of_clock_changes, lengths)
def test_slots_keep_to_the_hours_that_people_set_for_themselves(everyone, after, length):
    for at in rules.three_slots(everyone, after, length=length):
        for hours in everyone:
            assert all(hours.next_moment(each) == each for each in minutes_from(at, length))


@given(st.lists(own_hours, min_size=2, max_size=3), moments, lengths)
def test_where_a_slot_is_offered_people_share_enough_to_meet_at_all(everyone, after, length):
    if rules.three_slots(everyone, after, length=length):
        assert rules.share_enough(everyone, after, length)


def minutes_from(at, length):
    return [at, at + length / 2, at + length - timedelta(minutes=1)]


def test_half_an_hour_and_more_begin_on_full_and_half_hours():
    assert shown(three_slots(["Europe/Berlin"] * 2, MONDAY, HALF_HOUR)) == ["Tue 10:30", "Wed 15:30", "Thu 11:30"]
    assert shown(three_slots(["Europe/Berlin"] * 2, MONDAY, timedelta(minutes=60))) == [
        "Tue 10:00",
        "Wed 15:00",
        "Thu 11:30",
    ]


def test_where_no_half_hour_fits_in_a_quarter_hour_does():
    one = WorkingHours("UTC", starts=time(9), ends=time(10, 45))
    other = WorkingHours("UTC", starts=time(10, 15), ends=time(17))

    slots = rules.three_slots([one, other], MONDAY, length=HALF_HOUR)

    assert shown(slots, "UTC") == ["Tue 10:15", "Wed 10:15", "Thu 10:15"]


def test_who_works_on_mondays_only_is_met_on_a_monday():
    mondays = WorkingHours("Europe/Berlin", days=frozenset({0}))

    slots = rules.three_slots([mondays, WorkingHours("Europe/Berlin")], MONDAY - timedelta(days=2), length=QUARTER)

    assert shown(slots) == ["Mon 10:15", "Mon 11:30", "Mon 15:30"]


def test_nobody_is_offered_a_holiday():
    maundy_thursday = datetime(2026, 4, 2, 9, tzinfo=UTC)
    slots = rules.three_slots([WorkingHours("Europe/Berlin", country="DE")] * 2, maundy_thursday, length=QUARTER)

    assert shown(slots) == ["Tue 10:15", "Wed 15:30", "Thu 09:30"]

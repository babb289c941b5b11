"""Rhythms of programs: the promises hold for every rhythm, zone, and list of days off."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.coffee.program.days_off import DaysOff
from bot.coffee.program.rhythm import (
    LAST,
    LONGEST_NOTICE,
    MOST_WEEKS,
    NTH,
    WEEKDAYS,
    Rhythm,
    course_of,
    first_day,
    heads_up_at,
    next_round_at,
    nth_weekday,
)
from bot.coffee.texts.program import NTH as NTH_WORDS
from bot.core.calendar import at_wall_time

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Auckland", "Australia/Lord_Howe"]
days = st.dates(date(2024, 1, 1), date(2028, 1, 1))
stretches = st.tuples(days, st.integers(1, 40)).map(lambda s: {s[0] + timedelta(days=n) for n in range(s[1])})
days_off = st.builds(
    lambda some, country: DaysOff(frozenset().union(*some), country),
    st.lists(stretches, max_size=6),
    st.sampled_from([None, "DE", "IN", "JP"]),
)
rhythms = st.builds(
    lambda weeks, weekday, hour, zone, today, nth, off: Rhythm(
        weeks, weekday, time(hour), ZoneInfo(zone), first_day(today, weekday), nth, off
    ),
    st.integers(1, MOST_WEEKS),
    st.integers(0, 4),
    st.integers(0, 23),
    st.sampled_from(ZONES),
    days,
    st.sampled_from([None, None, *NTH]),
    days_off,
)
moments = st.datetimes(datetime(2024, 1, 1), datetime(2029, 1, 1), timezones=st.just(UTC))


@given(rhythms, moments)
@settings(max_examples=60)
def test_a_round_is_never_on_a_day_off_and_always_at_the_promised_time(rhythm, after):
    start = next_round_at(rhythm, after)
    local = start.astimezone(rhythm.zone)

    assert start > after
    assert not rhythm.days_off.has(local.date())
    assert local.date() >= rhythm.first_on
    assert start == at_wall_time(local.date(), rhythm.wall_time, rhythm.zone)


@given(rhythms, moments)
@settings(max_examples=60)
def test_a_round_is_on_its_day_or_all_days_from_there_are_off(rhythm, after):
    day = next_round_at(rhythm, after).astimezone(rhythm.zone).date()
    regular = max(one for one in first_of(rhythm.days(day), 4) if one <= day)

    assert all(rhythm.days_off.has(regular + timedelta(days=n)) for n in range((day - regular).days))
    assert regular.weekday() == rhythm.weekday
    if rhythm.nth is None:
        assert (regular - rhythm.first_on).days % (7 * rhythm.every_weeks) == 0
    else:
        assert nth_weekday(regular.replace(day=1), rhythm.weekday, rhythm.nth) == regular


@given(rhythms, moments)
@settings(max_examples=60)
def test_without_days_off_no_round_is_left_out_or_moved(rhythm, after):
    plain = Rhythm(rhythm.every_weeks, rhythm.weekday, rhythm.wall_time, rhythm.zone, rhythm.first_on, rhythm.nth)
    start = next_round_at(plain, after)
    gap = next_round_at(plain, start).astimezone(plain.zone).date() - start.astimezone(plain.zone).date()

    assert next_round_at(plain, start - timedelta(seconds=1)) == start
    assert gap.days in ({28, 35} if plain.nth else {7 * plain.every_weeks})


@given(rhythms, moments)
@settings(max_examples=60)
def test_the_moments_of_a_round_are_in_order_whatever_is_off(rhythm, after):
    start = next_round_at(rhythm, after)
    course = course_of(rhythm, start)

    assert course.starts_at < course.midway_at < course.ends_at
    assert course.starts_at < course.final_at < course.ends_at
    assert course.ends_at - course.starts_at >= timedelta(days=2, hours=22)
    assert start - LONGEST_NOTICE <= heads_up_at(rhythm, start) < start


@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)), st.integers(0, 6), st.sampled_from(list(NTH)))
def test_the_nth_weekday_of_a_month_is_the_nth(day, weekday, nth):
    found = nth_weekday(day.replace(day=1), weekday, nth)

    assert (found.year, found.month, found.weekday()) == (day.year, day.month, weekday)
    if nth == LAST:
        assert (found + timedelta(weeks=1)).month != day.month
    else:
        assert (found.day - 1) // 7 == nth - 1


@given(rhythms)
def test_the_words_say_the_whole_rhythm_and_nothing_else(rhythm):
    read = re.fullmatch(
        r"(?:on the (?P<nth>\w+)|every(?: (?P<other>other)| (?P<weeks>\d+) weeks on)?) (?P<weekday>\w+)"
        r"(?: of each month)? at (?P<time>\d\d:\d\d) \((?P<zone>.+)\)",
        rhythm.words,
    )

    assert read is not None, rhythm.words
    assert WEEKDAYS.index(read["weekday"]) == rhythm.weekday
    assert time.fromisoformat(read["time"]) == rhythm.wall_time
    assert read["zone"] == rhythm.zone.key
    if read["nth"]:
        assert {words(): nth for nth, words in NTH_WORDS.items()}[read["nth"]] == rhythm.nth
    else:
        assert (2 if read["other"] else int(read["weeks"] or 1)) == rhythm.every_weeks


def test_a_holiday_moves_the_round_to_the_next_working_day():
    rhythm = Rhythm(1, 4, time(10), BERLIN, date(2026, 3, 27), days_off=DaysOff(country="DE"))

    good_friday = next_round_at(rhythm, datetime(2026, 3, 30, tzinfo=UTC))

    assert good_friday.astimezone(BERLIN).date() == date(2026, 4, 7)  # Easter Monday is one too.


def test_a_round_that_would_come_too_near_to_the_next_is_left_out():
    off = DaysOff(frozenset(date(2026, 12, 22) + timedelta(days=n) for n in range(11)))
    rhythm = Rhythm(1, 1, time(10), BERLIN, date(2026, 12, 1), days_off=off)

    found = []
    moment = datetime(2026, 12, 14, tzinfo=UTC)
    while len(found) < 3:
        moment = next_round_at(rhythm, moment)
        found.append(moment.astimezone(BERLIN).date())

    assert found == [date(2026, 12, 15), date(2027, 1, 5), date(2027, 1, 12)]


def first_of(regular, count):
    return [next(regular) for _ in range(count)]

"""Teams not reached, pins that are due, and how long people have to say yes."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.calendar import is_working_day
from bot.network.rules import after_working_days, is_due, unreached, without

few = settings(max_examples=60)
days = st.dates(date(2025, 1, 1), date(2027, 12, 31))
teams = st.dictionaries(st.sampled_from("ABCDEFG"), st.integers(1, 50))


@few
@given(teams, st.sets(st.sampled_from("ABCDEFG")), st.none() | st.sampled_from("ABCDEFG"))
def test_what_is_not_reached_is_neither_known_nor_ones_own_and_the_largest_comes_first(sizes, known, own):
    left = unreached(sizes, known, own)

    assert set(left) == set(sizes) - known - {own}
    assert [sizes[team] for team in left] == sorted((sizes[team] for team in left), reverse=True)


@few
@given(st.sampled_from([2, 4, 8, 13]), days, days, st.integers(0, 400))
def test_a_pin_is_due_once_its_rhythm_has_passed_since_the_last_time_and_stays_so(weeks, last_on, pinned_on, later):
    due_on = next(
        day
        for day in (pinned_on + timedelta(days=n) for n in range(-800, 1200))
        if is_due(weeks, last_on, pinned_on, day)
    )

    assert due_on >= last_on + timedelta(weeks=weeks)
    assert due_on >= pinned_on
    assert is_due(weeks, last_on, pinned_on, due_on + timedelta(days=later))


@few
@given(
    st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31)),
    st.integers(1, 11),
    st.sampled_from(["Europe/Berlin", "Asia/Kolkata", "America/New_York"]),
)
def test_so_many_working_days_lie_between_across_clock_changes_too(moment, number, zone):
    place = ZoneInfo(zone)
    now = moment.replace(tzinfo=UTC)
    until = after_working_days(now, number, place)
    first, last = now.astimezone(place).date(), until.astimezone(place).date()
    between = [first + timedelta(days=n) for n in range(1, (last - first).days + 1)]

    assert sum(map(is_working_day, between)) == number
    assert until.astimezone(place).hour == 17


@few
@given(
    st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("abcd"))),
    st.sampled_from("abcd"),
    st.sets(st.sampled_from("abcd")),
)
def test_keeping_apart_works_in_both_directions(pairs, one, others):
    apart = without(pairs, one, others)

    assert apart == {other for other in others if (one, other) in pairs or (other, one) in pairs}
    assert apart == without([(b, a) for a, b in pairs], one, others)

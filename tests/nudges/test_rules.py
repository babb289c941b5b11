from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.calendar import is_working_day
from bot.nudges.rules import (
    FEW,
    LEAST,
    MOST_IN_MESSAGE,
    SETTLING_IN,
    SHARE,
    WORTH_A_MESSAGE,
    Candidate,
    Preference,
    choose,
    has_settled_in,
    is_rested,
    whose_turn,
    worth,
)

NOW = datetime(2026, 3, 9, 8, tzinfo=UTC)

values = st.floats(0, 1)
tastes = st.builds(Preference, ignored=st.integers(0, 2), used=st.integers(0, 30), less=st.integers(0, 3))
people = st.frozensets(st.sampled_from("uvwxyz"), max_size=2)
candidates = st.lists(st.builds(Candidate, st.sampled_from("abcdef"), values, st.integers(0, 99), people), max_size=20)


@given(candidates, st.integers(0, 4))
@settings(max_examples=200)
def test_at_most_three_of_different_kinds_the_best_first_and_only_if_one_is_worth_a_message(found, this_week):
    chosen = choose(found, this_week)

    assert len(chosen) <= MOST_IN_MESSAGE
    assert len({one.kind for one in chosen}) == len(chosen)
    assert len({who for one in chosen for who in one.people}) == sum(len(one.people) for one in chosen)
    assert [one.worth for one in chosen] == sorted((one.worth for one in chosen), reverse=True)
    if chosen:
        assert chosen[0].worth == max(one.worth for one in found) >= WORTH_A_MESSAGE[this_week]
        assert chosen[-1].worth >= LEAST
    if this_week >= 3:
        assert chosen == []


@given(candidates, st.integers(0, 2), st.randoms())
@settings(max_examples=100)
def test_the_order_in_which_kinds_are_asked_changes_nothing_that_is_said(found, this_week, dice):
    mixed = list(found)
    dice.shuffle(mixed)

    assert [(one.kind, one.worth) for one in choose(mixed, this_week)] == [
        (one.kind, one.worth) for one in choose(found, this_week)
    ]


@given(values, tastes, st.integers(0, 10))
@settings(max_examples=200)
def test_ignoring_makes_a_kind_worth_less_and_using_it_never_does(value, taste, said):
    more_ignored = Preference(ignored=taste.ignored + 1, used=taste.used)
    more_used = Preference(ignored=taste.ignored, used=taste.used + 1)

    assert worth(value, more_ignored, said) <= worth(value, taste, said) <= worth(value, more_used, said)
    assert worth(value, taste, said + 1) <= worth(value, taste, said)
    assert 0 <= worth(value, taste, said) <= 1.25


def test_a_value_out_of_range_wins_nothing():
    assert worth(99.0, Preference(), 0) == worth(1.0, Preference(), 0)
    assert worth(-5.0, Preference(), 0) == 0


@given(st.integers(0, 40), tastes)
@settings(max_examples=100)
def test_a_rest_grows_and_ends(days, taste):
    shown = Preference(True, taste.ignored, taste.used, taste.less, NOW - timedelta(days=days))

    if is_rested(shown, timedelta(days=7), NOW):
        assert days >= 6.5
        assert is_rested(Preference(last_at=shown.last_at), timedelta(days=7), NOW)
    assert is_rested(shown, timedelta(days=7), NOW + timedelta(days=121))


@given(st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.integers(0, 40))
@settings(max_examples=200)
def test_a_working_week_passes_before_anyone_is_nudged_and_then_all_may_be(known_on, days):
    today = known_on + timedelta(days=days)
    worked = [day for day in (known_on + timedelta(days=one) for one in range(days)) if is_working_day(day)]

    assert has_settled_in(known_on, today) == (len(worked) >= SETTLING_IN)
    assert has_settled_in(None, today)


everyone = st.dictionaries(st.integers(0, 999).map("U{:03}".format), values, max_size=80)


@given(everyone, st.integers(0, 200), st.dates(date(2026, 1, 1), date(2026, 12, 31)))
@settings(max_examples=150)
def test_a_first_wave_is_spread_over_days_the_most_valuable_first(waiting, more, day):
    asked = len(waiting) + more
    today = whose_turn(waiting, asked, day)

    assert len(today) == min(len(waiting), max(FEW, asked // SHARE))
    later = waiting.keys() - today
    assert not later or min(waiting[one] for one in today) >= max(waiting[one] for one in later)


@given(everyone)
@settings(max_examples=50)
def test_someone_who_had_to_wait_comes_on_one_of_the_next_days(waiting):
    asked, left = len(waiting), dict(waiting)
    for number in range(SHARE + 1):
        for one in whose_turn(left, asked, date(2026, 3, 2) + timedelta(days=number)):
            del left[one]

    assert left == {}


def test_of_equal_suggestions_not_always_the_same_people_come_first():
    waiting = {f"U{number}": 0.5 for number in range(40)}

    assert len({frozenset(whose_turn(waiting, 40, date(2026, 3, day))) for day in range(2, 12)}) > 5

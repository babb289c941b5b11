from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.nudges.rules import LEAST, MOST_IN_MESSAGE, WORTH_A_MESSAGE, Candidate, Taste, choose, is_rested, worth

NOW = datetime(2026, 3, 9, 8, tzinfo=UTC)

values = st.floats(0, 1)
tastes = st.builds(Taste, ignored=st.integers(0, 2), used=st.integers(0, 30), less=st.integers(0, 3))
candidates = st.lists(st.builds(Candidate, st.sampled_from("abcdef"), values, st.integers(0, 99)), max_size=20)


@given(candidates, st.integers(0, 4))
@settings(max_examples=200, deadline=None)
def test_at_most_three_of_different_kinds_the_best_first_and_only_if_one_is_worth_a_message(found, this_week):
    chosen = choose(found, this_week)

    assert len(chosen) <= MOST_IN_MESSAGE
    assert len({one.kind for one in chosen}) == len(chosen)
    assert [one.worth for one in chosen] == sorted((one.worth for one in chosen), reverse=True)
    if chosen:
        assert chosen[0].worth == max(one.worth for one in found) >= WORTH_A_MESSAGE[this_week]
        assert chosen[-1].worth >= LEAST
    if this_week >= 3:
        assert chosen == []


@given(candidates, st.integers(0, 2), st.randoms())
@settings(max_examples=100, deadline=None)
def test_the_order_in_which_kinds_are_asked_changes_nothing_that_is_said(found, this_week, dice):
    mixed = list(found)
    dice.shuffle(mixed)

    assert [(one.kind, one.worth) for one in choose(mixed, this_week)] == [
        (one.kind, one.worth) for one in choose(found, this_week)
    ]


@given(values, tastes, st.integers(0, 10))
@settings(max_examples=200, deadline=None)
def test_ignoring_makes_a_kind_worth_less_and_using_it_never_does(value, taste, said):
    more_ignored = Taste(ignored=taste.ignored + 1, used=taste.used)
    more_used = Taste(ignored=taste.ignored, used=taste.used + 1)

    assert worth(value, more_ignored, said) <= worth(value, taste, said) <= worth(value, more_used, said)
    assert worth(value, taste, said + 1) <= worth(value, taste, said)
    assert 0 <= worth(value, taste, said) <= 1.25


def test_a_value_out_of_range_wins_nothing():
    assert worth(99.0, Taste(), 0) == worth(1.0, Taste(), 0)
    assert worth(-5.0, Taste(), 0) == 0


@given(st.integers(0, 40), tastes)
@settings(max_examples=100, deadline=None)
def test_a_rest_grows_and_ends(days, taste):
    shown = Taste(True, taste.ignored, taste.used, taste.less, NOW - timedelta(days=days))

    if is_rested(shown, timedelta(days=7), NOW):
        assert days >= 6.5
        assert is_rested(Taste(last_at=shown.last_at), timedelta(days=7), NOW)
    assert is_rested(shown, timedelta(days=7), NOW + timedelta(days=121))

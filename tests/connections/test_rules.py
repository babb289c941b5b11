"""How strong a connection is, and how it fades."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.connections.rules import HALF_LIFE, MEETING, Contact, decayed, is_fading, is_known, points, strength

some = st.integers(0, 50)
contacts = st.builds(
    Contact,
    age=st.integers(0, 2000),
    days=st.integers(1, 31),
    introductions=some,
    shoutouts=some,
    congratulations=some,
    hellos=some,
    replies=some,
    mentions=some,
    reactions=some,
)
few = settings(max_examples=60)
COUNTS = ("meetings", "introductions", "shoutouts", "congratulations", "hellos", "replies", "mentions", "reactions")


@few
@given(contacts)
def test_a_meeting_weighs_more_than_all_else_that_a_day_can_bring(contact):
    assert points(replace(contact, days=1)) < MEETING


@few
@given(contacts, st.sampled_from(COUNTS))
def test_more_of_anything_never_makes_a_connection_weaker(contact, kind):
    more = replace(contact, **{kind: getattr(contact, kind) + 1})

    assert points(more) >= points(contact) >= 0


@few
@given(st.lists(contacts, max_size=8))
def test_after_ninety_days_of_silence_half_is_left(happened):
    later = [replace(contact, age=contact.age + HALF_LIFE) for contact in happened]

    assert abs(strength(later) - strength(happened) / 2) < 1e-9


@few
@given(st.lists(contacts, max_size=8), contacts)
def test_each_contact_adds_and_the_order_does_not_matter(happened, one_more):
    together = strength([*happened, one_more])

    assert together >= strength(happened)
    assert abs(together - strength([one_more, *reversed(happened)])) < 1e-9


@few
@given(st.lists(contacts.map(lambda one: replace(one, days=1)), min_size=1, max_size=31))
def test_folding_days_into_one_row_never_loses_strength(days):
    sums = {kind: sum(getattr(one, kind) for one in days) for kind in COUNTS}
    folded = Contact(min(one.age for one in days), len(days), **sums)

    assert strength([folded]) >= strength(days) - 1e-9


@few
@given(st.floats(0, 100), st.floats(0, 3000), st.floats(0, 3000))
def test_time_only_ever_takes_away(worth, age, longer):
    assert 0 <= decayed(worth, age + longer) <= decayed(worth, age) <= worth


def test_a_day_of_a_hundred_replies_is_still_one_day():
    assert points(Contact(0, replies=100)) == points(Contact(0, replies=2)) == 1.0


def test_people_know_each_other_once_they_met_or_were_in_touch_on_some_days():
    assert is_known(1, 0)
    assert is_known(0, 3)
    assert not is_known(0, 2)


def test_a_connection_fades_after_two_months_and_is_over_after_two_years():
    assert [is_fading(age) for age in (0, 59, 60, 729, 730)] == [False, False, True, True, False]

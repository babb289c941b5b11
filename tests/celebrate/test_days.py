"""First days, work anniversaries and birthdays, told in the channel with fitting words."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.celebrate.days.rules import days_to_tell, falls_on, years_here
from bot.people.service import import_attributes
from tests.celebrate.conftest import choose, later, posts, until
from tests.weft import turn_to, words

TUESDAY_MORNING = datetime(2026, 3, 3, 9, tzinfo=UTC)
FRIDAY_MORNING = datetime(2026, 3, 6, 9, tzinfo=UTC)


def started(weft, person, day):
    with weft.bot.begin() as work:
        import_attributes(work, f"person_id,started_on\n{person.id},{day}\n")


def born(person, day):
    person.press("My days", turn_to(person, "Settings"))
    person.fill({"My birthday": day})
    return person.submit()


def told(channel):
    return "\n".join(words(post) for post in posts(channel))


def test_a_work_anniversary_is_told_on_its_morning_once(weft, party):
    started(weft, party.ana, "2023-03-03")
    until(weft, datetime(2026, 3, 3, 8, 29, tzinfo=UTC))  # 9:29 in Berlin
    assert told(party.wins) == ""
    later(weft, days=2)

    assert len(posts(party.wins)) == 1
    assert "@Ana Ruiz has been here for 3 years today." in told(party.wins)


def test_a_first_day_says_hello(weft, party):
    started(weft, party.ben, "2026-03-03")
    until(weft, TUESDAY_MORNING)

    assert "@Ben Okafor starts today. Say hello when you meet." in told(party.wins)


def test_a_birthday_is_told_only_of_those_who_gave_it(weft, party):
    assert born(party.cleo, "3 March") == {}
    until(weft, TUESDAY_MORNING)

    assert told(party.wins).splitlines()[0] == ":birthday: @Cleo Martin has a birthday today. All the best."


def test_the_weekend_is_told_on_friday(weft, party):
    started(weft, party.ana, "2020-03-07")
    born(party.ben, "8 Mar")
    until(weft, FRIDAY_MORNING)
    assert "@Ana Ruiz has been here for 6 years tomorrow." in told(party.wins)
    assert "@Ben Okafor has a birthday on Sunday." in told(party.wins)
    later(weft, days=4)

    assert len(posts(party.wins)) == 1


def test_several_on_one_day_are_one_message(weft, party):
    for person in (party.ana, party.ben):
        started(weft, person, "2024-03-03")
    until(weft, TUESDAY_MORNING)

    [post] = posts(party.wins)
    assert "And 1 more." in post.text
    assert words(post).count("for 2 years") == 2


def test_who_does_not_want_it_is_not_named(weft, party):
    started(weft, party.ana, "2023-03-03")
    party.ana.press("My days", turn_to(party.ana, "Settings"))
    party.ana.fill({"What I want": []})
    assert party.ana.submit() == {}
    later(weft, days=2)

    assert told(party.wins) == ""
    assert "not told in the channel" in words(turn_to(party.ana, "Settings"))


def test_who_left_is_not_named(weft, party):
    started(weft, party.dev, "2023-03-03")
    party.dev.deactivate()
    later(weft, days=2)

    assert told(party.wins) == ""


def test_a_day_on_which_weft_was_down_is_made_up(weft, party):
    started(weft, party.ana, "2023-03-03")
    born(party.cleo, "3 March")
    started(weft, party.ben, "2026-03-03")
    weft.clock.move_to(TUESDAY_MORNING + timedelta(days=1))
    later(weft, hours=30)

    assert "@Ana Ruiz had been here for 3 years yesterday." in told(party.wins)
    assert "A belated happy birthday, @Cleo Martin!" in told(party.wins)
    assert "@Ben Okafor started yesterday." in told(party.wins)
    assert len(posts(party.wins)) == 1


def test_the_weekend_that_weft_was_down_on_friday_is_made_up_on_monday(weft, party):
    started(weft, party.ana, "2020-03-07")
    until(weft, FRIDAY_MORNING - timedelta(hours=1))
    weft.clock.move_to(FRIDAY_MORNING + timedelta(days=1))
    later(weft, days=4)

    assert told(party.wins).count("@Ana Ruiz had been here for 6 years last Saturday.") == 1


def test_a_day_of_long_ago_is_not_made_up(weft, party):
    started(weft, party.ana, "2023-03-03")
    weft.clock.move_to(TUESDAY_MORNING + timedelta(days=8))
    later(weft, hours=2)

    assert told(party.wins) == ""


def test_without_a_channel_or_switched_off_nothing_is_told(weft, company):
    started(weft, company.ana, "2023-03-03")
    until(weft, TUESDAY_MORNING)
    assert posts(company.wins) == posts(company.general) == []

    started(weft, company.ana, "2023-03-04")
    choose(company.alma, company.wins, **{"Also there": ["A digest on Fridays at 15:00"]})
    later(weft, days=2)

    assert told(company.wins) == ""


@pytest.mark.sampled(3)
@pytest.mark.parametrize("typed", ["31 April", "next week", "14", "0 March", "1990-03-14", "14 xyz", "<!channel>"])
def test_a_day_that_does_not_exist_is_refused_and_stays_in_the_form(weft, party, typed):
    assert "like 14 March" in str(born(party.cleo, typed))
    assert party.cleo.modal.values["celebrate_birthday"]["celebrate_birthday"]["value"] == typed


def test_a_birthday_can_be_taken_back(weft, party):
    born(party.cleo, "3 March")
    born(party.cleo, None)
    later(weft, days=2)

    assert told(party.wins) == ""


def test_the_leap_day_is_the_28th_in_other_years():
    assert [falls_on(2, 29, date(2026, 2, 28)), falls_on(2, 29, date(2028, 2, 28))] == [True, False]
    assert falls_on(2, 29, date(2028, 2, 29))


@settings(max_examples=20)
@given(st.dates(date(2000, 1, 1), date(2026, 12, 31)), st.integers(0, 30))
def test_everybody_has_one_anniversary_a_year(started_on, later):
    year = started_on.year + later
    days = [date(year, 1, 1) + timedelta(days=each) for each in range(366)]

    assert [years_here(started_on, day) for day in days if day.year == year].count(later) == 1


@settings(max_examples=20)
@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_every_day_of_a_week_is_told_once(monday):
    week = [monday + timedelta(days=each - monday.weekday()) for each in range(7)]

    assert [day for today in week for day in days_to_tell(today)] == week


@settings(max_examples=20)
@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.lists(st.integers(1, 3), min_size=5, max_size=20))
def test_with_days_of_rest_between_no_day_is_told_twice(first, pauses):
    told, done, today = [], first - timedelta(days=1), first
    for pause in pauses:
        days = days_to_tell(today, done)
        told += days
        done = today if days else done
        today += timedelta(days=pause)

    assert told == sorted(set(told))

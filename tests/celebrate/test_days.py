"""First days, work anniversaries and birthdays, announced in the channel with fitting words."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.celebrate.days.blocks import Day, days
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
    person.press("Edit my celebrations", turn_to(person, "Settings"))
    person.fill({"Birthday": day})
    return person.submit()


def told(channel):
    return "\n".join(words(post) for post in posts(channel))


def test_a_work_anniversary_is_told_on_its_morning_once(weft, party):
    started(weft, party.ana, "2023-03-03")
    until(weft, datetime(2026, 3, 3, 8, 29, tzinfo=UTC))  # 9:29 in Berlin
    assert told(party.wins) == ""
    later(weft, days=2)

    assert len(posts(party.wins)) == 1
    assert ":tada: Happy work anniversary, @Ana Ruiz! 3 years today." in told(party.wins)


def test_a_first_day_says_hello(weft, party):
    started(weft, party.ben, "2026-03-03")
    until(weft, TUESDAY_MORNING)

    assert ":wave: Please welcome @Ben Okafor, who starts today!" in told(party.wins)


@pytest.mark.parametrize("typed", ["March 3", "3 March", "mar. 3rd", "3. Mar"])
def test_only_birthdays_that_people_gave_are_announced(weft, party, typed):
    assert born(party.cleo, typed) == {}
    assert "Birthday: March 3, announced" in words(turn_to(party.cleo, "Settings"))
    until(weft, TUESDAY_MORNING)

    assert told(party.wins).splitlines()[0] == ":birthday: Happy birthday, @Cleo Martin! Hope you have a lovely day."


def test_the_weekend_is_told_on_friday(weft, party):
    started(weft, party.ana, "2020-03-07")
    born(party.ben, "8 Mar")
    until(weft, FRIDAY_MORNING)
    assert told(party.wins).splitlines()[:2] == [
        ":tada: @Ana Ruiz's 6-year work anniversary is on Saturday. Congratulations in advance!",
        ":birthday: @Ben Okafor's birthday is on Sunday. Happy birthday in advance.",
    ]
    later(weft, days=4)

    assert len(posts(party.wins)) == 1


def test_several_on_one_day_are_one_message(weft, party):
    for person in (party.ana, party.ben):
        started(weft, person, "2024-03-03")
    born(party.cleo, "March 3")
    until(weft, TUESDAY_MORNING)

    [post] = posts(party.wins)
    assert words(post).splitlines()[:2] == [
        ":birthday: Happy birthday, @Cleo Martin! Hope you have a lovely day.",
        ":tada: Happy work anniversary, @Ana Ruiz and @Ben Okafor. 2 years today.",
    ]
    assert post.text.endswith("lovely day. And 2 more.")


EVERY_NUMBER_OF_YEARS = [None, 0, 1, 2, 5, 10, 25]


@pytest.mark.parametrize("years", EVERY_NUMBER_OF_YEARS)
@pytest.mark.parametrize("when", [-1, 0, 1])
@pytest.mark.parametrize("many", [1, 2, 13])
def test_every_occasion_names_everyone_and_has_one_exclamation_mark(years, when, many):
    today = date(2026, 3, 6)
    occasions = [years, *(one for one in EVERY_NUMBER_OF_YEARS if one != years)]
    people = [f"U{number}" for number in range(many)]
    message = days([Day(one, today + timedelta(days=when), each) for each in occasions for one in people], today)

    said = str(message.blocks)
    assert [one for one in people if said.count(f"<@{one}>") != len(occasions)] == []
    assert said.count("!") <= 1
    assert "{" not in "".join(block["text"]["text"] for block in message.blocks[:-1])
    assert message.text.endswith(f"And {many * (len(occasions) - 1)} more.")


def test_people_who_opt_out_are_not_named(weft, party):
    started(weft, party.ana, "2023-03-03")
    party.ana.press("Edit my celebrations", turn_to(party.ana, "Settings"))
    party.ana.fill({"What I'd like": []})
    assert party.ana.submit() == {}
    later(weft, days=2)

    assert told(party.wins) == ""
    assert "Work anniversary: not announced" in words(turn_to(party.ana, "Settings"))


def test_people_who_left_are_not_named(weft, party):
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

    assert ":tada: A belated happy work anniversary, @Ana Ruiz. It was 3 years on Tuesday." in told(party.wins)
    assert "A belated happy birthday, @Cleo Martin!" in told(party.wins)
    assert ":wave: Please welcome @Ben Okafor, who started on Tuesday." in told(party.wins)
    assert len(posts(party.wins)) == 1


def test_the_weekend_that_weft_was_down_on_friday_is_made_up_on_monday(weft, party):
    started(weft, party.ana, "2020-03-07")
    until(weft, FRIDAY_MORNING - timedelta(hours=1))
    weft.clock.move_to(FRIDAY_MORNING + timedelta(days=1))
    later(weft, days=4)

    assert told(party.wins).count("A belated happy work anniversary, @Ana Ruiz! It was 6 years on Saturday.") == 1


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
    choose(company.alma, company.wins, **{"Also post": ["Friday digest (3 PM)"]})
    later(weft, days=2)

    assert told(company.wins) == ""


@pytest.mark.sampled(3)
@pytest.mark.parametrize("typed", ["31 April", "next week", "14", "0 March", "1990-03-14", "14 xyz", "<!channel>"])
def test_a_day_that_does_not_exist_is_refused_and_stays_in_the_form(weft, party, typed):
    assert "like March 14" in str(born(party.cleo, typed))
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
def test_everyone_has_one_anniversary_a_year(started_on, later):
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

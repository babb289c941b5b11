"""What people type or paste about themselves: taken as meant, or refused with a sentence, and never harmful."""

from datetime import datetime, time, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core import holidays
from bot.core.calendar import WorkingHours
from bot.people.settings import rules
from bot.people.settings.rules import InvalidSettingError

anything = st.text(max_size=400)


@pytest.mark.parametrize(
    ("typed", "taken"),
    [
        ("", []),
        ("  ,, \n ;", []),
        ("sourdough", ["sourdough"]),
        ("sourdough, Kubernetes\nchess", ["sourdough", "Kubernetes", "chess"]),
        ("Chess, chess ,CHESS", ["Chess"]),
        ("two   words\twide", ["two words wide"]),
        ("hid\u202eden", ["hidden"]),
    ],
)
def test_a_few_things_with_commas_or_on_lines(typed, taken):
    assert rules.read_list(typed, 3) == taken


@pytest.mark.parametrize("typed", ["a,b,c,d", "x" * 41, ",".join("abcdefgh"), "x" * 3000])
def test_too_many_or_too_long_is_said(typed):
    with pytest.raises(InvalidSettingError):
        rules.read_list(typed, 3)


@given(anything)
def test_whatever_is_typed_becomes_a_short_list_or_a_sentence(typed):
    try:
        taken = rules.read_list(typed, 3)
    except InvalidSettingError as problem:
        assert str(problem).endswith(("them.", "most?"))
    else:
        assert len(taken) <= 3
        assert all(0 < len(one) <= rules.LONGEST_WORDS and "\n" not in one for one in taken)
        assert rules.read_list(", ".join(taken), 3) == taken


@pytest.mark.parametrize(
    "typed",
    [
        "https://meet.example.com/ana",
        "  https://meet.example.com/ana?pwd=a%20b#now ",
        "https://us02web.zoom.us/j/123456789?pwd=abc",
        "https://meet.google.com:443/abc-defg-hij",
        "HTTPS://Teams.Microsoft.com/l/meetup-join/19%3ameeting",
    ],
)
def test_a_meeting_link_is_taken(typed):
    assert rules.read_link(typed) == typed.strip()


@pytest.mark.sampled(5)
@pytest.mark.parametrize(
    "typed",
    [
        "meet.example.com/ana",
        "http://meet.example.com/ana",
        "javascript:alert(1)",
        "data:text/html,hi",
        "https://",
        "https://localhost/x",
        "https://10.0.0.1/x",
        "https://[::1]/x",
        "https://[broken/x",
        "https://bank.example@evil.example/x",
        "https://user:password@meet.example.com",
        "https://meet.example.com:8080/x",
        "https://meet.example.com:notaport/x",
        "https://meet.example.com/a b",
        "https://meet.example.com/x|Click here",
        "https://meet.example.com/<!channel>",
        "https://meet.example.com/\nhttps://other.example",
        "https://meet.ex\u0430mple.com/ana",  # a Cyrillic letter
        "https://meet.example.com/" + "x" * 500,
        "<https://meet.example.com>",
        "https://-.com",
        "https://example.123",
    ],
)
def test_another_link_is_refused_with_an_example(typed):
    with pytest.raises(InvalidSettingError):
        rules.read_link(typed)


@given(anything | anything.map(lambda rest: f"https://{rest}") | anything.map(lambda rest: f"https://a.example/{rest}"))
def test_a_link_that_is_taken_leads_where_it_shows_and_ends_nothing_in_slack(typed):
    try:
        address = rules.read_link(typed)
    except InvalidSettingError:
        return
    if address is not None:
        assert urlsplit(address).scheme == "https"
        assert "@" not in urlsplit(address).netloc
        assert not set(address) & set('<>|" \n\t\\')


def test_no_link_is_no_link():
    assert rules.read_link("  ") is None


@pytest.mark.parametrize("chosen", [[], ["9"], ["monday"], ["-1"], [""]])
def test_at_least_one_day_is_worked(chosen):
    with pytest.raises(InvalidSettingError):
        rules.read_days(chosen)


@pytest.mark.parametrize("typed", [None, "", "9", "9:00", "25:00", "nine", "\u0660\u0669:\u0660\u0660", "09:00:00"])
def test_a_time_is_hours_and_minutes(typed):
    with pytest.raises(InvalidSettingError):
        rules.read_time(typed)


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("starts", "ends", "fits"),
    [
        (time(9), time(17), True),
        (time(22), time(6), True),
        (time(0), time(1), True),
        (time(23), time(0), True),
        (time(9), time(9), False),
        (time(9), time(9, 30), False),
        (time(17), time(16), False),
        (time(5), time(22), False),
        (time(23, 30), time(0, 15), False),
    ],
)
def test_a_day_lasts_from_one_to_sixteen_hours(starts, ends, fits):
    if fits:
        rules.check_hours(starts, ends)
    else:
        with pytest.raises(InvalidSettingError):
            rules.check_hours(starts, ends)


def test_a_team_is_written_as_others_wrote_it():
    assert rules.read_name("  data ", {"Data", "Sales"}) == "Data"
    assert rules.read_name("New   team", {"Data"}) == "New team"
    with pytest.raises(InvalidSettingError):
        rules.read_name("x" * 61, set())


def test_what_was_typed_is_offered_where_nobody_has_it_yet():
    known = {"Data", "Design", "Sales and data"}

    assert rules.suggested("da", known) == ["Data", "Sales and data", "da"]
    assert rules.suggested("data", known) == ["Data", "Sales and data"]
    assert rules.suggested("", known) == ["Data", "Design", "Sales and data"]
    assert rules.suggested("x" * 500, known) == ["x" * 60]
    assert len(rules.suggested("team", {f"Team {number}" for number in range(300)})) == 100


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ({0, 1, 2, 3, 4}, "Monday to Friday"),
        ({0, 1, 3}, "Monday, Tuesday, and Thursday"),
        ({2}, "Wednesday"),
        ({5, 6}, "Saturday and Sunday"),
        ({6, 0, 1, 2, 3}, "Monday, Tuesday, Wednesday, Thursday, and Sunday"),
    ],
)
def test_days_in_words(days, words):
    assert rules.days_in_words(days) == words


# Working hours


def test_night_shifts_belong_to_the_evening_on_which_they_begin():
    nights = WorkingHours("Europe/Berlin", days=frozenset({4}), starts=time(22), ends=time(6))
    berlin = ZoneInfo("Europe/Berlin")
    saturday_at_three = datetime(2026, 3, 7, 3, tzinfo=berlin)

    assert nights.next_moment(saturday_at_three) == saturday_at_three
    assert nights.next_moment(datetime(2026, 3, 7, 6, tzinfo=berlin)) == datetime(2026, 3, 13, 22, tzinfo=berlin)


def test_holidays_of_the_country_are_days_off():
    in_germany = WorkingHours("Europe/Berlin", country="DE")
    good_friday = datetime(2026, 4, 3, 10, tzinfo=ZoneInfo("Europe/Berlin"))

    assert in_germany.next_moment(good_friday).date().isoformat() == "2026-04-07"
    assert WorkingHours("Europe/Berlin").next_moment(good_friday) == good_friday


@given(
    st.datetimes(datetime(2024, 1, 1), datetime(2028, 1, 1), timezones=st.just(ZoneInfo("UTC"))),
    st.sets(st.integers(0, 6), min_size=1).map(frozenset),
    st.sampled_from(["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia"]),
    st.integers(0, 23),
    st.integers(1, 16),
)
def test_the_next_moment_is_at_work_and_nothing_lies_before_it(now, days, zone, first, length):
    hours = WorkingHours(zone, days, time(first), time((first + length) % 24))
    moment = hours.next_moment(now)

    assert moment >= now
    assert hours.next_moment(moment) == moment
    for step in range(1, 8):
        between = now + (moment - now) * step / 8
        assert hours.next_moment(between) in (moment, between)
        assert moment == now or hours.next_moment(between) == moment or between == now


def test_the_country_of_a_zone_is_known_and_has_a_name():
    assert holidays.of_zone("Europe/Lisbon") == "PT"
    assert holidays.names()["PT"] == "Portugal"
    assert holidays.of_zone("UTC") is None
    assert not holidays.is_holiday("XX", datetime(2026, 12, 25).date())


def test_a_week_of_holidays_is_known_beforehand():
    in_china = WorkingHours("Asia/Shanghai", country="CN")
    new_year = datetime(2026, 2, 16, 1, tzinfo=ZoneInfo("UTC"))

    assert in_china.are_all_holidays(new_year, 3)
    assert not in_china.are_all_holidays(new_year - timedelta(days=7), 3)

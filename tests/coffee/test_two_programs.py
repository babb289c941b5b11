"""Somebody in two programs is written to no more often than anybody else, and misses nothing."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.coffee.program.buttons import SKIP
from tests.beginnings import begins_when
from tests.coffee.stories import TUESDAY_TEN_IN_BERLIN, begin, introduced, introductions, set_up
from tests.coffee.test_silence import send_of_another_program
from tests.network.company import met
from tests.weft import labels, words

SECOND_TUESDAY = TUESDAY_TEN_IN_BERLIN + timedelta(weeks=2)
BERLIN = ZoneInfo("Europe/Berlin")
EVENING = timedelta(hours=10)


def heads_ups(person):
    return [message for message in person.messages() if "You're in" in message.text]


def two_programs(weft, team):
    """Ana, Ben and Cleo are in a second program as well, whose rounds begin some hours after those of the first."""
    begin(weft, team)
    team.lunch = weft.workspace.add_channel("lunch", members=team.everyone[:3])
    set_up(team.alma, team.lunch, Name="Lunch", Time="14:30")
    weft.settle()
    return team


def on_wednesday(weft, team):
    """As well as coffee on Tuesdays, lunch on Wednesdays, for three of them and somebody else."""
    begin(weft, team)
    team.eva = weft.workspace.add_person("Eva Novak", tz="Europe/Berlin")
    team.lunch = weft.workspace.add_channel("lunch", members=[*team.everyone[:3], team.eva])
    set_up(team.alma, team.lunch, Name="Lunch", Day="Wednesday")
    weft.settle()
    return until_friday(weft, team)


def until_friday(weft, team):
    weft.live_until(SECOND_TUESDAY - timedelta(days=3, hours=14))
    return team


lunch = begins_when(lambda weft, team: until_friday(weft, two_programs(weft, team)))


wednesdays = begins_when(on_wednesday)


def the_day_before(weft):
    weft.live_until(SECOND_TUESDAY - timedelta(days=1) + EVENING)


@pytest.mark.slow
def test_two_rounds_of_one_day_are_told_of_in_one_message(weft, lunch):
    the_day_before(weft)

    assert [len(heads_ups(person)) for person in lunch.everyone] == [1, 1, 1, 1]
    [both], [one] = heads_ups(lunch.ana), heads_ups(lunch.dev)
    assert "Your next Coffee match arrives" in words(both, lunch.ana)
    assert "Your next Lunch match arrives" in words(both, lunch.ana)
    assert labels(both) == ["Skip this round", "Pause"] * 2
    assert "Lunch" not in words(one, lunch.dev)
    assert both.text == "New matches are coming in Coffee and Lunch. You're in for both!"


def day_of(message):
    return datetime.fromtimestamp(float(message.ts), BERLIN).date()


@pytest.mark.slow
@pytest.mark.parametrize(("which", "coffees", "lunches"), [(0, 1, 2), (1, 2, 1)])
def test_each_of_them_can_be_skipped(weft, lunch, which, coffees, lunches):
    the_day_before(weft)
    [both] = heads_ups(lunch.ana)
    skips = [block for block in both.blocks if block["type"] == "actions"]

    lunch.ana.use(both, (skips[which]["block_id"], SKIP), None)
    weft.live_until(SECOND_TUESDAY + timedelta(days=1))

    told = [labels(message) for message in introductions(lunch.ana)]
    assert sum("Pause Coffee" in one for one in told) == coffees
    assert sum("Pause Lunch" in one for one in told) == lunches


@pytest.mark.slow
def test_what_can_as_well_be_asked_later_leaves_the_day_to_the_heads_ups(weft, lunch):
    weft.live_until(SECOND_TUESDAY + timedelta(days=3))

    asked = [message for message in lunch.ana.messages() if "manage to meet" in message.text]
    days = [day_of(message) for message in [*asked, *heads_ups(lunch.ana)]]
    assert len(asked) == 2
    assert len(set(days)) == 3


def test_whoever_has_left_one_of_them_hears_of_the_other_only(weft, lunch):
    lunch.ana.change(tz="America/New_York")  # Her morning comes after the hour at which the programs tell.
    weft.live_until(SECOND_TUESDAY - timedelta(days=1) + timedelta(hours=1))
    assert heads_ups(lunch.ana) == []

    lunch.ana.command("/coffee", "leave", lunch.coffee)
    the_day_before(weft)

    [one] = heads_ups(lunch.ana)
    assert labels(one) == ["Skip this round", "Pause"]
    assert "Coffee" not in words(one, lunch.ana)


def told_of(person, message):
    return [name for name in ("Coffee", "Lunch") if f"next {name} match" in words(message, person)]


def heard(person):
    """Of the second rounds: when, and which programs."""
    since = SECOND_TUESDAY.date() - timedelta(days=4)
    return [(day_of(one), told_of(person, one)) for one in heads_ups(person) if day_of(one) > since]


@pytest.mark.slow
def test_of_a_round_on_the_day_after_anothers_people_hear_together_with_the_other(weft, wednesdays):
    weft.live_until(SECOND_TUESDAY + timedelta(days=2))

    monday, tuesday = SECOND_TUESDAY.date() - timedelta(days=1), SECOND_TUESDAY.date()
    assert heard(wednesdays.ana) == [(monday, ["Coffee", "Lunch"])]
    assert heard(wednesdays.dev) == [(monday, ["Coffee"])]
    assert heard(wednesdays.eva) == [(tuesday, ["Lunch"])]


@pytest.mark.slow
def test_whoever_sits_out_the_first_hears_of_the_second_in_its_turn(weft, wednesdays):
    wednesdays.ana.command("/coffee", "skip", wednesdays.coffee)

    weft.live_until(SECOND_TUESDAY + timedelta(days=2))

    assert heard(wednesdays.ana) == [(SECOND_TUESDAY.date(), ["Lunch"])]


@pytest.mark.slow
def test_whoever_may_be_asked_to_stay_is_asked_about_the_second_in_its_turn(weft, wednesdays):
    """Cleo says nothing in her lunches; until the day before the next one that may change."""
    weft.live_until(SECOND_TUESDAY + timedelta(days=28 + 2))

    asked = [one for one in wednesdays.cleo.messages() if "Should I keep matching you" in one.text]
    assert [("Coffee" in one.text, "Lunch" in one.text) for one in asked] == [(True, False), (False, True)]


def test_what_slack_refuses_together_comes_one_by_one_on_that_day(weft, lunch, workspace):
    workspace.faults.refuse("chat.postMessage", "invalid_blocks")
    the_day_before(weft)

    told = [told_of(person, one) for person in lunch.everyone[:3] for one in heads_ups(person)]
    assert sorted(told) == [["Coffee"], ["Coffee", "Lunch"], ["Coffee", "Lunch"], ["Lunch"]]


@pytest.mark.slow
def test_of_the_second_round_people_hear_though_the_first_began_before_they_could(weft, wednesdays):
    """Other messages take Ana's Monday and Tuesday: by then it is too late for coffee, and not for lunch."""
    weft.live_until(SECOND_TUESDAY - timedelta(days=1, hours=3))
    send_of_another_program(weft, wednesdays.ana)
    send_of_another_program(weft, wednesdays.ana, hours=22)

    weft.live_until(SECOND_TUESDAY + timedelta(hours=23, minutes=30))

    assert heard(wednesdays.ana) == [(SECOND_TUESDAY.date() + timedelta(days=1), ["Lunch"])]


# Two rounds on one morning


def twins(weft, team, *, more=0):
    """The same people in two programs that begin in the same minute."""
    team.more = [weft.workspace.add_person(f"Person {number}", tz="Europe/Berlin") for number in range(more)]
    people = [*team.everyone, *team.more]
    for person in team.more:
        person.join(team.coffee)
    begin(weft, team)
    set_up(team.alma, weft.workspace.add_channel("lunch", members=people), Name="Lunch")
    weft.settle()
    return people


def partners(person):
    """By the message: whom they were introduced to."""
    return [frozenset(introduced(one)) - {person.id} for one in introductions(person)]


@pytest.mark.slow
def test_no_one_is_introduced_twice_on_one_morning(weft, team):
    people = twins(weft, team)

    weft.live_until(TUESDAY_TEN_IN_BERLIN + timedelta(hours=8))
    assert [len(introductions(person)) for person in people] == [1] * len(people)

    weft.live_until(TUESDAY_TEN_IN_BERLIN + timedelta(days=1, hours=8))
    assert [len(introductions(person)) for person in people] == [2] * len(people)


@pytest.mark.slow
@pytest.mark.parametrize("often", [0, 3])
def test_the_same_two_do_not_meet_twice_in_a_week_where_anyone_else_is_there(weft, team, often):
    """Not even where they would fit best, because they have met the others often."""
    people = twins(weft, team)
    for day in range(often):
        for one in (team.ana, team.ben):
            met(weft, one, team.cleo, team.dev, on=date(2026, 2, 1 + day))
    weft.live_until(TUESDAY_TEN_IN_BERLIN + timedelta(days=2))

    for person in people:
        first, second = partners(person)
        assert first.isdisjoint(second)


@pytest.mark.slow
def test_two_who_are_alone_meet_twice_rather_than_no_one(weft, team):
    team.everyone = team.everyone[:2]
    for one in (team.cleo, team.dev):
        one.leave(team.coffee)
    people = twins(weft, team)
    weft.live_until(TUESDAY_TEN_IN_BERLIN + timedelta(days=2))

    assert [len(introductions(person)) for person in people] == [2, 2]

"""When someone's working day begins: on their own clock, whatever the clocks do and wherever they move."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.nudges.mornings import mornings_under_way, next_few, who_is_ready
from storage.people import people
from tests.nudges.company import MONDAY_NINE, Engine, Proposals, suggestions

HOURS = {
    "as most do": {},
    "early": {"day_starts": "07:00", "day_ends": "15:00"},
    "late": {"day_starts": "13:30", "day_ends": "20:00"},
    "at night": {"day_starts": "22:00", "day_ends": "07:30"},
    "from Sunday on": {"working_days": "60123"},
    "at the weekend, at night": {"working_days": "56", "day_starts": "20:00", "day_ends": "08:00"},
}


@pytest.fixture
def everyone(weft, workspace):
    there = {name: workspace.add_person(name, tz="Europe/Berlin") for name in HOURS}
    weft.tick()
    with weft.bot.begin() as work:
        for name, hours in HOURS.items():
            person = people.get(work, person_id=there[name].id)
            for field, value in hours.items():
                setattr(person, field, value)
    return there


def test_no_one_is_passed_over_who_is_at_work_on_a_day_that_they_chose(weft, everyone):
    """The database leaves out people who are surely not ready, and never someone who is."""
    weft.clock.move_to(datetime(2026, 3, 27, tzinfo=UTC))  # The clocks change on the 29th.
    looked_at = set()
    for _ in range(2 * 24 * 7):
        with weft.bot.look() as work:
            for local, zones in mornings_under_way(work).items():
                there = next_few(work, local, zones, after="")
                ready, _ = who_is_ready(work, people.active(work))
                assert set(ready) <= {person.person_id for person in there}, local
                looked_at |= {(person.name, local) for person in there}
        weft.clock.advance(timedelta(minutes=30))
    assert 0 < len(looked_at) < 2 * 15 * 7 * len(HOURS) * 0.6  # Many are passed over.


@pytest.fixture
def ana(workspace):
    return workspace.add_person("Ana Ruiz", tz="Europe/Berlin")


def moments(person):
    return [datetime.fromtimestamp(float(one.ts), UTC) for one in suggestions(person)]


def test_nine_stays_nine_when_the_clocks_change(weft, ana):
    weft.tick()
    weft.clock.move_to(datetime(2026, 3, 27, 6, tzinfo=UTC))

    Engine(weft, Proposals("a", value=1.0)).live(hours=24 * 4)

    assert moments(ana)[:2] == [datetime(2026, 3, 27, 8, tzinfo=UTC), datetime(2026, 3, 30, 7, tzinfo=UTC)]


def test_someone_who_flies_west_gets_nothing_twice_on_that_day_and_then_in_the_new_morning(weft, ana):
    weft.tick()
    weft.clock.move_to(MONDAY_NINE)
    engine = Engine(weft, Proposals("a", value=1.0))
    engine.plan()
    ana.change(tz="America/New_York")
    weft.tick()

    engine.live(hours=32)

    assert moments(ana) == [MONDAY_NINE, datetime(2026, 3, 10, 13, tzinfo=UTC)]  # Nine there.


def test_someone_who_will_not_be_at_work_today_is_looked_at_once(weft, ana):
    """A holiday: in a country that has one, no one is looked at anew every few minutes."""
    weft.tick()
    with weft.bot.begin() as work:
        people.get(work, person_id=ana.id).country = "DE"
    weft.clock.move_to(datetime(2026, 5, 1, 7, tzinfo=UTC))
    engine = Engine(weft, Proposals("a", value=1.0))

    engine.plan()

    local = datetime(2026, 5, 1, 12)
    with weft.bot.look() as work:
        assert next_few(work, local, ["Europe/Berlin"], after="") == []
        assert len(next_few(work, local + timedelta(days=3), ["Europe/Berlin"], after="")) == 1
    assert suggestions(ana) == []

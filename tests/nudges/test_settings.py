"""Everybody chooses kinds, days and hours, or turns all off, on Home's Settings page."""

from datetime import timedelta

import pytest

from bot.nudges.feature import nudges_of
from bot.nudges.planning import plan_due
from tests.nudges.company import MONDAY_NINE, Engine, Proposals, days, outbox_rows, suggestions
from tests.weft import labels, turn_to, words

NEWCOMERS = "Say hello to newcomers of other teams"


@pytest.fixture
def ana(workspace):
    return workspace.add_person("Ana Ruiz", tz="Europe/Berlin")


@pytest.fixture
def monday(weft, ana):
    weft.tick()
    weft.clock.move_to(MONDAY_NINE)
    return weft


def newcomer_kind(**more):
    """Ours for the test, under the name of a kind that the settings know."""
    return Proposals("newcomer", **more)


def test_the_page_names_every_kind_and_the_promise(monday, ana):
    from bot.features import FEATURES

    page = words(turn_to(ana, "Settings"))

    for kind in (kind for feature in FEATURES for kind in feature.nudges):
        assert kind.label in page
    assert "one message a day and three a week" in page
    assert {"Change", "Turn all off"} <= set(labels(ana.home))


def test_a_kind_that_is_off_is_not_asked(monday, ana):
    ana.press("Edit", turn_to(ana, "Settings"))
    others = [label for label in offered(ana) if label != NEWCOMERS]
    ana.fill({"What I may suggest": others})
    assert ana.submit() == {}
    kind = newcomer_kind()

    Engine(monday, kind).live(days=3)

    assert suggestions(ana) == []
    assert all(ana.id not in asked for asked in kind.asked)
    assert f"⬜ {NEWCOMERS}" in words(ana.home)


def offered(person):
    [element] = [block["element"] for block in person.modal.blocks if block.get("block_id") == "kinds0"]
    return [option["text"]["text"] for option in element["options"]]


def test_all_off_means_off_until_it_is_turned_on_again(monday, ana):
    ana.press("Turn all off", turn_to(ana, "Settings"))
    assert "You hear nothing that you did not ask for" in words(ana.home)
    engine = Engine(monday, Proposals("a", value=1.0), Proposals("b", value=1.0))
    engine.live(days=3)
    assert suggestions(ana) == []

    ana.press("Turn on again", ana.home)
    engine.live(days=1)

    assert len(suggestions(ana)) >= 1


def test_what_is_on_its_way_is_taken_back_when_all_is_turned_off(monday, ana):
    engine = Engine(monday, Proposals("a"))
    plan_due(monday.bot, engine.kinds)
    ana.press("Turn all off", turn_to(ana, "Settings"))

    monday.carry()

    assert suggestions(ana) == []


def test_they_come_on_the_chosen_days_and_hours_only(monday, ana):
    ana.press("Edit", turn_to(ana, "Settings"))
    ana.fill({"On these days": ["Wednesday", "Thursday"], "Not before": "13:00", "Not after": "15:00"})
    assert ana.submit() == {}
    assert "On Wednesdays and Thursdays, not before 13:00, not after 15:00" in words(ana.home)
    engine = Engine(monday, Proposals("a", value=1.0))

    engine.live(hours=24 * 4)

    assert days(ana) == ["Wed 11", "Thu 12"]
    assert [int(float(one.ts)) % 86400 // 3600 for one in suggestions(ana)] == [12, 12]


def test_no_day_and_no_hour_are_asked_again_and_nothing_is_lost(monday, ana):
    ana.press("Edit", turn_to(ana, "Settings"))
    ana.fill({"On these days": []})
    assert "at least one day" in ana.submit()["On these days"]
    ana.fill({"On these days": ["Monday"], "Not before": "15:00", "Not after": "9:00"})
    assert "later" in ana.submit()["Not after"]
    ana.fill({"Not after": "17:00"})
    assert ana.submit() == {}


def test_what_stopped_by_itself_can_be_brought_back_here(monday, ana):
    engine = Engine(monday, newcomer_kind(rest=timedelta(days=1)))
    engine.live(days=40)
    assert len(suggestions(ana)) == 3
    assert f"{NEWCOMERS} (stopped" in words(turn_to(ana, "Settings"))

    ana.press("Bring back what stopped", ana.home)
    engine.live(days=2)

    assert f"✅ {NEWCOMERS}" in words(ana.home)
    assert len(suggestions(ana)) == 4


def test_a_feature_without_kinds_draws_nothing(monday, ana):
    assert {kind.name for kind in nudges_of(()).nudges} == {"newcomer"}
    assert outbox_rows(monday) == []

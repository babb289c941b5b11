"""The invented company lives on by itself, at the visitor's pace, and nobody speaks for whom the visitor plays."""

from datetime import timedelta

import pytest

from bot.demo.page.company import Company, Pace
from tests.demo.page.conftest import OURS
from tests.waiting import until


@pytest.fixture
def living(company):
    """The company with its own thread; time stands still until it is told to pass."""
    company.set_pace(Pace.PAUSED)
    company.start()
    yield company
    company.stop()


@pytest.mark.slow
def test_time_stands_still_until_it_is_moved(living: Company, program, browser):
    before = living.clock.now()
    browser.post("/time", json={"jump": "day"}, headers=OURS)
    until(lambda: not living.is_moving)

    assert timedelta(days=1) <= living.clock.now() - before < timedelta(days=1, hours=1)


@pytest.mark.slow
def test_time_runs_to_the_next_thing_that_is_said_to_somebody(living: Company, program, browser):
    heard = len(program.ana.sees())
    browser.post("/time", json={"jump": "news", "person": program.ana.id}, headers=OURS)
    until(lambda: not living.is_moving)

    assert len(program.ana.sees()) > heard


@pytest.mark.slow
def test_the_pace_is_changed_and_paused(living: Company, program, browser):
    before = living.clock.now()
    browser.post("/time", json={"pace": "FAST"}, headers=OURS)
    until(lambda: living.clock.now() - before > timedelta(hours=6))
    browser.post("/time", json={"pace": "PAUSED"}, headers=OURS)

    assert not living.is_moving
    for odd in ({}, {"pace": "LUDICROUS"}, {"jump": "century"}, {"jump": "news", "person": "U0"}):
        assert browser.post("/time", json=odd, headers=OURS).status_code == 400


@pytest.mark.expects_error("the company stumbled; time stands still")
def test_a_stumble_stops_the_time_and_not_the_page(living: Company, browser, monkeypatch, caplog):
    def stumble(until):
        raise RuntimeError("oh")

    monkeypatch.setattr(living.play, "step", stumble)
    browser.post("/time", json={"jump": "day"}, headers=OURS)
    until(lambda: not living.is_moving)

    assert "stumbled" in caplog.text
    assert browser.get("/").status_code == 200


def test_nobody_speaks_for_whom_the_visitor_plays(company, workspace, browser):
    life = company.play.life
    ana, ben = workspace.add_person("Ana"), workspace.add_person("Ben")
    done = []
    browser.get(f"/as/{ana.id}/home")
    for person in (ana, ben):
        life.plan_for(person, company.clock.now(), lambda who=person: done.append(who))
    life.act(company.clock.now())
    assert done == [ben]

    browser.post(f"/as/{ana.id}/release", json={}, headers=OURS)
    life.plan_for(ana, company.clock.now(), lambda: done.append(ana))
    life.act(company.clock.now())
    assert done == [ben, ana]

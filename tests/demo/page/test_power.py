"""The bot is switched off and on again, as when its computer goes down, and the company lives on meanwhile."""

from datetime import timedelta

import pytest

from bot.slacksim import text_of
from tests.coffee.stories import TUESDAY_TEN_IN_BERLIN, introductions
from tests.demo.page.conftest import OURS
from tests.demo.page.test_deeds import press
from tests.weft import turn_to, words


@pytest.fixture
def switch(browser):
    def switch(on, status=200):
        answer = browser.post("/power", json={"on": on}, headers=OURS)
        assert answer.status_code == status, answer.text
        return answer.json()

    return switch


@pytest.fixture
def pass_time(company):
    def pass_time(until):
        while company.clock.now() < until:
            company.play.step(until)

    return pass_time


def test_while_it_is_off_slack_says_that_the_app_did_not_respond(program, do, look, switch, workspace):
    switch(False)
    assert "Weft is off" in look(program.ana)
    do(program.ana, "say", channel=program.coffee.id, text="/coffee status")
    [said] = [each for each in program.ana.sees() if each.only_for]
    assert said.text == "/coffee failed because the app did not respond."
    assert workspace.name_of(said.user) == "slackbot"

    pressed = press(do, program.ana, program.ana.messages()[-1], "Skip this round")
    assert pressed["problem"].startswith("Weft is off, so it didn't answer.")
    assert "Skip this round" in look(program.ana, program.ana.messages()[-1].channel_id)


def test_switched_on_it_is_a_new_one_that_goes_on_where_the_old_one_ended(program, company, do, switch):
    before = company.play.weft
    switch(False)
    switch(False)
    switch(True)
    switch(True)

    assert company.play.weft.bot.process != before.bot.process
    press(do, program.ana, program.ana.messages()[-1], "Skip this round")
    assert "OK, you're skipping" in program.ana.reads()


def test_what_happens_shortly_before_it_is_on_again_arrives_by_slacks_retries(
    program, company, workspace, switch, pass_time
):
    zoe = workspace.add_person("Zoe New", tz="Europe/Berlin")
    switch(False)
    zoe.join(program.coffee)
    pass_time(company.clock.now() + timedelta(minutes=3))
    company.play.machine.start()
    assert "Welcome to" not in zoe.reads()

    pass_time(company.clock.now() + timedelta(minutes=4))
    assert "Welcome to" in zoe.reads()
    assert workspace.next_retry_at() is None


def test_what_slack_no_longer_sends_is_noticed_at_the_start(program, company, workspace, switch, pass_time):
    zoe = workspace.add_person("Zoe New", tz="Europe/Berlin")
    switch(False)
    zoe.join(program.coffee)
    pass_time(company.clock.now() + timedelta(hours=2))
    assert workspace.deliveries.unacknowledged == []

    switch(True)
    assert "Welcome to" in zoe.reads()


@pytest.mark.slow
def test_a_round_that_was_missed_by_some_hours_is_made_up_for(program, switch, pass_time):
    switch(False)
    pass_time(TUESDAY_TEN_IN_BERLIN + timedelta(hours=3))
    assert introductions(program.ana) == []

    switch(True)
    pass_time(TUESDAY_TEN_IN_BERLIN + timedelta(hours=4))
    assert len(introductions(program.ana)) == 1


def test_a_round_that_was_missed_by_more_than_a_day_is_left_out_and_its_admin_reads_so(program, switch, pass_time):
    switch(False)
    pass_time(TUESDAY_TEN_IN_BERLIN + timedelta(hours=30))
    switch(True)
    pass_time(TUESDAY_TEN_IN_BERLIN + timedelta(hours=31))

    assert introductions(program.ana) == []
    assert "Weft was offline for over a day. The next one starts Tuesday, March 17" in words(
        program.alma.messages()[-1]
    )
    assert "Next round" in text_of(turn_to(program.ana, "Today"), program.ana)


@pytest.mark.expects_error("Weft could not be switched")
def test_a_start_that_fails_is_a_sentence_and_can_be_tried_again(program, company, switch, look):
    switch(False)
    begin, company.play.machine.begin = company.play.machine.begin, lambda: 1 / 0
    assert switch(True, 409)["problem"].startswith("Weft is off now. Something went wrong")
    assert "Weft is off" in look(program.ana)

    company.play.machine.begin = begin
    switch(True)
    assert "Weft is on" in look(program.ana)


def test_what_makes_no_sense_is_answered_with_a_sentence(program, browser, switch):
    for odd in ({}, {"on": "yes"}, {"on": None}, {"on": 1}, []):
        answer = browser.post("/power", json=odd, headers=OURS)
        assert answer.status_code == 400
        assert answer.json()["problem"].endswith(".")
    switch(False)
    answer = browser.post("/time", json={"jump": "news", "person": program.ana.id}, headers=OURS)
    assert answer.json()["problem"].startswith("Weft is off, so nothing new will come.")

"""Slack sends a click twice, or a person presses in a hurry, and two processes get it at the same moment."""

import logging

import pytest

from bot.slack.texts import BUSY
from storage.connections.connections import Meeting
from storage.db import Database
from storage.now import NowAsk, NowRequest
from tests.coffee.stories import TUESDAY_TEN_IN_BERLIN, begin, hire, introductions
from tests.slack.rush import answers_seen, messages_of, start_two, twice
from tests.slack.seen import SORRY
from tests.weft import turn_to, words

TIMES = [2, pytest.param(8, marks=pytest.mark.slow)]
PATIENT = "?options=-c%20lock_timeout%3D60s"
"""Where the machine has much else to do, nobody is told to try again."""


@pytest.fixture
def office(workspace, slack_server, clock, postgres_url, caplog):
    databases = [Database(postgres_url + PATIENT) for _ in range(2)]
    weft, rush = start_two(workspace, slack_server, clock, databases)
    team = begin(weft, hire(workspace))
    team.weft, team.rush = weft, rush
    yield team
    rush.times = 1
    weft.settle()
    seen = answers_seen(workspace)
    assert [said for said in seen if SORRY in said or BUSY() in said] == []
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR] == []
    assert twice(messages_of(workspace)) == []
    for database in databases:
        database.close()


def rows(office, table):
    with office.weft.bot.look() as work:
        return work.session.query(table).count()


@pytest.mark.slow
@pytest.mark.parametrize("times", TIMES)
def test_a_coffee_now_asked_for_many_times_at_once_is_one_search(office, times):
    office.rush.times = times

    office.ana.command("/coffee", "now")

    assert rows(office, NowRequest) == 1
    assert rows(office, NowAsk) == 1


@pytest.mark.slow
def test_people_who_all_look_at_once_ask_each_colleague_once(office):
    office.rush.kept = []
    office.rush.times = 1
    for one in office.everyone:
        one.command("/coffee", "help")
    asked = [office.rush.copy(payload) | {"text": "now"} for payload in office.rush.kept for _ in range(2)]

    office.rush.send_at_once(asked)

    assert rows(office, NowRequest) == 4
    with office.weft.bot.look() as work:
        people = [ask.person_id for ask in work.session.query(NowAsk)]
    assert sorted(people) == sorted(set(people))


@pytest.mark.slow
@pytest.mark.parametrize("times", TIMES)
def test_an_export_asked_for_many_times_at_once_comes_once(office, times):
    office.rush.times = times

    office.ana.command("/weft", "export")
    office.weft.settle()

    assert len([message for message in office.ana.messages() if message.files]) == 1


@pytest.mark.slow
@pytest.mark.parametrize("times", TIMES)
def test_a_shoutout_sent_and_taken_back_many_times_at_once_is_said_and_gone_once(office, times):
    office.rush.times = times
    office.ana.command("/shoutout", f"<@{office.ben.id}> for the quick fix", channel=office.coffee)
    office.weft.settle()
    if office.ana.modal is not None:
        office.ana.submit()
        office.weft.settle()
    said = [message for message in office.coffee.messages if "quick fix" in message.text]
    assert len(said) == 1

    office.ana.press("Delete", turn_to(office.ana, "Wins and thanks"))
    office.weft.settle()

    left = [message for message in office.coffee.messages if not message.is_deleted]
    assert [message for message in left if "quick fix" in message.text] == []


@pytest.mark.slow
@pytest.mark.parametrize("times", TIMES)
def test_saying_we_met_many_times_at_once_is_one_meeting(office, times):
    office.weft.live_until(TUESDAY_TEN_IN_BERLIN)
    office.weft.settle()
    office.rush.times = times

    office.ana.press("We met", introductions(office.ana)[-1])

    assert rows(office, Meeting) == 1


@pytest.mark.sampled(1)
@pytest.mark.parametrize("times", TIMES)
@pytest.mark.parametrize("words_of_command", ["skip", "pause 2w", "leave", "join", "now stop", "now open"])
def test_a_word_said_many_times_at_once_is_answered_each_time(office, words_of_command, times):
    office.rush.times = times

    assert words(office.ana.command("/coffee", words_of_command))

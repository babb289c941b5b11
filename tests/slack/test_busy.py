"""Another session of PostgreSQL holds a row for too long: people hear so, and can try again."""

import random
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from sqlalchemy import select

from bot.app import compose
from bot.core.work import ACTOR
from bot.health.rules import Outbox, troubles
from bot.slack.listeners import MOST_EACH, ListenerPool
from bot.slack.texts import BUSY
from bot.slacksim import Direct
from storage.db import Database
from storage.programs.programs import Membership
from tests.coffee.stories import begin, hire
from tests.conftest import start
from tests.health.test_rules import CONNECTED, NOW
from tests.waiting import until
from tests.weft import turn_to, words

PATIENT = "?options=-c%20lock_timeout%3D100ms"


@pytest.fixture
def program(workspace, slack_server, clock, postgres_url):
    database = Database(postgres_url + PATIENT)
    weft = start(workspace, slack_server, clock, database)
    team = begin(weft, hire(workspace))
    team.database = database
    yield team
    database.close()


@pytest.mark.slow
def test_a_click_on_a_held_row_gets_a_sentence_and_later_works(program):
    with program.database.engine.connect() as forgotten:
        forgotten.execute(select(Membership.person_id).with_for_update())

        assert words(program.ana.command("/coffee", "skip")) == BUSY()
        assert "skip" in words(program.ben.command("/coffee", "help"))

    assert words(program.ana.command("/coffee", "skip")) != BUSY()


@pytest.mark.slow
def test_a_form_on_a_held_table_stays_open_with_what_was_typed(program):
    program.ana.press("Edit", turn_to(program.ana, "My people"))
    program.ana.fill({"People": [program.ben]})

    with program.database.engine.connect() as forgotten:
        forgotten.exec_driver_sql("LOCK TABLE apart IN SHARE MODE")
        assert list(program.ana.submit().values()) == [BUSY()]

    assert program.ana.submit() == {}


@pytest.mark.slow
def test_who_clicks_many_times_on_a_held_row_keeps_nobody_else_waiting(program, workspace, slack_server, clock):
    patient = Database(program.database.url.replace("100ms", "60s"))
    threads = compose(
        patient, clock, random.Random(7), token=workspace.bot_token, api_url=slack_server.api_url, one_thread=False
    )
    workspace.deliver_to(Direct(threads.app))
    with ThreadPoolExecutor(27) as hurry, program.database.engine.connect() as forgotten:
        forgotten.execute(select(Membership.person_id).with_for_update())
        for _ in range(27):
            hurry.submit(program.ana.command, "/coffee", "skip")
        waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted"
        with program.database.engine.connect() as look:
            until(lambda: look.exec_driver_sql(waiting).scalar() >= MOST_EACH)

        said = program.ben.command("/coffee", "help")
        until(lambda: "skip" in words(said))
    until(lambda: not threads.app.listeners.is_working())
    patient.close()


def test_health_tells_when_every_thread_is_stuck():
    pool, free = ListenerPool(2), Event()
    for person in ("U1", "U2", "U3"):
        actor = ACTOR.set(person)
        pool.submit(free.wait)
        ACTOR.reset(actor)
    until(lambda: pool.longest_wait() > 0)

    free.set()
    until(lambda: not pool.is_working())
    assert pool.longest_wait() == 0
    assert troubles(CONNECTED, Outbox(), 0, NOW, unheard=6) == [
        "Clicks aren't answered: all listener threads are stuck."
    ]
    pool.shutdown()

"""Another session of PostgreSQL holds a row for too long: people hear so, and can try again."""

import pytest
from sqlalchemy import select

from bot.slack.replies import BUSY
from storage.db import Database
from storage.programs import Membership
from tests.coffee import begin, hire
from tests.conftest import start
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


def test_a_click_on_a_held_row_gets_a_sentence_and_later_works(program):
    with program.database.engine.connect() as forgotten:
        forgotten.execute(select(Membership.person_id).with_for_update())

        assert words(program.ana.command("/coffee", "skip")) == BUSY
        assert "skip" in words(program.ben.command("/coffee", "help"))

    assert words(program.ana.command("/coffee", "skip")) != BUSY


def test_a_form_on_a_held_table_stays_open_with_what_was_typed(program):
    program.ana.press("Edit", turn_to(program.ana, "My people"))
    program.ana.fill({"People": [program.ben]})

    with program.database.engine.connect() as forgotten:
        forgotten.exec_driver_sql("LOCK TABLE apart IN SHARE MODE")
        assert list(program.ana.submit().values()) == [BUSY]

    assert program.ana.submit() == {}

"""A database that was restored has forgotten what was sent since: Slack is asked before anything is posted again."""

import random
import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest

from bot.app import compose
from bot.cli.backup import backup, doubt_unsent
from bot.delivery.pacing import POST
from storage.db import Database
from tests.delivery.test_carrier import send, texts
from tests.weft import Weft


@pytest.fixture
def ana(workspace):
    return workspace.add_person("Ana Ruiz")


@pytest.fixture
def ben(workspace):
    return workspace.add_person("Ben Okafor")


def by_weft(weft, target):
    backup(weft.bot.db, target, lambda done, total: None)
    return Database(f"sqlite:///{target}")


def by_other_means(weft, target):
    with weft.bot.db.engine.connect() as connection, closing(sqlite3.connect(target)) as copied:
        connection.connection.driver_connection.backup(copied)
    database = Database(f"sqlite:///{target}")
    doubt_unsent(database)
    return database


@pytest.mark.parametrize("copy", [by_weft, by_other_means])
def test_what_was_sent_after_the_copy_is_not_sent_again_and_the_rest_is(
    weft, workspace, slack_server, clock, ana, ben, tmp_path, copy
):
    send(weft, ana.id)
    send(weft, ben.id, key="later", text="Later", at=clock.now() + timedelta(hours=3))
    restored = copy(weft, tmp_path / "copy.sqlite3")
    weft.carry()
    clock.advance(timedelta(hours=1))

    composed = compose(
        restored, clock, random.Random(7), token=workspace.bot_token, api_url=slack_server.api_url, one_thread=True
    )
    again = Weft(composed, workspace, clock)
    for _ in range(60):
        again.carry()
        clock.advance(timedelta(minutes=5))

    assert (texts(ana), texts(ben)) == (["Hello"], ["Later"])
    assert [call.method for call in workspace.calls].count(POST) == 2  # And no copy was deleted again.
    restored.close()

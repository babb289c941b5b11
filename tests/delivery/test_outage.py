"""Many messages end unknown while Slack can't be read: nothing is asked of it more often than it helps."""

from datetime import timedelta

import pytest
from sqlalchemy import event

from tests.delivery.machines import HISTORY, POST, World, texts

OPEN = "conversations.open"
MANY = 55
"""More than fit into one batch, and more than the histories that may be read in a minute."""


@pytest.fixture
def world(weft, workspace):
    return World(weft, workspace)


def end_unknown(world, count):
    world.start("a")
    world.workspace.faults.lose_answer(POST, times=count)
    world.workspace.faults.server_error(HISTORY, times=10_000)
    for number in range(count):
        world.send(world.workspace.add_person(f"Colleague {number}"), key=f"Hello {number}")


@pytest.mark.slow
def test_while_histories_fail_looks_become_rarer_and_new_messages_arrive(world, workspace):
    """After 2, 4, 8 seconds and so on: seven looks in five minutes. A conversation is opened once for all of them."""
    end_unknown(world, MANY)
    world.pass_time(minutes=5, step=timedelta(seconds=15))

    assert all(row.is_uncertain for row in world.rows())
    assert len(world.calls(HISTORY)) <= 7 * MANY
    assert len(world.calls(OPEN)) <= MANY

    ana = workspace.add_person("Ana Ruiz")
    world.send(ana, "Hi")
    world.pass_time(seconds=20)
    assert texts(ana) == ["Hi"]


def test_as_long_as_no_look_is_due_no_words_of_watched_messages_are_read(world):
    end_unknown(world, 3)
    world.pass_time(seconds=5)
    world.workspace.faults.calm()
    world.pass_time(minutes=4, step=timedelta(seconds=30))
    assert {row.looks for row in world.rows()} == {2}
    asked = []
    event.listen(world.weft.bot.db.engine, "before_cursor_execute", note := lambda *call: asked.append(call[2]))
    world.pass_time(minutes=1)
    event.remove(world.weft.bot.db.engine, "before_cursor_execute", note)
    assert any("looks" in statement for statement in asked)
    assert not any("outbox_messages.blocks" in statement for statement in asked)

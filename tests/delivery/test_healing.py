"""What becomes of copies, late changes and looks after a message was sent. On SQLite and PostgreSQL."""

from datetime import timedelta

import pytest

from storage.kinds import DeliveryState
from tests.delivery.machines import HISTORY, POST, World, texts


@pytest.fixture
def weft(weft_on_both):
    return weft_on_both


@pytest.fixture
def world(weft, workspace):
    return World(weft, workspace)


@pytest.fixture
def ana(workspace):
    return workspace.add_person("Ana Ruiz")


def test_a_message_taken_back_while_no_one_knows_whether_it_came_is_deleted(world, ana):
    a = world.start("a")
    world.workspace.faults.late(POST, 20)
    world.send(ana)
    a.carry()
    with world.weft.bot.begin() as work:
        work.take_back("Hello")
    world.pass_time(seconds=30)
    assert texts(ana) == ["Hello"]

    world.pass_time(minutes=3)

    assert texts(ana) == []
    assert world.row().state is DeliveryState.CANCELLED


def test_an_older_change_that_comes_late_does_not_stay_over_the_newest(world, ana):
    a = world.start("a")
    world.send(ana)
    a.carry()
    world.workspace.faults.late("chat.update", 30)
    world.change("Older")
    world.pass_time(seconds=5)
    world.change("Newest")
    world.pass_time(seconds=10)
    assert texts(ana) == ["Newest"]
    world.pass_time(seconds=40)
    a.client.auth_test()  # Slack carries out what is late before the next request.
    assert texts(ana) == ["Older"]

    world.pass_time(minutes=4)

    assert texts(ana) == ["Newest"]


@pytest.mark.slow
def test_where_no_one_may_look_the_looks_end(world, ana):
    a = world.start("a")
    world.workspace.faults.lose_answer(POST)
    world.send(ana)
    a.carry()
    world.pass_time(minutes=1)
    assert world.row().looks == 1
    world.workspace.faults.refuse(HISTORY, "missing_scope", times=100)

    world.pass_time(days=8, step=timedelta(minutes=30))

    assert world.row().looks == 0
    assert len(texts(ana)) == 1

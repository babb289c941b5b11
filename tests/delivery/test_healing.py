"""What becomes of copies, late changes and looks after a message was sent. On SQLite and PostgreSQL."""

from datetime import timedelta

import pytest

from bot.delivery.lease import LEASE
from bot.delivery.retries import WAIT
from storage.kinds import DeliveryState
from tests.delivery.machines import HISTORY, POST, World, texts
from tests.delivery.test_protocol import dies_when_carried_out


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


def test_a_copy_of_a_message_that_was_deleted_meanwhile_is_deleted_too(world, ana):
    a, b = world.start("a"), world.start("b")
    world.send(ana)

    def b_posts_and_deletes():
        world.pass_time(b, seconds=(LEASE + WAIT).total_seconds() + 15)
        with world.weft.bot.begin() as work:
            work.remove("Hello")
        world.pass_time(b, seconds=10)
        assert texts(ana) == []

    a.sleeps_at("connected", b_posts_and_deletes)
    a.carry()
    assert texts(ana) == ["Hello"]

    world.pass_time(seconds=WAIT.total_seconds() + 10)

    assert texts(ana) == []


def test_a_sleeper_that_wakes_after_days_has_its_copy_deleted_soon(world, ana):
    """The next look that was planned would have come a day later."""
    a, b = world.start("a"), world.start("b")
    world.send(ana)
    a.sleeps_at("connected", lambda: world.pass_time(b, days=2, step=timedelta(minutes=30)))
    a.carry()
    assert len(texts(ana)) == 2

    world.pass_time(seconds=WAIT.total_seconds() + 10)

    assert len(texts(ana)) == 1


def test_one_that_wakes_after_days_and_dies_leaves_it_to_the_look_of_the_day(world, ana):
    a, b = world.start("a"), world.start("b")
    world.send(ana)
    a.sleeps_at("connected", lambda: world.pass_time(b, days=2, step=timedelta(minutes=30)))
    a.stops["written"] = dies_when_carried_out(world)
    a.carry()
    assert (a.is_alive, len(texts(ana))) == (False, 2)

    world.pass_time(b, days=1, step=timedelta(minutes=30))

    assert len(texts(ana)) == 1


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

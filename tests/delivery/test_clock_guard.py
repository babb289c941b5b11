"""A machine whose clock is wrong sends nothing and decides nothing, until it is right again."""

from datetime import timedelta

import pytest

from bot import scheduler
from bot.core import resync
from tests.delivery.machines import World, texts

JUMPS = [timedelta(hours=-1), timedelta(minutes=3), timedelta(days=365), timedelta(days=3650)]


@pytest.fixture
def world(weft, workspace):
    return World(weft, workspace)


@pytest.mark.expects_error("this machine's clock is wrong")
@pytest.mark.parametrize("jump", JUMPS)
def test_alone_it_waits_and_recovers_by_itself(world, workspace, jump):
    a, ana = world.start("a"), workspace.add_person("Ana Ruiz")
    a.carry()
    a.clock.jump(jump)
    world.send(ana)

    world.pass_time(minutes=2)
    assert texts(ana) == []
    assert "clock is off" in a.guard.trouble
    a.clock.jump(-jump)
    world.pass_time(seconds=15)

    assert texts(ana) == ["Hello"]
    assert a.guard.trouble is None


@pytest.mark.expects_error("this machine's clock is wrong")
@pytest.mark.parametrize("jump", JUMPS)
def test_another_with_a_right_clock_sends_meanwhile(world, workspace, jump):
    a, b, ana = world.start("a"), world.start("b"), workspace.add_person("Ana Ruiz")
    a.carry()
    a.clock.jump(jump)
    world.send(ana)

    world.pass_time(seconds=10)

    assert texts(ana) == ["Hello"]
    assert b.carrier.lease.is_held


def test_a_frozen_machine_only_seems_to_have_a_wrong_clock(world, workspace):
    a, ana = world.start("a"), workspace.add_person("Ana Ruiz")
    a.carry()
    with a.clock.frozen():
        world.clock.advance(timedelta(hours=2))
    world.send(ana)

    a.carry()

    assert texts(ana) == ["Hello"]


@pytest.mark.expects_error("this machine's clock is wrong")
@pytest.mark.parametrize("jump", [timedelta(days=365), timedelta(days=3650)])
def test_a_tick_by_a_wrong_clock_would_move_the_next_round_for_years_so_none_runs(weft, program, jump):
    ticks = [tick for feature in weft.composed.features for tick in feature.ticks]
    scheduler.run_while_clock_is_right(weft.composed, *ticks)
    before = next_rounds(weft)
    # Slack's own time, which the simulated workspace has from the same clock, stays right.
    weft.workspace.clock = stays = type(weft.clock)(weft.clock.now())
    weft.clock.jump(jump)

    scheduler.run_while_clock_is_right(weft.composed, *ticks)

    assert next_rounds(weft) == before
    assert stays.now() < weft.clock.now()


def next_rounds(weft):
    from storage.programs import programs

    with weft.bot.look() as work:
        return [program.next_round_at for program in programs.running_programs(work)]


def test_what_was_read_by_a_wrong_clock_is_read_again(weft):
    now = weft.clock.now()
    resync.is_due(weft.bot, now)

    assert not resync.is_due(weft.bot, now)
    assert resync.is_due(weft.bot, now + timedelta(days=3650))

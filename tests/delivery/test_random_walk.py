"""Random walks through the real code, with the faults of the model: each message arrives once, or is healed."""

import os
import random

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from bot.core.clock import ManualClock
from bot.slacksim import Workspace
from tests.conftest import APP, MONDAY
from tests.delivery.actions import ACTIONS, BY_NAME
from tests.delivery.walking import World

pytestmark = pytest.mark.slow

WALKS, STEPS = 8, 50
NIGHT = "WEFT_TESTS_FOR_THE_NIGHT"
"""Set to a number of walks, so many longer ones are walked."""
NIGHTLY_STEPS = 100
NUMBERS = range(1000)


@pytest.fixture
def begin_walk(slack_server, database):
    """Begins a walk in a workspace of its own."""
    begun = []

    def begin(processes):
        workspace = Workspace(ManualClock(MONDAY), name="Acme", settings=APP)
        slack_server.host(workspace)
        begun.append(workspace)
        return World(slack_server, workspace, workspace.clock, database, processes)

    yield begin
    for workspace in begun:
        slack_server.release(workspace)


# Hypothesis spends most of a few walks on the simplest ones. Dice see more of what can happen in the same time.
@pytest.mark.parametrize("seed", range(WALKS))
def test_each_message_arrives_once_whatever_goes_wrong_on_the_way(begin_walk, seed):
    dice, story = random.Random(seed), []
    world = begin_walk(processes=2 + seed % 2)
    try:
        for _ in range(STEPS):
            story.append((dice.choice(ACTIONS), dice.choice(NUMBERS)))
            take(world, *story[-1])
        check_end(world, sleepers_go_on=dice.random() < 0.5)
    except AssertionError as broken:
        broken.add_note("\n".join(map(str, story)))
        raise
    finally:
        world.close()


def take(world, action, number):
    BY_NAME[action](world, number)

    assert world.doubled() == []


def check_end(world, *, sleepers_go_on):
    world.calm_down(sleepers_go_on=sleepers_go_on)
    world.live_to_the_end()

    assert world.verdicts() == []


class Walk(RuleBasedStateMachine):
    """The same for the night. What is found is reduced to the few actions that it takes."""

    begin_walk = world = None

    @initialize(processes=st.integers(2, 3), sleepers_go_on=st.booleans())
    def begin(self, processes, sleepers_go_on):
        self.world, self.sleepers_go_on = self.begin_walk(processes), sleepers_go_on

    # A rule for each action would let hypothesis do without many of them in each walk.
    @rule(action=st.sampled_from(ACTIONS), number=st.sampled_from(NUMBERS))
    def goes_on(self, action, number):
        take(self.world, action, number)

    def teardown(self):
        if self.world is not None:
            try:
                check_end(self.world, sleepers_go_on=self.sleepers_go_on)
            finally:
                self.world.close()


@pytest.mark.skipif(NIGHT not in os.environ, reason=f"only at night, when {NIGHT} says how many walks")
def test_each_message_arrives_once_all_night(begin_walk):
    run_state_machine_as_test(
        type("Walk", (Walk,), {"begin_walk": staticmethod(begin_walk)}),
        settings=settings(
            max_examples=int(os.environ[NIGHT]),
            stateful_step_count=NIGHTLY_STEPS,
            suppress_health_check=list(HealthCheck),
        ),
    )

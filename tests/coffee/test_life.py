"""Random months of a program: whatever people do and whenever the bot dies, what it promises holds after every step."""

import os
import random
import shutil
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from tests.coffee.life.deeds import BY_NAME, DEEDS
from tests.coffee.life.living import Life
from tests.coffee.life.people import NAMES
from tests.conftest import APP

pytestmark = pytest.mark.slow

LIVES, STEPS = 3, 40
NIGHT = "WEFT_TESTS_FOR_THE_NIGHT"
"""Set to a number of lives, so many longer ones are lived: for an hour when nobody waits."""
NIGHTLY_STEPS = 150
SHORTLY_BEFORE_CLOCK_CHANGES = [
    datetime(2026, 3, 4, 9, tzinfo=UTC),  # America on 8 March, Europe on 29 March
    datetime(2026, 10, 19, 9, tzinfo=UTC),  # Europe on 25 October, America on 1 November
]
WEEKS = (1, 1, 2)
"""From round to round."""
NUMBERS = range(12)


@pytest.fixture
def lives(slack_server, migrated_file, tmp_path):
    """Begins a life in a company of its own."""
    slack_server.app_settings = APP
    numbers = iter(range(10**9))

    def begin(starts, weeks=1):
        file = tmp_path / f"life-{next(numbers)}.sqlite3"
        shutil.copy(migrated_file, file)
        return Life(slack_server, f"sqlite:///{file}", starts, weeks)

    return begin


# Hypothesis spends most of a few lives on the simplest ones. Dice see more of the months in the same time.
@pytest.mark.parametrize("seed", range(LIVES))
def test_what_is_promised_holds_in_random_months(lives, seed):
    dice, story = random.Random(seed), []
    life = lives(SHORTLY_BEFORE_CLOCK_CHANGES[seed % 2], WEEKS[seed % 3])
    try:
        for _ in range(STEPS):
            story.append((dice.choice(DEEDS), dice.choice(NAMES), dice.choice(NUMBERS)))
            deed, name, number = story[-1]
            BY_NAME[deed](life, name, number)
    except AssertionError as broken:
        broken.add_note("\n".join(map(str, story)))
        raise
    finally:
        life.close()


class Months(RuleBasedStateMachine):
    """The same for the night. What is found is reduced to the few deeds that it takes."""

    lives = life = None

    @initialize(starts=st.sampled_from(SHORTLY_BEFORE_CLOCK_CHANGES), weeks=st.sampled_from(WEEKS))
    def begin(self, starts, weeks):
        self.life = self.lives(starts, weeks)

    # A rule for each deed would let hypothesis do without many of them in each life.
    @rule(deed=st.sampled_from(DEEDS), name=st.sampled_from(NAMES), number=st.sampled_from(NUMBERS))
    def goes_on(self, deed, name, number):
        BY_NAME[deed](self.life, name, number)

    def teardown(self):
        if self.life is not None:
            self.life.close()


@pytest.mark.skipif(NIGHT not in os.environ, reason=f"only at night, when {NIGHT} says how many lives")
def test_what_is_promised_holds_all_night(lives):
    run_state_machine_as_test(
        type("Months", (Months,), {"lives": staticmethod(lives)}),
        settings=settings(
            max_examples=int(os.environ[NIGHT]),
            stateful_step_count=NIGHTLY_STEPS,
            suppress_health_check=list(HealthCheck),
        ),
    )

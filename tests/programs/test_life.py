"""Random months of a program: whatever people do and whenever the bot dies, what it promises holds after every step."""

import os
import shutil
from datetime import UTC, datetime

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from tests.conftest import APP
from tests.programs.life.deeds import BY_NAME, DEEDS
from tests.programs.life.living import Life
from tests.programs.life.people import NAMES

NIGHT = "WEFT_TESTS_FOR_THE_NIGHT"
"""Set to a number of lives, the machine lives that many, and longer ones: for an hour when nobody waits."""
SHORTLY_BEFORE_CLOCK_CHANGES = [
    datetime(2026, 3, 4, 9, tzinfo=UTC),  # America on 8 March, Europe on 29 March
    datetime(2026, 10, 19, 9, tzinfo=UTC),  # Europe on 25 October, America on 1 November
]


class Months(RuleBasedStateMachine):
    server = url = None
    life = None

    @initialize(starts=st.sampled_from(SHORTLY_BEFORE_CLOCK_CHANGES))
    def begin(self, starts):
        self.life = Life(self.server, self.url(), starts)

    def teardown(self):
        if self.life is not None:
            self.life.close()

    # A rule for each deed would let hypothesis do without many of them in each life, and so few lives would see few.
    @rule(deed=st.sampled_from(DEEDS), name=st.sampled_from(NAMES), number=st.integers(0, 11))
    def goes_on(self, deed, name, number):
        BY_NAME[deed](self.life, name, number)


def test_what_is_promised_holds_in_random_months(slack_server, migrated_file, tmp_path):
    numbers = iter(range(10**9))

    def fresh():
        file = tmp_path / f"life-{next(numbers)}.sqlite3"
        shutil.copy(migrated_file, file)
        return f"sqlite:///{file}"

    slack_server.app_settings = APP
    machine = type("Months", (Months,), {"server": slack_server, "url": staticmethod(fresh)})
    nights = int(os.environ.get(NIGHT, 0))
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=nights or 6,
            stateful_step_count=150 if nights else 60,
            deadline=None,
            derandomize=not nights,
            suppress_health_check=list(HealthCheck),
        ),
    )

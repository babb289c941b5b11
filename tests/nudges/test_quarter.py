"""The simulated quarter that the documents show still runs, and keeps the budget with all kinds that there are."""

import pytest

from bot.demo.quarter.steps import STEPS
from bot.demo.quarter.tell import simulate
from bot.features import FEATURES

pytestmark = pytest.mark.slow


def test_four_weeks_of_a_small_company_with_all_kinds():
    counted = simulate(people=30, weeks=4, seed=7)

    assert counted.outcomes.keys() == STEPS.keys() == {kind.name for one in FEATURES for kind in one.nudges}
    assert counted.most_in_a_day == 1
    assert 2 <= counted.most_in_seven_days <= 3
    assert counted.messages == sum(number * weeks for number, weeks in counted.person_weeks.items()) > 30
    assert sum(counted.person_weeks.values()) == 30 * 4

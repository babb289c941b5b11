"""The simulated quarter that the documents show still runs, and keeps the budget with all kinds that there are."""

import subprocess
import sys

import pytest

from bot.features import FEATURES
from tests.benchmarks.quarter.__main__ import simulate
from tests.benchmarks.quarter.steps import STEPS

pytestmark = pytest.mark.slow


def test_four_weeks_of_a_small_company_with_all_kinds():
    counted = simulate(people=30, weeks=4, seed=7)

    assert counted.outcomes.keys() == STEPS.keys() == {kind.name for one in FEATURES for kind in one.nudges}
    assert counted.most_in_a_day == 1
    assert 2 <= counted.most_in_seven_days <= 3
    assert counted.messages == sum(number * weeks for number, weeks in counted.person_weeks.items()) > 30
    assert sum(counted.person_weeks.values()) == 30 * 4


def test_the_quarter_is_told_in_numbers_and_pictures(tmp_path):
    said = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.quarter", "--people=20", "--weeks=2", f"--pictures={tmp_path}"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (said.returncode, said.stderr) == (0, "")
    assert "most within seven days" in said.stdout
    assert {file.name for file in tmp_path.iterdir()} == {"nudges-dark.png", "nudges-light.png"}

"""The simulated quarter that the documents show still runs, and keeps the budget."""

from tests.benchmarks.quarter.__main__ import simulate


def test_three_weeks_of_a_small_company():
    counted = simulate(people=16, weeks=3, seed=7)

    assert counted.messages > 0
    assert counted.most_in_a_day == 1
    assert counted.most_in_seven_days <= 3
    assert sum(counted.person_weeks.values()) == 16 * 3

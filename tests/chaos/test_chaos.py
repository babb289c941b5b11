"""A few days of chaos; `python -m tests.benchmarks.chaos` lives whole quarters."""

from dataclasses import replace

import pytest

from tests.benchmarks.chaos.quarter import BrokenPromise, chaos

pytestmark = pytest.mark.slow


def test_everybody_gets_everything_once_while_all_goes_wrong():
    with chaos(seed=14, people=16) as quarter:
        survived = quarter.live(days=2)

    assert survived.tally.total() > 150
    assert sum(count for what, count in survived.tally.items() if what.startswith("killed")) > 5
    assert survived.done["matches"] > 2


def test_the_same_seed_makes_the_same_story_and_a_message_that_came_twice_would_be_noticed():
    def story():
        with chaos(seed=6, people=14) as quarter:
            quarter.live_in_rain(days=1)
            calls = [(call.method, call.error) for call in quarter.workspace.calls]
            post_again(quarter.workspace)
            with pytest.raises(BrokenPromise, match=r"every_message_once: .* was posted 2 times"):
                quarter.check(2, is_over=False)
        return calls, quarter.weather.tally

    assert story() == story()


def post_again(workspace):
    everything = [(channel, message) for channel in workspace.channels.values() for message in channel.messages]
    channel, first = next((channel, message) for channel, message in everything if message.metadata)
    channel.add(replace(first, ts=workspace.next_ts()))

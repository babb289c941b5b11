"""All that one person can do in a workspace, done at once at two processes; `tests.benchmarks.storm` does more."""

import pytest

from tests.benchmarks.storm import storm
from tests.slack.test_rush import PATIENT

pytestmark = pytest.mark.slow


def test_whatever_happens_at_the_same_moment_is_answered_and_nothing_comes_twice(
    workspace, slack_server, postgres_server
):
    outcome = storm(workspace, slack_server, postgres_server, requests=100, everyone=False, options=PATIENT)

    assert outcome.is_well, outcome
    assert outcome.requests >= 100
    assert {"command", "block_actions", "view_submission"} <= outcome.kinds.keys()

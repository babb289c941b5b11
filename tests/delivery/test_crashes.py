"""The bot is killed in the middle of a round, and started again."""

import pytest

from storage.db import Database
from tests.benchmarks.crashes import Crashes, of_each_kind

pytestmark = pytest.mark.slow

PEOPLE = 5  # A pair, and three together.


@pytest.mark.parametrize(("where", "of_each"), [("sqlite_url", 3), ("postgres_url", 2)])
def test_a_bot_killed_at_any_point_of_a_round_still_brings_everybody_each_message_once(
    request, slack_server, where, of_each
):
    database = Database(request.getfixturevalue(where))
    try:
        crashes = Crashes(slack_server, database, people=PEOPLE)
        calm = crashes.undisturbed()
        assert calm.complaints == []

        stories = {point: crashes.killed_at(point) for point in of_each_kind(calm.checkpoints, of_each)}

        assert {point: story.complaints for point, story in stories.items() if story.complaints} == {}
    finally:
        database.close()

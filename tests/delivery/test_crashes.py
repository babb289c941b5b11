"""The bot is killed in the middle of a round, and started again."""

import sys

import pytest

from storage.db import Database
from tests.benchmarks.crashes import Crashes, of_each_kind
from tests.databases import opened

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


@pytest.mark.skipif(sys.platform != "linux", reason="whether a process is stopped is read from /proc")
@pytest.mark.parametrize("where", ["sqlite_url", "postgres_url"])
def test_a_bot_stopped_right_before_a_post_and_continued_after_the_round_leaves_no_copy(request, slack_server, where):
    with opened(request.getfixturevalue(where)) as database:
        for post in (1, PEOPLE + 1):  # A welcome, and an introduction.
            story = Crashes(slack_server, database, people=PEOPLE).stopped_at(post)
            assert story.complaints == []
            assert story.copies == 1


def test_two_bots_that_start_at_the_same_moment_bring_everyone_each_message_once(slack_server, postgres_url):
    with opened(postgres_url) as database:
        assert Crashes(slack_server, database, people=PEOPLE).started_at_once().complaints == []

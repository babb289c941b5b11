"""What people read of each other when they are introduced."""

from tests.coffee.stories import first_round, introductions
from tests.weft import words


def test_hours_are_shown_on_each_readers_clock_where_they_differ(weft, team):
    first_round(weft, team, skipping=[team.ben, team.cleo])

    [introduction] = introductions(team.ana)
    assert words(introduction, team.ana).count(" your time") == 2
    assert "online 04:30 to 12:30 your time" in words(introduction, team.ana)


def test_hours_that_are_the_same_for_all_are_left_out(weft, team):
    first_round(weft, team, skipping=[team.cleo, team.dev])

    [introduction] = introductions(team.ana)
    assert "your time" not in words(introduction, team.ana)

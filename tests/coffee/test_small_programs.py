"""A program with nobody in it, with one person, with two."""

from datetime import timedelta

import pytest

from tests.coffee.stories import TUESDAY_TEN_IN_BERLIN, begin, introductions, last_words
from tests.weft import labels, words


def told(admin):
    return [message for message in admin.messages() if "Not enough people" in message.text]


def start_round(weft, number):
    weft.clock.move_to(TUESDAY_TEN_IN_BERLIN + timedelta(weeks=2 * number))
    weft.settle()


@pytest.mark.slow
@pytest.mark.parametrize("staying", [0, 1])
def test_where_nobody_can_meet_its_admins_hear_it_once_and_again_after_people_met(weft, team, staying):
    for one in team.everyone[staying:]:
        one.leave(team.coffee)
    begin(weft, team)
    start_round(weft, 0)
    start_round(weft, 1)

    [message] = told(team.alma)
    assert "Invite more people to #coffee" in words(message, team.alma)
    assert labels(message) == ["Open program"]

    for one in team.everyone[staying:]:
        one.join(team.coffee)
    start_round(weft, 2)
    for one in team.everyone[staying:]:
        one.leave(team.coffee)
    start_round(weft, 3)

    assert len(told(team.alma)) == 2


def test_whoever_is_alone_in_it_reads_why_and_when_next(weft, team):
    for one in team.everyone[1:]:
        one.leave(team.coffee)
    begin(weft, team)
    start_round(weft, 0)

    assert (
        "Sorry, I couldn't find you a match in Coffee this time: everyone you could meet was already matched. "
        "You're first in line next round" in last_words(team.ana)
    )


def test_two_people_meet_each_round_and_read_why_it_is_the_two_of_them_again(weft, team):
    for one in team.everyone[2:]:
        one.leave(team.coffee)
    begin(weft, team)
    start_round(weft, 0)
    team.ana.press("We met", introductions(team.ana)[-1])
    start_round(weft, 1)

    first, second = introductions(team.ana)
    assert "You haven't met yet" in words(first)
    assert "You've met once, and there was no one new for you two this time" in words(second)
    assert told(team.alma) == []

"""Teams that never had coffee with each other: the two who do read so, and everyone hears how many there are."""

from datetime import timedelta

import pytest

from bot.coffee.rounds.blocks import bridges
from bot.coffee.rounds.matches_made import Group, Matching, Quality
from bot.people.service import import_attributes
from tests.coffee.stories import TUESDAY_TEN_IN_BERLIN, introduced, introductions, set_up
from tests.weft import words


@pytest.fixture
def two_teams(weft, team, workspace):
    """Five people of Sales and five of Data have coffee every week."""
    people = [workspace.add_person(f"Person {number}", tz="Europe/Berlin") for number in range(10)]
    lines = [f"{person.id},{'Sales' if number % 2 else 'Data'}" for number, person in enumerate(people)]
    weft.tick()
    with weft.bot.begin() as work:
        import_attributes(work, "\n".join(["person_id,team", *lines]))
    channel = workspace.add_channel("bridges", members=people)
    set_up(team.alma, channel)
    weft.live_until(TUESDAY_TEN_IN_BERLIN)
    weft.settle()
    return people


def test_the_first_coffee_between_two_teams_is_the_first_reason_until_someone_met(weft, two_teams):
    first = [introductions(person)[0] for person in two_teams]
    assert all("Why you two? First coffee between" in words(one) for one in first)
    assert all("You haven't met yet" in words(one) for one in first)

    ana = two_teams[0]
    partner = next(one for one in two_teams if one.id in introduced(first[0]) and one is not ana)
    for person in (ana, partner):
        person.press("We met", first[0])
    weft.live_until(TUESDAY_TEN_IN_BERLIN + timedelta(days=14, hours=1))

    assert len(introductions(ana)) == 2
    assert all("First coffee" not in words(introductions(person)[1]) for person in two_teams)


def matched(first, others, connected=None):
    groups = [Group((f"U{n}", f"W{n}"), "", is_first_coffee=n < first) for n in range(first + others)]
    return Matching(tuple(groups), 1, quality=Quality(connected=connected))


@pytest.mark.parametrize(
    ("first", "others", "connected", "said"),
    [
        (5, 5, None, "5 of the new matches are the first coffee between two teams."),
        (12, 8, 0.634, "12 of the new matches are the first coffee between two teams. About 65% of all pairs of teams"),
        (4, 20, 0.5, None),
        (20, 4, 0.5, None),
        (20, 0, 0.5, None),
        (0, 20, 0.5, None),
    ],
)
def test_totals_are_told_from_five_on_and_in_steps(first, others, connected, said):
    told = [block["elements"][0]["text"] for block in bridges(matched(first, others, connected))]
    assert told == [] if said is None else told[0].startswith(said)

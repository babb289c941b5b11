"""A channel that another company reads, or is invited to, is taken for nothing that tells of colleagues."""

import pytest

from storage.connections import contacts
from tests.celebrate.conftest import choose
from tests.coffee.stories import set_up
from tests.rows import copies
from tests.weft import handed_in, turn_to


def count_in(admin, channel):
    admin.press("Choose channels", turn_to(admin, "Admin"))
    admin.fill({"Where": "In these channels", "Channels": [channel]})
    return handed_in(admin)


CHOICES = {"coffee": set_up, "celebrations": choose, "counting": count_in}


def shared(workspace, channel):
    workspace.share_channel(channel)


def invited(workspace, channel):
    workspace.invite_company(channel)


@pytest.fixture
def theirs(weft, team, workspace):
    weft.tick()
    return workspace.add_channel("with-others", members=team.everyone)


@pytest.mark.sampled(3)
@pytest.mark.parametrize("becomes", [shared, invited])
@pytest.mark.parametrize("purpose", CHOICES)
def test_an_admin_is_told_to_choose_another_channel(team, workspace, theirs, purpose, becomes):
    becomes(workspace, theirs)

    assert "shared with another company" in str(CHOICES[purpose](team.alma, theirs))


@pytest.mark.slow
@pytest.mark.parametrize("becomes", [shared, invited])
def test_nothing_is_counted_in_a_channel_once_another_company_may_read_it(weft, team, workspace, theirs, becomes):
    assert count_in(team.alma, theirs) == {}
    becomes(workspace, theirs)
    weft.live(days=1)
    asked = team.ana.say(theirs, "Who knows?")
    team.ben.say(theirs, "I do", thread=asked)
    weft.live(days=1)

    assert contacts_of(weft, team.ana) == []


@pytest.mark.slow
@pytest.mark.parametrize("becomes", [shared, invited])
def test_where_everything_is_counted_channels_of_two_companies_are_not(weft, team, workspace, theirs, becomes):
    team.alma.press("Choose channels", turn_to(team.alma, "Admin"))
    team.alma.fill({"Where": "In every public channel I'm in"})
    assert team.alma.submit() == {}
    becomes(workspace, theirs)
    weft.live(days=1)
    asked = team.ana.say(theirs, "Who knows?")
    team.ben.say(theirs, "I do", thread=asked)
    weft.live(days=1)

    assert contacts_of(weft, team.ana) == []


def contacts_of(weft, person):
    with weft.bot.look() as work:
        return copies(contacts.contacts_of(work, person_id=person.id))

"""The channel in which a company celebrates is archived or deleted, shared, or Weft is put out of it.

What was to be posted there is not lost without a word: an admin is told, or it comes later.
"""

from datetime import UTC, datetime, timedelta

import pytest

from bot.celebrate.congratulating.service import congratulate
from storage.celebrations.celebrations import in_channels
from storage.kinds import MessageKind
from tests.celebrate.conftest import choose, posts, share, thank, until
from tests.celebrate.test_days import started
from tests.celebrate.test_digest import digests
from tests.delivery.each_kind import waiting
from tests.weft import handed_in, turn_to, words

TUESDAY_MORNING = datetime(2026, 3, 3, 9, tzinfo=UTC)
FRIDAY = datetime(2026, 3, 6, 14, tzinfo=UTC)
LOST = {
    "archived": lambda workspace, channel: workspace.archive(channel),
    "deleted": lambda workspace, channel: workspace.delete_channel(channel),
    "put out": lambda workspace, channel: workspace.remove_bot(channel),
}


@pytest.mark.sampled(1)
@pytest.mark.parametrize("how", LOST)
def test_an_admin_is_told_that_a_day_could_not_be_announced(weft, workspace, party, how):
    started(weft, party.ana, "2023-03-03")
    before = len(party.alma.messages())
    LOST[how](workspace, party.wins)
    until(weft, TUESDAY_MORNING)
    weft.live(days=1)

    told = how == "put out" and any("3 years" in words(post) for post in posts(party.wins))
    assert told or len(party.alma.messages()) > before


def test_an_admin_sees_it_where_the_channel_is_set_up(weft, workspace, party):
    workspace.archive(party.wins)
    weft.live(days=1)

    page = words(turn_to(party.alma, "Admin"))
    assert "archived" in page[page.index("Celebrations") :][:400]


@pytest.mark.slow
def test_what_a_digest_could_not_say_is_in_the_next_one(weft, workspace, party):
    """The second win of a week is only in the digest."""
    share(weft, party.ana, party.ben)
    share(weft, party.ana, party.cleo, "Deploys take one click now, so that support can do them")
    until(weft, FRIDAY - timedelta(hours=1))
    workspace.archive(party.wins)
    until(weft, FRIDAY + timedelta(minutes=5))
    weft.live(hours=2)
    workspace.unarchive(party.wins, party.alma)
    weft.live(days=8)

    assert "one click" in "\n".join(digests(party.wins))


def test_a_digest_that_is_composed_and_can_not_be_posted_is_in_the_next_one(weft, workspace, party):
    share(weft, party.ana, party.ben)
    share(weft, party.ana, party.cleo, "Deploys take one click now, so that support can do them")
    until(weft, FRIDAY - timedelta(hours=1))
    weft.clock.move_to(FRIDAY)
    weft.tick()
    assert outbox_kinds(weft) == [MessageKind.DIGEST]

    workspace.archive(party.wins)
    weft.live(hours=2)
    assert digests(party.wins) == []
    workspace.unarchive(party.wins, party.alma)
    weft.live(days=8)

    assert "one click" in "\n".join(digests(party.wins))


def outbox_kinds(weft):
    return [row.kind for row in waiting(weft)]


def test_an_admin_is_told_once_and_chooses_another_channel(weft, workspace, party):
    started(weft, party.ana, "2023-03-03")
    workspace.archive(party.wins)
    until(weft, TUESDAY_MORNING)
    weft.live(hours=5)
    [message] = [one for one in party.alma.messages() if "#wins" in words(one)]
    assert "the channel is archived" in words(message)

    party.alma.press("Choose channel", message)
    party.alma.fill({"Channel": party.general})
    assert handed_in(party.alma) == {}
    weft.live(hours=1)

    assert "3 years today" in "".join(words(post) for post in posts(party.general))
    assert "archived" not in words(turn_to(party.alma, "Admin"))


@pytest.mark.parametrize("lost", [LOST["archived"], lambda workspace, channel: workspace.restrict_posting(channel)])
def test_a_day_is_made_up_when_the_channel_is_back(weft, workspace, party, lost):
    started(weft, party.ana, "2023-03-03")
    lost(workspace, party.wins)
    until(weft, TUESDAY_MORNING)
    weft.live(hours=20)
    assert posts(party.wins) == []
    told = [one for one in party.alma.messages() if "I can't post in" in one.text]
    assert len(told) == 1

    workspace.restrict_posting(party.wins, is_restricted=False)
    workspace.unarchive(party.wins, party.alma)
    weft.live(days=2)

    assert "".join(words(post) for post in posts(party.wins)).count("3 years on Tuesday") == 1
    assert len([one for one in party.alma.messages() if "I can't post in" in one.text]) == 1


def test_an_event_that_never_came_is_noticed_before_anything_is_posted(weft, workspace, party):
    started(weft, party.ana, "2023-03-03")
    workspace.hold_events()
    workspace.archive(party.wins)
    workspace.deliveries.held.clear()
    workspace.release_events()
    until(weft, TUESDAY_MORNING)

    assert "I can't post in" in party.alma.messages()[-1].text


def test_a_channel_with_another_id_is_the_same_channel(weft, workspace, party):
    started(weft, party.ana, "2023-03-03")
    thank(party.ana, party.ben)
    weft.carry()
    workspace.change_channel_id(party.wins)
    party.ana.press("Delete", turn_to(party.ana, "Wins and thanks"))
    until(weft, TUESDAY_MORNING)

    [post] = posts(party.wins)
    assert "3 years today" in words(post)
    assert "Posting in #wins" in words(turn_to(party.alma, "Admin"))


def test_what_is_under_way_follows_the_channel_to_its_new_id(weft, workspace, party):
    thank(party.ana, party.ben)
    workspace.change_channel_id(party.wins)
    weft.carry()

    assert len(posts(party.wins)) == 1


def test_nothing_of_the_company_goes_to_a_channel_that_another_company_reads(weft, workspace, party):
    started(weft, party.ana, "2023-03-03")
    workspace.share_channel(party.wins)
    until(weft, TUESDAY_MORNING)

    assert posts(party.wins) == []
    assert "shared with another company" in party.alma.messages()[-1].text
    thank(party.ana, party.ben)
    assert "shared with another company" in words(party.ana.modal)
    assert posts(party.wins) == []


def test_a_channel_of_two_companies_can_not_be_chosen(weft, workspace, company):
    shared = workspace.add_channel("partners", members=[company.alma], shared=True)

    assert "shared with another company" in str(choose(company.alma, shared))


def test_thanks_in_a_channel_of_two_companies_are_sent_after_a_warning(weft, workspace, company):
    shared = workspace.add_channel("partners", members=[company.ana, company.ben], shared=True)
    line = f"{company.ben.mention} for staying late on Tuesday, so that the customer could go live"
    company.ana.command("/shoutout", line, shared)
    assert "people there can read this too" in words(company.ana.modal)
    assert posts(shared) == []

    assert handed_in(company.ana) == {}
    weft.carry()

    assert len(posts(shared)) == 1


def test_congratulations_that_can_not_be_posted_come_back(weft, workspace, party):
    thank(party.ana, party.ben)
    weft.carry()
    with weft.bot.begin() as work:
        [row] = in_channels(work, since=work.now - timedelta(days=1))
        congratulate(work, row.id, by=party.cleo.id, words="You saved our week")
    workspace.archive(party.wins)
    weft.live(hours=1)

    assert "You saved our week" in words(party.cleo.messages()[-1])
    assert "the channel is archived" in words(party.cleo.messages()[-1])


def test_an_edit_that_does_not_arrive_is_told(weft, workspace, party):
    thank(party.ana, party.ben)
    weft.carry()
    party.ana.press("Edit", turn_to(party.ana, "Wins and thanks"))
    party.ana.fill({"What did they do?": "Another, better text about all that they did"})
    workspace.faults.refuse("chat.update", "cant_update_message")
    party.ana.submit()
    weft.carry()

    assert "It still shows the old text." in words(party.ana.messages()[-1])


def test_the_second_win_of_a_week_is_read_whole(weft, party):
    share(weft, party.ana, party.ben)
    long = "Deploys take one click now, so that support can do them. " * 30 + "That is all."
    share(weft, party.ana, party.cleo, long)
    until(weft, FRIDAY + timedelta(minutes=5))

    assert "That is all." in "\n".join(digests(party.wins))

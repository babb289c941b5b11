"""Whatever happens to the place or the people of a message before it is sent: it comes once, or someone hears of it."""

from collections import Counter
from datetime import timedelta
from typing import NamedTuple

import pytest
from sqlalchemy import String, func, select

from storage.kinds import MessageKind
from storage.tables import METADATA
from tests.delivery.each_kind import STORIES, waiting
from tests.weft import words

TO_CHANNEL = {
    MessageKind.CELEBRATION,
    MessageKind.CONGRATULATION,
    MessageKind.COUNTING_BEGINS,
    MessageKind.DAYS,
    MessageKind.DIGEST,
    MessageKind.LEARNED_LINE,
}
FOR_ONE_PERSON = {
    MessageKind.OTHER: "a check-in: without an answer the round goes on, and Home has the same buttons",
    MessageKind.AHEAD: "the round comes in any case, and Home names its day",
    MessageKind.HEADS_UP: "the round comes in any case, and Home names its day",
    MessageKind.STAY_QUESTION: "no break begins without a question that arrived",
    MessageKind.BREAK: "Home shows the break and its end",
    MessageKind.WELCOME: "Home shows the program and its next round",
    MessageKind.PARTNER_GONE: "Home shows that there is no match, and the next round brings one",
}
"""Lost by decision when the person is gone, or Slack lets no one write to them: why no one else has to hear."""
TROUBLE = (
    "I can't post in",
    "I can't count interactions in",
    "I couldn't reach",
    "I can't start a group DM",
    "I couldn't start a chat",
    "can't make it this time",
)


class Fault(NamedTuple):
    happens: object
    """Called with the workspace, its people and the message that waits."""
    ends: object = None
    """Called with the workspace and its people."""


def restrict(workspace, team, row):
    """Wherever this message would go, an admin of Slack has limited who may post."""
    [place] = [one for one in workspace.channels.values() if one.id == row.recipient] or [
        workspace.open_direct(row.people)
    ]
    workspace.restrict_posting(place)


def allow_everywhere(workspace, team):
    for channel in workspace.channels.values():
        workspace.restrict_posting(channel, is_restricted=False)


def unarchive(workspace, team):
    workspace.unarchive(team.place, team.alma)
    workspace.add_bot(team.place, team.alma)


OF_PLACE = {
    "archived": Fault(lambda workspace, team, row: workspace.archive(team.place), unarchive),
    "deleted": Fault(lambda workspace, team, row: workspace.delete_channel(team.place)),
    "Weft removed": Fault(
        lambda workspace, team, row: workspace.remove_bot(team.place),
        lambda workspace, team: workspace.add_bot(team.place, team.alma),
    ),
    "another id": Fault(lambda workspace, team, row: workspace.change_channel_id(team.place)),
}
FAULTS = OF_PLACE | {
    "person gone": Fault(
        lambda workspace, team, row: team.leaves.deactivate(), lambda _, team: team.leaves.reactivate()
    ),
    "posting limited": Fault(restrict, allow_everywhere),
}


def cases():
    """A lost channel hardly concerns what is written to people, so these cases are slow ones."""
    for kind in MessageKind:
        for fault in FAULTS:
            is_slow = fault in OF_PLACE and kind not in TO_CHANNEL
            yield pytest.param(kind, fault, marks=[pytest.mark.slow] if is_slow else [], id=f"{kind}-{fault}")


@pytest.fixture
def beginning(request, lived):
    """Each story is lived once, until its message waits."""
    return lived(STORIES[request.node.callspec.params["kind"]].live).copy()


def test_each_kind_of_message_has_a_story():
    assert set(STORIES) == set(MessageKind)


@pytest.mark.sampled(1)
@pytest.mark.parametrize(("kind", "fault"), list(cases()))
def test_it_comes_once_or_someone_hears_that_it_did_not(weft, team, workspace, kind, fault):
    row = next(one for one in waiting(weft) if one.kind is kind)
    old_id, news = team.place.id, News(team)

    FAULTS[fault].happens(workspace, team, row)
    time_passes(weft)

    is_told = news.have_come(STORIES[kind].says) or news.are_about_trouble(STORIES[kind].says)
    is_lost_by_decision = kind in FOR_ONE_PERSON and fault not in OF_PLACE
    assert is_told is not is_lost_by_decision
    if fault == "another id":  # It is the same channel, so nothing is lost.
        assert columns_with(weft, old_id) == []
        assert news.have_come(STORIES[kind].says)
        assert not news.have_trouble(besides=STORIES[kind].says)

    if FAULTS[fault].ends is not None:
        FAULTS[fault].ends(workspace, team)
        time_passes(weft)
    assert all(news.count(reader, STORIES[kind].says) <= 1 for reader in team.readers)
    assert posts_with_the_same_key(workspace) == []


def time_passes(weft):
    """As long as Weft needs to notice something, and into the next working day."""
    for hours in (0, 0.2, 5, 20, 5):
        weft.clock.advance(timedelta(hours=hours))
        weft.settle()


class News:
    """What people read from now on."""

    def __init__(self, team):
        self.team = team
        self.before = {person.id: {message.ts for message in person.sees()} for person in self.people()}

    def people(self):
        return {*self.team.readers, self.team.author, self.team.alma}

    def read_by(self, person):
        return [words(one, person) for one in person.sees() if one.ts not in self.before[person.id]]

    def count(self, person, says):
        return sum(says in read for read in self.read_by(person))

    def readers_left(self):
        return [one for one in self.team.readers if not one.user.deleted]

    def have_come(self, says):
        return bool(self.readers_left()) and all(self.count(one, says) for one in self.readers_left())

    def are_about_trouble(self, says):
        """Each reader who is left hears of it; or its author does, who reads their own words again; or an admin."""
        concerned = [self.readers_left(), [self.team.author], [self.team.alma]]
        return any(people and all(self.is_told(one, says) for one in people) for people in concerned)

    def have_trouble(self, besides):
        reads = [read for person in self.people() for read in self.read_by(person) if besides not in read]
        return any(one in read for read in reads for one in TROUBLE)

    def is_told(self, person, says):
        return any(one in read for read in self.read_by(person) for one in (says, *TROUBLE))


def posts_with_the_same_key(workspace):
    posts = [one for channel in workspace.channels.values() for one in channel.messages if one.metadata]
    counted = Counter(str(post.metadata) for post in posts)
    return [post.text for post in posts if counted[str(post.metadata)] > 1]


def columns_with(weft, value):
    """Every column of every table in which this stands."""
    columns = [one for table in METADATA.tables.values() for one in table.columns if isinstance(one.type, String)]
    with weft.bot.look() as work:
        return [
            str(one)
            for one in columns
            if work.session.scalar(select(func.count()).where(one == value).select_from(one.table))
        ]

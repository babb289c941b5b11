"""For each kind of message the story of people in which one is due: it stands in the outbox, and is not sent yet."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import NamedTuple

from sqlalchemy import select

from bot.coffee.activity import inactivity
from bot.core.message import Message
from storage.kinds import CheckIn, DeliveryState, MessageKind
from storage.outbox.keys import MessageKey
from storage.outbox.outbox import OutboxMessage
from storage.programs import programs
from tests.celebrate.conftest import FASTER, LATE, share, thank, wins_chosen
from tests.celebrate.test_congratulating import CONGRATULATE, press, suggestions
from tests.celebrate.test_days import started
from tests.celebrate.test_digest import FRIDAY
from tests.coffee.stories import (
    TUESDAY_TEN_IN_BERLIN,
    begin,
    first_round,
    introduce_a_pair,
    introductions,
    set_up,
)
from tests.network.company import met
from tests.network.conftest import four_teams
from tests.rows import copies
from tests.weft import handed_in, turn_to

SECOND_ROUND = TUESDAY_TEN_IN_BERLIN + timedelta(days=14)


class Story(NamedTuple):
    live: Callable[..., SimpleNamespace]
    """Returns the people with `place`, the channel that the message is about; with who `leaves`; its `readers`; and its
    `author`, who hears when it can't be brought. An admin is, where the bot itself writes.
    """
    says: str
    """What its readers would find in it."""


def due(team, place, leaves, *readers, author=None):
    team.place, team.leaves, team.readers, team.author = place, leaves, readers, author or team.alma
    return team


def wait_for(weft, kind, part_of_key=""):
    """Time passes until a message of this kind stands in the outbox."""
    while not any(row.kind is kind and part_of_key in row.key for row in waiting(weft)):
        weft.carry()
        weft.clock.advance(timedelta(minutes=30))
        weft.tick()


def waiting(weft):
    with weft.bot.look() as work:
        chosen = select(OutboxMessage).where(OutboxMessage.state == DeliveryState.WAITING)
        return copies(work.session.scalars(chosen))


# Of a program


def welcome(weft, team):
    weft.tick()
    set_up(team.alma, team.coffee)
    weft.tick()
    return due(team, team.coffee, team.ana, team.ana)


def ahead(weft, team):
    first_round(weft, team)
    weft.live_until(SECOND_ROUND - timedelta(days=1, hours=2))
    wait_for(weft, MessageKind.AHEAD)
    return due(team, team.coffee, team.ana, team.ana)


def on_a_break(weft, team):
    first_round(weft, team)
    set_silent_rounds(weft, team)
    weft.live_until(SECOND_ROUND + timedelta(days=13, hours=-3))
    wait_for(weft, MessageKind.BREAK)
    return due(team, team.coffee, team.ana, team.ana)


def set_silent_rounds(weft, team):
    with weft.bot.begin() as work:
        for one in team.everyone:
            programs.membership(work, program_id=1, person_id=one.id).silent_rounds = inactivity.ASKED_AFTER - 1


def of_an_older_version(kind, text):
    """No code puts this kind any longer, but it may wait while Weft is updated."""

    def live(weft, team):
        first_round(weft, team)
        with weft.bot.begin() as work:
            work.send(Message(text), to=team.ana.id, key=MessageKey(f"program:1:{kind}", kind, 1))
        return due(team, team.coffee, team.ana, team.ana)

    return live


# Of a round


def introduction(weft, team):
    begin(weft, team)
    for one in (team.cleo, team.dev):
        one.command("/coffee", "skip")
    wait_for(weft, MessageKind.INTRODUCTION)
    return due(team, team.coffee, team.ben, team.ana, team.ben)


def press_each(team, label):
    for one in (team.ana, team.ben):
        one.press(label, introductions(one)[-1])


def new_times(weft, team):
    introduce_a_pair(weft, team)
    team.ana.press("Other times", introductions(team.ana)[-1])
    return due(team, team.coffee, team.ben, team.ana, team.ben)


def time_agreed(weft, team):
    introduce_a_pair(weft, team)
    press_each(team, "Time 2 works for me")
    return due(team, team.coffee, team.ben, team.ana, team.ben)


def time_canceled(weft, team):
    time_agreed(weft, team)
    weft.carry()
    team.ana.press("Cancel this time", introductions(team.ana)[-1])
    return due(team, team.coffee, team.ben, team.ana, team.ben)


def written(weft, team):
    begin(weft, team)
    team.ben.change(tz="America/Los_Angeles")
    for one in (team.cleo, team.dev):
        one.command("/coffee", "skip")
    weft.live_until(TUESDAY_TEN_IN_BERLIN)
    weft.settle()
    for one in (team.ana, team.ben):
        one.press("Answer now", introductions(one)[-1])
        first = one.modal.blocks[1]["label"]["text"]
        one.fill({first: f"{one.name} loves contracts"})
        assert not one.submit()
    return due(team, team.coffee, team.ben, team.ana, team.ben)


def partner_gone(weft, team):
    introduce_a_pair(weft, team)
    team.ben.deactivate()
    weft.tick()
    return due(team, team.coffee, team.ana, team.ana)


def coffee_now(weft, team):
    begin(weft, team)
    team.ana.command("/coffee", "now")
    weft.carry()
    [other] = [one for one in team.everyone if "coffee right now" in str(one.messages())]
    other.press("I'm in", other.messages()[-1])
    return due(team, team.coffee, other, team.ana, other)


def learned_line(weft, team):
    introduce_a_pair(weft, team)
    [said] = team.ana.press("We met", introductions(team.ana)[-1]).messages
    team.ana.press("Share a takeaway", said)
    team.ana.fill({"What did you learn?": "Support sees outages first"})
    assert team.ana.submit() == {}
    weft.live(days=1, hours=1)
    team.ben.press("Fine by me", next(one for one in team.ben.messages() if "share a line" in one.text))
    return due(team, team.coffee, team.ana, team.cleo, author=team.ana)


def check_in(weft, team):
    introduce_a_pair(weft, team)
    weft.live(days=6)
    wait_for(weft, MessageKind.OTHER, CheckIn.MIDWAY)
    return due(team, team.coffee, team.ana, team.ana)


# Of celebrations


def celebration(weft, team):
    thank(wins_chosen(weft, team).ana, team.ben)
    return due(team, team.wins, team.ana, team.ben, author=team.ana)


def celebration_in_private(weft, team):
    wins_chosen(weft, team).ana.command("/shoutout")
    team.ana.fill({"Who's it for?": [team.ben], "What did they do?": LATE, "Who can see it": "Only the people I thank"})
    assert team.ana.submit() == {}
    return due(team, team.wins, team.ben, team.ben, author=team.ana)


def congratulation(weft, team):
    thank(wins_chosen(weft, team).ana, team.ben)
    met(weft, team.cleo, team.ben)
    weft.live(minutes=5)
    press(weft, team.cleo, suggestions(weft, CONGRATULATE, team.cleo)[0])
    team.cleo.fill({"Your words": "You saved our week"})
    assert team.cleo.submit() == {}
    return due(team, team.wins, team.cleo, team.ben, author=team.cleo)


def digest(weft, team):
    share(weft, wins_chosen(weft, team).ana, team.ben, FASTER)
    weft.live_until(FRIDAY - timedelta(hours=1))
    wait_for(weft, MessageKind.DIGEST)
    return due(team, team.wins, team.ana, team.ben)


def days(weft, team):
    started(weft, wins_chosen(weft, team).ana, "2023-03-03")
    wait_for(weft, MessageKind.DAYS)
    return due(team, team.wins, team.ana, team.ben)


# Of other features


def network(weft, team):
    four_teams(weft, team)
    met(weft, team.ana, team.ben)
    met(weft, team.eva, team.ben)
    team.ana.press("Find an introduction", team.ana.command("/network").messages[0])
    team.ana.fill({"Or a team": "Legal"})
    team.ana.submit()
    team.ana.fill({"What would you like to talk about?": "I would like to understand contracts"})
    team.ana.submit()
    weft.settle()
    team.ben.press("Ask Eva Horak", team.ben.messages()[-1])
    weft.settle()
    team.eva.press("Introduce us", team.eva.messages()[-1])
    return due(team, team.coffee, team.eva, team.ana, team.eva)


def counting_begins(weft, team):
    weft.tick()
    general = weft.workspace.add_channel("general", members=[*team.everyone, team.alma])
    team.alma.press("Choose channels", turn_to(team.alma, "Admin"))
    team.alma.fill({"Where": "In these channels", "Channels": [general]})
    assert not handed_in(team.alma)
    return due(team, general, team.ana, team.ben)


STORIES = {
    MessageKind.OTHER: Story(check_in, "have you met yet?"),
    MessageKind.AHEAD: Story(ahead, "match arrives"),
    MessageKind.HEADS_UP: Story(of_an_older_version(MessageKind.HEADS_UP, "A round begins"), "A round begins"),
    MessageKind.STAY_QUESTION: Story(of_an_older_version(MessageKind.STAY_QUESTION, "Do you stay?"), "Do you stay?"),
    MessageKind.BREAK: Story(on_a_break, "I've paused Coffee"),
    MessageKind.WELCOME: Story(welcome, "Welcome"),
    MessageKind.INTRODUCTION: Story(introduction, "been paired up"),
    MessageKind.NEW_TIMES: Story(new_times, "new times"),
    MessageKind.TIME_AGREED: Story(time_agreed, "You're on!"),
    MessageKind.TIME_CANCELED: Story(time_canceled, "is off for now"),
    MessageKind.WRITTEN: Story(written, "loves contracts"),
    MessageKind.PARTNER_GONE: Story(partner_gone, "can't make it this time"),
    MessageKind.COFFEE_NOW: Story(coffee_now, "both free right now"),
    MessageKind.LEARNED_LINE: Story(learned_line, "Support sees outages first"),
    MessageKind.CELEBRATION: Story(celebration, LATE),
    MessageKind.CELEBRATION_PRIVATE: Story(celebration_in_private, LATE),
    MessageKind.CONGRATULATION: Story(congratulation, "You saved our week"),
    MessageKind.DIGEST: Story(digest, FASTER),
    MessageKind.DAYS: Story(days, "3 years"),
    MessageKind.NETWORK: Story(network, "introduced you two"),
    MessageKind.COUNTING_BEGINS: Story(counting_begins, "I now count"),
}

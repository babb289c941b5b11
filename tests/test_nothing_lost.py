"""Whatever becomes of the place where Weft was to say something: it comes later, or someone who can act hears of it."""

import ast
from datetime import timedelta
from pathlib import Path

import pytest

from bot import counting
from bot.celebrate.congratulating.service import congratulate
from bot.coffee.matches.learned import service as learned
from bot.coffee.rounds.blocks import round_counts
from bot.core import keys
from bot.core.alone import send_to_each
from bot.core.events import MessageLost
from bot.core.message import Message
from bot.counting import service as counted
from storage.celebrations import celebrations
from storage.connections.learned import Learned
from storage.kinds import Deed
from storage.programs import programs
from tests.beginnings import begins_when
from tests.celebrate.conftest import FASTER, LATE, posts, share, thank, until, wins_chosen
from tests.celebrate.test_channel_lost import FRIDAY, TUESDAY_MORNING
from tests.celebrate.test_days import started
from tests.celebrate.test_digest import digests
from tests.weft import words

party = begins_when(wins_chosen)
BOT = Path(counting.__file__).parents[1]
PLACES = {"demo"}

CHANNEL = {
    "celebrate.congratulating.service.congratulate",
    "celebrate.days.service.tell",
    "celebrate.digest.service.post",
    "celebrate.making.service.share",
    "counting.service.begin_in",
    "coffee.matches.learned.service.share",
    "coffee.rounds.service.close_last_round",
}
"""Goes to a channel: each has a story below."""
SEVERAL = {
    "network.asking.service.target_agrees",
    "network.hello.say_hello",
    "coffee.now.service.bring_together",
    "coffee.rounds.introduction.introduce",
    "coffee.matches.slots.service.agree",
    "coffee.matches.slots.service.call_time_off",
    "coffee.matches.slots.service.offer_others",
    "coffee.matches.written.service.show",
}
"""Goes to several people together, and to each alone where that is not possible."""
ONE_PERSON = {
    "celebrate.congratulating.service.undelivered": "gives words back to their author",
    "celebrate.making.notify_non_members.tell": "Home shows it too",
    "celebrate.making.service.undelivered": "gives words back to their author",
    "celebrate.cheers.service.tell": "Home shows it too",
    "celebrate.setup.channel.note": "several admins hear it, and the Admin page says it",
    "core.alone.send_to_each": "is what each alone gets",
    "counting.service.stop_in": "the Admin page says it",
    "network.asking.service.end_some": "is for this person only",
    "network.asking.service.send_private": "the asker hears after two weeks, whatever the reason",
    "network.drawing.send_picture": "they asked for it themselves",
    "nudges.saying.suggest": "is for this person only",
    "privacy.service.send_export": "they asked for it themselves",
    "coffee.matches.check_ins.bump.bump": "repairs tell the partner",
    "coffee.matches.check_ins.service.ask": "repairs tell the partner",
    "coffee.matches.learned.service.ask": "no answer can't be told from a no, by design",
    "coffee.matches.learned.service.undelivered": "gives words back to their author",
    "coffee.membership.welcoming.greet": "is for this person only",
    "coffee.membership.service.joined_channel": "is for this person only",
    "coffee.now.service.ask_next": "the next person is asked",
    "coffee.now.service.give_up": "is for this person only",
    "coffee.activity.ahead.say": "repairs find the partner another match",
    "coffee.rounds.repair.call_off": "is for this person only",
    "coffee.rounds.repair.introduction_lost": "is what each alone gets",
    "coffee.activity.inactivity.begin_break": "is for this person only",
    "coffee.rounds.notify.tell_why": "is for this person only",
    "coffee.setup.admins.tell_admins": "several admins hear it, and the Admin page says it",
}
"""Goes to one person. When they are gone: why no one else has to hear."""
HARMLESS = {"counting.service.end_in": "no one reads a lost channel, and nothing is counted there anymore"}


def senders():
    """Every function of the product that puts a message into the outbox."""
    for path in BOT.rglob("*.py"):
        if PLACES.isdisjoint(path.relative_to(BOT).parts):
            module = ".".join(path.relative_to(BOT).with_suffix("").parts)
            for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(function, ast.FunctionDef) and any(map(is_sending, ast.walk(function))):
                    yield f"{module}.{function.name}"


def is_sending(node):
    is_send = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "send"
    return is_send and any(one.arg == "key" for one in node.keywords)


def test_of_every_message_it_is_known_who_hears_when_it_is_lost():
    assert set(senders()) == CHANNEL | SEVERAL | ONE_PERSON.keys() | HARMLESS.keys()


LOST = {
    "archived": lambda workspace, channel: workspace.archive(channel),
    "deleted": lambda workspace, channel: workspace.delete_channel(channel),
    "Weft removed": lambda workspace, channel: workspace.remove_bot(channel),
    "another id": lambda workspace, channel: workspace.change_channel_id(channel),
    "posting limited": lambda workspace, channel: workspace.restrict_posting(channel),
}


@pytest.fixture(params=LOST)
def lose(request, workspace):
    return lambda channel: LOST[request.param](workspace, channel)


def has_heard(person, before):
    return "\n".join(words(message) for message in person.messages()[before:])


def test_thanks(weft, party, lose):
    before = len(party.ana.messages())
    thank(party.ana, party.ben)
    lose(party.wins)
    weft.live(hours=2)

    assert len(posts(party.wins)) == 1 or LATE in has_heard(party.ana, before)


def test_a_day(weft, party, lose):
    started(weft, party.ana, "2023-03-03")
    until(weft, TUESDAY_MORNING - timedelta(hours=1))
    before = len(party.alma.messages())
    lose(party.wins)
    until(weft, TUESDAY_MORNING)
    weft.live(hours=5)

    told = "".join(words(post) for post in posts(party.wins))
    assert "3 years today" in told or "I can't post in" in has_heard(party.alma, before)


def test_a_digest(weft, party, lose):
    share(weft, party.ana, party.ben, FASTER)
    until(weft, FRIDAY - timedelta(minutes=1))
    before = len(party.alma.messages())
    lose(party.wins)
    weft.live(hours=5)

    assert digests(party.wins) or "I can't post in" in has_heard(party.alma, before)


def test_a_congratulation(weft, party, lose):
    thank(party.ana, party.ben)
    weft.carry()
    with weft.bot.begin() as work:
        [row] = celebrations.in_channels(work, since=work.now - timedelta(1))
        congratulate(work, row.id, by=party.cleo.id, words="You saved our week")
    before = len(party.cleo.messages())
    lose(party.wins)
    weft.live(hours=2)

    answers = [message for message in party.wins.messages if message.is_reply]
    assert answers or "You saved our week" in has_heard(party.cleo, before)


def test_a_line_that_was_learned(weft, program, lose):
    with weft.bot.begin() as work:
        [coffee] = programs.running_programs(work)
        about = {"workspace_id": work.workspace_id, "program_id": coffee.id, "origin": "match:1"}
        row = Learned(**about, person_id=program.ana.id, words="Ask early", written_at=work.now)
        work.session.add(row)
        work.session.flush()
        learned.share(work, row)
    before = len(program.ana.messages())
    lose(program.coffee)
    weft.live(hours=2)

    assert "Ask early" in str(posts(program.coffee)) or "Ask early" in has_heard(program.ana, before)


def test_the_counts_of_a_round(weft, program, lose):
    with weft.bot.begin() as work:
        [coffee] = programs.running_programs(work)
        work.send(round_counts(coffee, 29, 23), to=coffee.channel_id, key="round:1:counts")
    before = len(program.alma.messages())
    lose(program.coffee)
    weft.live(hours=5)

    assert posts(program.coffee) or "channel" in has_heard(program.alma, before)


def test_the_notice_that_contact_is_counted(weft, team, workspace, lose):
    weft.tick()
    general = workspace.add_channel("general", members=team.everyone)
    with weft.bot.begin() as work:
        counted.choose(work, by=team.alma.id, everywhere=False, channel_ids=[general.id])
    before = len(team.alma.messages())
    lose(general)
    weft.live(hours=2)

    assert posts(general) or "I can't count interactions in" in has_heard(team.alma, before)


@pytest.mark.parametrize("is_gone", [True, False])
def test_what_is_for_several_reaches_each_who_can_be_reached(weft, team, is_gone):
    weft.tick()
    ana, ben = team.ana.id, team.ben.id
    with weft.bot.begin() as work:
        work.send(
            Message("You both have 15 minutes now."),
            to=[ana, ben],
            key=keys.coffee_now(1),
            at=work.now + timedelta(days=1),
        )
        send_to_each(
            work, MessageLost(keys.coffee_now(1), Deed.POST, (ana, ben), (ben,) if is_gone else (), "user_disabled")
        )
    weft.carry()

    assert "You both have 15 minutes now." in team.ana.messages()[-1].text
    assert ("I couldn't reach @Ben Okafor" in words(team.ana.messages()[-1])) is is_gone
    assert ("15 minutes now" in str(team.ben.messages())) is not is_gone

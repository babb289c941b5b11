"""Whatever becomes of the place where Weft was to say something: it comes later, or someone who can act hears of it."""

import ast
from datetime import timedelta
from pathlib import Path

import pytest

from bot import counting
from bot.coffee.rounds.blocks import round_counts
from bot.core import keys
from bot.core.alone import send_to_each
from bot.core.events import MessageLost
from bot.core.message import Message
from storage.kinds import Deed
from storage.programs import programs
from tests.celebrate.conftest import posts
from tests.weft import words

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
"""Goes to a channel: each has a story in tests/delivery/each_kind.py; the counts of a round have theirs below."""
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


@pytest.mark.slow
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


def test_the_counts_of_a_round(weft, program, lose):
    with weft.bot.begin() as work:
        [coffee] = programs.running_programs(work)
        work.send(round_counts(coffee, 29, 23), to=coffee.channel_id, key="round:1:counts")
    before = len(program.alma.messages())
    lose(program.coffee)
    weft.live(hours=5)

    assert posts(program.coffee) or "channel" in has_heard(program.alma, before)


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

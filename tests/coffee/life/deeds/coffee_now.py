"""Somebody has time for a coffee now, and others are asked: one says yes or no, two say yes, nobody answers."""

from datetime import timedelta

from bot.coffee.now import blocks
from bot.coffee.now.rules import WAITS
from tests.coffee.life.deeds.answering import press_in
from tests.coffee.life.deeds.coming_and_going import is_away, is_deactivated_or_comes_back, leaves
from tests.coffee.life.people import NAMES, is_at_work
from tests.coffee.life.suggesting import TEAMS
from tests.nudges.test_promises import elements
from tests.weft import labels

HOUR, A_DAY = timedelta(hours=1), timedelta(days=1)
YES, NO, NEVER = "I'm in", "Not now", "Don't ask me"


def looks_for_a_coffee_now(life, name, number):
    """On a morning, before anybody has got anything; it goes on as the number says."""
    if life.known[name].is_gone or not life.known[name].is_in:
        return
    others = [one for one in NAMES if one != name]
    if number % 2:
        is_away(life, others[number % len(others)], number)
    morning(life, name)
    team = list(TEAMS.values())[number % len(TEAMS)] if number % 4 == 3 else ""
    life.act(name, lambda person: person.command("/coffee", f"now {team}".strip()))
    life.look()
    HOW_IT_GOES_ON[number % len(HOW_IT_GOES_ON)](life, name)


def morning(life, name):
    """Of the next day on which they work, and somebody in Berlin."""
    at = life.clock.now().replace(hour=0, minute=0, second=0, microsecond=0) + A_DAY
    while not (is_at_work(name, at) and is_at_work("Ana", at)):
        at += HOUR
    life.clock.move_to(at)


def says_yes(life, asker):
    for one in asked(life):
        reply(life, one, YES)
    life.look()


def says_no_until_somebody_says_yes(life, asker):
    for one in asked(life):
        reply(life, one, NO)
    life.look()
    says_yes(life, asker)


def does_not_want_to_be_asked(life, asker):
    for one in asked(life):
        if reply(life, one, NEVER):
            life.known[one].asks_no_coffee_now = True
    time_goes_by(life)
    two_say_yes(life, asker)


def two_say_yes(life, asker):
    """The first of them later than Weft waited, when the second was asked already."""
    time_goes_by(life)
    for one in asked(life):
        reply(life, one, YES)
    life.look()


def nobody_answers(life, asker):
    for _ in range(5):
        time_goes_by(life)


def stops_looking(life, asker):
    life.act(asker, lambda person: person.command("/coffee", "now stop"))
    two_say_yes(life, asker)


def can_not_wait(life, asker):
    """Whoever looks, or was asked, is gone meanwhile."""
    gone = asked(life)[:1] or [asker]
    for one in gone:
        (is_deactivated_or_comes_back, leaves, is_away)[life.lives % 3](life, one, 0)
    two_say_yes(life, asker)


def the_asker_goes(life, asker):
    leaves(life, asker, 0)
    if not life.known[asker].is_gone:
        is_deactivated_or_comes_back(life, asker, 0)
    two_say_yes(life, asker)


HOW_IT_GOES_ON = (
    says_yes,
    two_say_yes,
    nobody_answers,
    says_no_until_somebody_says_yes,
    two_say_yes,
    stops_looking,
    does_not_want_to_be_asked,
    can_not_wait,
    the_asker_goes,
    says_yes,
    two_say_yes,
    nobody_answers,
)


def time_goes_by(life):
    life.clock.advance(WAITS + timedelta(minutes=1))
    life.look()


def asked(life):
    """Who has a question that they can still press."""
    return [name for name in NAMES if not life.known[name].is_gone and question(life, name)]


def question(life, name):
    there = [message for message in life.people[name].messages() if YES in labels(message)]
    return there[-1] if there else None


def reply(life, name, label):
    if life.known[name].is_gone or (message := question(life, name)) is None:
        return False
    [which] = [element["value"] for element in elements(message.blocks) if element.get("action_id") == blocks.YES]
    if label == YES:
        life.said_yes[int(which)].add(name)
    press_in(life, name, label, message)
    return True


def lets_be_asked_again(life, name, number):
    known = life.known[name]
    if known.is_in and not known.is_gone and known.asks_no_coffee_now:
        life.act(name, lambda person: person.command("/coffee", "now open"))
        known.asks_no_coffee_now = False

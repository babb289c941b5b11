"""Time passes, the bot dies or nobody runs it, and Slack tells things twice, late, or in the wrong order."""

import random
from datetime import timedelta

from tests.coffee.life.deeds.coming_and_going import (
    comes_into_the_channel,
    is_away,
    is_back,
    is_deactivated_or_comes_back,
    joins,
    leaves,
    leaves_the_channel,
    pauses,
)

A_MINUTE = timedelta(minutes=1)
DOWN_FOR = (2, 13, 16, 20, 25, 30)
"""Hours."""


def days_pass(life, name, number):
    life.pass_days(1 + number % 4)


def a_round_begins(life, name, number):
    life.pass_until_round()


def nobody_runs_the_bot(life, name, number):
    life.clock.advance(timedelta(days=1 + number % 3))
    life.look()


def nobody_runs_the_bot_when_a_round_is_due(life, name, number):
    """Until later that day, some hour of the night, or too late."""
    due_at = life.program().next_round_at
    life.pass_until(due_at - A_MINUTE)
    life.clock.move_to(due_at + timedelta(hours=DOWN_FOR[number % len(DOWN_FOR)]))
    life.look()


def the_bot_will_die_soon(life, name, number):
    """While it answers somebody, or hears what happened."""
    life.database.will_die(commits=1 + number // 6, before=number % 2 == 0, is_heard=number % 3 == 0)


def the_bot_will_die_later(life, name, number):
    """While it does what is due."""
    life.database.will_die(commits=3 * (number + 1), before=number % 2 == 0)


def the_bot_dies_while_a_round_begins(life, name, number):
    life.pass_until(life.program().next_round_at - A_MINUTE)
    life.database.will_die(commits=1 + number, before=number % 2 == 0)
    life.pass_until_round()


def the_bot_will_die_when_it_has_posted(life, name, number):
    """Before it has written down that it did."""
    life.dies_after_posting = 1 + number % 4


def events_come_doubled(life, name, number):
    life.workspace.double_events(number % 3 > 0)


def events_come_late_and_shuffled(life, name, number):
    """They change their title twice; what came last is not what happened last."""
    life.workspace.hold_events()
    life.people[name].change(title="Engineer")
    life.clock.advance(timedelta(seconds=2))
    life.people[name].change(title="Senior engineer")
    life.happens(lambda: life.workspace.release_events(random.Random(number)))


def nobody_says_a_word_for_weeks(life, name, number):
    for _ in range(4 + number % 2):
        life.hurry_until_round()


def slack_tells_it_again(life, name, number):
    """Somebody does something, then something else; and Slack, which believes that nobody heard, repeats the first."""
    first, second = OTHERWISE[number % len(OTHERWISE)]
    if first is comes_into_the_channel:
        leaves_the_channel(life, name, number)
    elif first is leaves_the_channel:
        comes_into_the_channel(life, name, number)
    before = len(life.heard)
    first(life, name, number)
    told = life.heard[before:][-1:]
    life.clock.advance(timedelta(seconds=30))
    second(life, name, number)
    life.clock.advance(timedelta(minutes=4))
    life.happens(lambda: [life.workspace.deliveries.send(envelope.again()) for envelope in told])


OTHERWISE = (
    (comes_into_the_channel, leaves),
    (leaves_the_channel, joins),
    (is_deactivated_or_comes_back, is_deactivated_or_comes_back),
    (leaves_the_channel, comes_into_the_channel),
    (is_away, is_back),
    (comes_into_the_channel, pauses),
)

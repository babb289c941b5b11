"""What may happen in a life: to the life, by whom, and a number for whatever there is to choose."""

import random
from datetime import timedelta

from tests.nudges.test_promises import elements
from tests.programs.life.people import ADMIN, BERLIN, NAMES
from tests.programs.life.suggesting import SUGGESTION
from tests.weft import labels, turn_to

ANSWERS = ("We met", "It's planned", "Not yet", "My weeks broke", "No reply")

A_MINUTE = timedelta(minutes=1)
DOWN_FOR = (2, 13, 16, 20, 25, 30)
"""Hours."""


def opens_home(life, name, number):
    life.act(name, lambda person: person.open_home())


# Time and trouble


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


# Coming and going


def joins(life, name, number):
    if not life.known[name].is_gone:
        life.known[name].has_joined()
        life.act(name, lambda person: person.command("/coffee", "join"))


def leaves(life, name, number):
    if not life.known[name].is_gone:
        life.known[name].is_in = False
        life.act(name, lambda person: person.command("/coffee", "leave"))


def comes_into_the_channel(life, name, number):
    if not life.known[name].is_gone and life.people[name].id not in life.channel.members:
        life.known[name].has_joined(through_channel=True)
        life.happens(lambda: life.people[name].join(life.channel))


def leaves_the_channel(life, name, number):
    known = life.known[name]
    if life.people[name].id in life.channel.members:
        known.is_in = False
        life.happens(lambda: life.people[name].leave(life.channel))
        if life.was_lost and not known.through_channel:
            known.is_in = True  # Whoever came by a word of their own is not taken out by looking into the channel.


def pauses(life, name, number):
    known = life.known[name]
    if known.is_in and not known.is_gone:
        weeks = 2 + number % 2
        here = life.clock.now().astimezone(BERLIN).date()
        known.paused_until = here + timedelta(weeks=weeks) - timedelta(days=1)
        life.act(name, lambda person: person.command("/coffee", f"pause {weeks}w"))


def skips(life, name, number):
    known = life.known[name]
    if known.is_in and not known.is_gone:
        known.skips = life.program().next_round_at
        life.act(name, lambda person: person.command("/coffee", "skip"))


def is_away(life, name, number):
    away(life, name, until=life.clock.now() + timedelta(days=3 + number % 6))


def away(life, name, until):
    if not life.known[name].is_gone:
        life.known[name].away_until = until
        life.happens(lambda: life.people[name].set_status(":palm_tree:", "Away", until))


def is_back(life, name, number):
    if not life.known[name].is_gone:
        life.known[name].away_until = None
        life.happens(lambda: life.people[name].set_status())


def wants_no_disturbance(life, name, number):
    known = life.known[name]
    if not known.is_gone:
        known.quiet_until = life.clock.now() + timedelta(hours=1 + 3 * number)
        life.happens(lambda: life.people[name].sets_dnd(known.quiet_until))
        if life.was_lost:
            known.quiet_until = None  # Nothing but this event tells of it.


def is_deactivated_or_comes_back(life, name, number):
    known, person = life.known[name], life.people[name]
    if name == ADMIN:
        return  # Somebody has to hear of what goes wrong.
    life.clock.advance(timedelta(seconds=2))
    known.is_gone, known.is_surely_in = not known.is_gone, False
    life.happens(person.deactivate if known.is_gone else person.reactivate)


def somebody_changes_their_mind_just_before_a_round(life, name, number):
    """What Slack tells of it is all there is, and at times the bot dies of hearing it."""
    life.pass_until(life.program().next_round_at - A_MINUTE)
    if number >= len(AT_THE_LAST_MINUTE):
        life.database.will_die(commits=1, before=True, is_heard=True)
    AT_THE_LAST_MINUTE[number % len(AT_THE_LAST_MINUTE)](life, name, number)
    life.pass_until_round()


AT_THE_LAST_MINUTE = (
    leaves_the_channel,
    is_deactivated_or_comes_back,
    is_away,
    skips,
    leaves_the_channel,
    is_deactivated_or_comes_back,
)


# Coffee


def would_rather_not_meet(life, name, number):
    other = NAMES[number % len(NAMES)]
    if name != other and not life.known[name].is_gone:
        life.apart.append({name, other})
        life.act(name, lambda person: life.keep_apart(name))


def answers(life, name, number):
    press_last(life, name, ANSWERS[number % len(ANSWERS)], back=number // len(ANSWERS))


def answers_that_they_met(life, name, number):
    press_last(life, name, "We met", back=number % 2)


def press_last(life, name, label, back=0):
    there = [message for message in life.people[name].sees() if label in labels(message)]
    if len(there) > back and not life.known[name].is_gone:
        life.answered.add(there[-1 - back].ts)
        life.act(name, lambda person: press(person, label, there[-1 - back]))


def press(person, label, message):
    """The first button of this name: a message with several suggestions has several."""
    block = next(block for block in message.blocks if label in labels([block]))
    element = next(one for one in elements([block]) if one.get("text", {}).get("text") == label)
    person._act(message, block, element, None)


def takes_back_that_they_met(life, name, number):
    press_last(life, name, "We met")
    if not life.known[name].is_gone:
        life.act(name, lambda person: life.press_at_home(person, "Not yet after all"))


def chooses_a_time(life, name, number):
    press_last(life, name, f"{1 + number % 3} works for me")


def everybody_chooses_a_time(life, name, number):
    for one in NAMES:
        press_last(life, one, f"{1 + number % 3} works for me")


# Suggestions


def answers_a_suggestion(life, name, number):
    for label in SUGGESTION[number % len(SUGGESTION) :]:
        if any(label in labels(message) for message in life.people[name].sees()):
            press_last(life, name, label)
            break


def answers_what_would_be_the_last(life, name, number):
    press_last(life, name, "Keep these coming")


def turns_suggestions_off_or_on(life, name, number):
    known = life.known[name]
    if not known.is_gone:
        known.wants_no_nudges = not known.wants_no_nudges
        label = "Turn all off" if known.wants_no_nudges else "Turn on again"
        life.act(name, lambda person: person.press(label, turn_to(person, "Settings")))


ODDS = {
    opens_home: 1,
    days_pass: 10,
    a_round_begins: 5,
    nobody_runs_the_bot: 2,
    nobody_runs_the_bot_when_a_round_is_due: 5,
    the_bot_will_die_soon: 8,
    the_bot_will_die_later: 3,
    the_bot_dies_while_a_round_begins: 6,
    the_bot_will_die_when_it_has_posted: 4,
    events_come_doubled: 3,
    events_come_late_and_shuffled: 2,
    joins: 10,
    leaves: 4,
    comes_into_the_channel: 3,
    leaves_the_channel: 2,
    pauses: 6,
    skips: 4,
    is_away: 2,
    somebody_changes_their_mind_just_before_a_round: 10,
    is_back: 3,
    wants_no_disturbance: 3,
    is_deactivated_or_comes_back: 3,
    would_rather_not_meet: 4,
    answers: 6,
    answers_that_they_met: 6,
    takes_back_that_they_met: 3,
    chooses_a_time: 5,
    everybody_chooses_a_time: 2,
    answers_a_suggestion: 8,
    answers_what_would_be_the_last: 2,
    turns_suggestions_off_or_on: 7,
}
"""How often each, compared with the others. The first is what a story that failed is reduced to."""
BY_NAME = {deed.__name__: deed for deed in ODDS}
DEEDS = [deed.__name__ for deed, times in ODDS.items() for _ in range(times)]

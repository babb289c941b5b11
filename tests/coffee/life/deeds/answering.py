"""People say whether they met, and whether they would like to go on."""

from bot.coffee.now import blocks as now_blocks
from bot.slacksim.errors import NotPossible
from tests.nudges.test_promises import elements

ANSWERS = ("We met", "It's planned", "Not yet", "Couldn't make it", "No reply")


def opens_home(life, name, number):
    life.act(name, lambda person: person.open_home())


def answers(life, name, number):
    press_last(life, name, ANSWERS[number % len(ANSWERS)], back=number // len(ANSWERS))


def answers_that_they_met(life, name, number):
    press_last(life, name, "We met", back=number % 2)


def takes_back_that_they_met(life, name, number):
    press_last(life, name, "We met")
    if not life.known[name].is_gone:
        life.act(name, lambda person: life.press_at_home(person, "Actually, not yet"))


def says_that_they_stay(life, name, number):
    """After weeks without a word, or on the break that followed."""
    known = life.known[name]
    if press_last(life, name, "I'm back" if number % 2 else "Keep me in") and known.is_in:
        known.paused_until, known.said_something_at = None, life.clock.now()


def press_last(life, name, label, back=0):
    """Whether there was such a button to press."""
    there = [message for message in life.people[name].sees() if label in labels_on(message)]
    if len(there) <= back or life.known[name].is_gone:
        return False
    press_in(life, name, label, there[-1 - back])
    return True


def labels_on(message):
    """What the buttons of a message are called, by their label or where it is read aloud."""
    return {name for element in elements(message.blocks) for name in named(element)}


def named(element):
    return {element["text"]["text"], element.get("accessibility_label")} if element.get("type") == "button" else set()


def last_with(life, names, label, *, together=False):
    """The newest message with such a button that any of these people sees. `together`: with others."""
    seen = [life.people[name].group_messages() if together else life.people[name].sees() for name in names]
    there = [message for messages in seen for message in messages if label in labels_on(message)]
    return max(there, key=lambda message: message.ts, default=None)


def press_in(life, name, label, message):
    life.answered.add(message.ts)
    life.act(name, lambda person: press(life, person, label, message))


def press(life, person, label, message):
    """The first button of this name: a message with several suggestions has several."""
    there = [(block, element) for block in message.blocks for element in elements([block]) if label in named(element)]
    if not there:
        raise NotPossible(f"{label} is not there any more")
    block, element = there[0]
    if element["action_id"] == now_blocks.MET:
        life.met_now.add(int(element["value"]))
    person._act(message, block, element, None)

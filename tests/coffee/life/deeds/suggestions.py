"""People answer what is suggested to them, or want none of it."""

from tests.coffee.life.deeds.answering import press_last
from tests.coffee.life.suggesting import SUGGESTION
from tests.weft import labels, turn_to


def answers_a_suggestion(life, name, number):
    for label in SUGGESTION[number % len(SUGGESTION) :]:
        if any(label in labels(message) for message in life.people[name].sees()):
            press_last(life, name, label)
            break


def answers_what_would_be_the_last(life, name, number):
    press_last(life, name, "Keep them")


def turns_suggestions_off_or_on(life, name, number):
    known = life.known[name]
    if not known.is_gone:
        known.wants_no_nudges = not known.wants_no_nudges
        label = "Turn all off" if known.wants_no_nudges else "Turn on"
        life.act(name, lambda person: person.press(label, turn_to(person, "Settings")))

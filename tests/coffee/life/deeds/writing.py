"""People have their coffee in writing."""

from contextlib import suppress

from bot.coffee.matches.written.forms import WRITTEN_FORM
from bot.slacksim.errors import NotPossible
from tests.coffee.life.deeds.agreeing import tell
from tests.coffee.life.deeds.answering import last_with, press
from tests.coffee.life.people import NAMES

ANSWER = "Answer now"


def writes(life, name, number):
    """Now and then once more, in other words."""
    if message := last_with(life, [name], ANSWER):
        write(life, name, message)


def a_match_writes(life, name, number):
    message = last_with(life, NAMES, ANSWER, together=True)
    if message is None:
        life.hurry_until_round()
        message = last_with(life, NAMES, ANSWER, together=True)
    for one in life.readers(message) if message is not None else ():
        write(life, one, message)
    tell(life)


def write(life, name, message):
    if not life.known[name].is_gone:
        life.thoughts += 1
        words = f"{name}'s thought {life.thoughts}."
        life.act(name, lambda person: fill(life, name, message, words))


def fill(life, name, message, words):
    person = life.people[name]
    while person.modal is not None:
        person.close(everything=True)
    press(life, person, ANSWER, message)
    if person.modal is None or person.modal.drawn["callback_id"] != WRITTEN_FORM:
        return  # A sentence said why not.
    life.writes_in(int(person.modal.drawn["private_metadata"]), name, words)
    first = next(block for block in person.modal.blocks if block["type"] == "input")
    with suppress(NotPossible):
        person.fill({first["label"]["text"]: words})
        person.submit()

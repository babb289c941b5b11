"""People choose a time to meet, until they agree or somebody does not come."""

from datetime import timedelta

from tests.coffee.life.deeds.answering import labels_on, last_with, press_in, press_last
from tests.coffee.life.deeds.coming_and_going import (
    is_deactivated_or_comes_back,
    joins,
    leaves,
    leaves_the_channel,
    pauses,
)
from tests.coffee.life.people import NAMES

A_MINUTE = timedelta(minutes=1)
NOT_COMING = (is_deactivated_or_comes_back, is_deactivated_or_comes_back, leaves, leaves_the_channel, pauses)


def chooses_a_time(life, name, number):
    press_last(life, name, time_button(number))


def everybody_chooses_a_time(life, name, number):
    for one in NAMES:
        press_last(life, one, time_button(number))


def a_match_agrees(life, name, number):
    """The newest that there is, be it this person's or another's. Now and then one hesitates until it has passed."""
    agree(life, last_with(life, NAMES, time_button(number)), number, hesitates=number % 3 == 0)
    if number % 2:
        tell(life)


def all_agree_and_somebody_can_not_come(life, name, number):
    """Who is left agrees anew, at times with somebody who has come meanwhile and found everybody taken."""
    life.hurry_until_round()
    everybody_chooses_a_time(life, name, number)
    tell(life)
    if number % 3:
        comes_meanwhile(life)
    NOT_COMING[number % len(NOT_COMING)](life, name, number)
    tell(life)
    everybody_chooses_a_time(life, name, number + 1)
    tell(life)


def comes_meanwhile(life):
    outside = [one for one in NAMES if not life.known[one].is_in and not life.known[one].is_gone]
    for one in outside[:1]:
        joins(life, one, 0)


def agree(life, message, number, *, hesitates=False):
    for place, one in enumerate(life.readers(message) if message is not None else ()):
        if hesitates and place == 1:
            life.clock.advance(timedelta(days=2))
            life.look()
        if not life.known[one].is_gone and time_button(number) in labels_on(message):
            press_in(life, one, time_button(number), message)


def time_button(number):
    return f"Time {1 + number % 3} works for me"


def tell(life):
    life.clock.advance(A_MINUTE)
    life.look()

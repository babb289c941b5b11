"""Introducing people to each other."""

from collections.abc import Sequence
from datetime import datetime

from bot.coffee.texts import matches as texts
from bot.core.lists import listed
from bot.core.mrkdwn import TIME, escape, mention, moment
from bot.people.hours import hours_of
from bot.people.offers import ask_me_about
from storage.people.people import Person


def cards(people: Sequence[Person], now: datetime) -> list[str]:
    """Return each person's details in a line or two. Hours are left out where all keep the same ones."""
    days = {hours.on(hours.today(now)) for hours in map(hours_of, people)}
    return [card(person, [online(person, now)] if len(days) > 1 else []) for person in people]


def card(person: Person, more: Sequence[str]) -> str:
    known = [escape(word) for word in (person.title, person.team, person.office) if word]
    lines = [" · ".join([mention(person.person_id), *known, *more])]
    topics = [escape(topic) for topic in ask_me_about(person)]
    return "\n".join([*lines, texts.ASK_ABOUT(topics=listed(topics))] if topics else lines)


def online(person: Person, now: datetime) -> str:
    """Return their hours, on each reader's own clock."""
    hours = hours_of(person)
    starts, ends = (moment(at, hours.zone, TIME) for at in hours.on(hours.today(now)))
    return texts.HOURS(starts=starts, ends=ends)

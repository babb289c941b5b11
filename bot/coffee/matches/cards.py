"""Introducing people to each other."""

from datetime import datetime

from bot.coffee.texts import matches as texts
from bot.core.lists import listed
from bot.core.mrkdwn import TIME, escape, mention, moment
from bot.people.hours import hours_of
from bot.people.offers import ask_me_about
from storage.people.people import Person


def card(person: Person, now: datetime) -> str:
    """Return a person's details in a line or two. Their hours are on each reader's own clock."""
    known = [escape(word) for word in (person.title, person.team, person.office) if word]
    lines = [" · ".join([mention(person.person_id), *known])]
    topics = [escape(topic) for topic in ask_me_about(person)]
    if topics:
        lines.append(texts.ASK_ABOUT(topics=listed(topics)))
    hours = hours_of(person)
    starts, ends = (moment(at, hours.zone, TIME) for at in hours.on(hours.today(now)))
    return "\n".join([*lines, texts.HOURS(starts=starts, ends=ends)])

"""Introducing people to each other."""

from datetime import datetime

from bot.core.calendar import zone_or_utc
from bot.core.texts import escape, listed, mention
from bot.people.offers import ask_me_about
from storage.people.people import Person


def card(person: Person, now: datetime) -> str:
    """Return a person's details in a line or two."""
    known = [escape(word) for word in (person.title, person.team, person.office) if word]
    local = now.astimezone(zone_or_utc(person.zone))
    line = " · ".join([mention(person.person_id), *known, f"{local:%H:%M} for them now"])
    topics = [escape(topic) for topic in ask_me_about(person)]
    return f"{line}\n      Ask about {listed(topics)}" if topics else line

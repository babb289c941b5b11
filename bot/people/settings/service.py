"""A person's own settings: working hours, topics and meeting link."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.core import holidays
from bot.core.calendar import WorkingHours
from bot.core.errors import NotForYou
from bot.core.work import Work
from bot.people import service as people_service
from bot.people import texts
from bot.people.hours import country_of, hours_of
from storage.kinds import Attribute, Source
from storage.people import people
from storage.people.people import Person

CHOSEN_ONLY_IF_UNKNOWN = (Attribute.TEAM, Attribute.OFFICE)


@dataclass(frozen=True, slots=True)
class Settings:
    """Effective settings of a person."""

    hours: WorkingHours
    has_own_hours: bool
    country: str | None
    """Country name."""
    chosen_country: str | None
    """Country code, if the person chose one."""
    ask_me_about: list[str]
    topics: list[str]
    meeting_link: str | None
    team: str | None
    office: str | None
    may_set: frozenset[Attribute]
    """Attributes without a value from a source of higher precedence."""
    overruled_by: Mapping[Attribute, Source]
    """Source of higher precedence that overrules the person, by attribute."""
    own_words: Mapping[Attribute, str]


@dataclass(frozen=True, slots=True)
class About:
    """Values of the form. None for a field that the form didn't have."""

    ask_me_about: list[str]
    topics: list[str]
    meeting_link: str | None
    team: str | None
    office: str | None


def settings_of(work: Work, person_id: str) -> Settings | None:
    person = people.get(work, person_id=person_id)
    if person is None:
        return None
    words = people.values_on(work, person_ids=[person_id])
    ranked = sorted(words, key=lambda row: people.rank_of(row.source), reverse=True)
    stronger = {row.attribute: row.source for row in ranked if row.source is not Source.PERSON}
    mine = {row.attribute: row.value for row in words if row.source is Source.PERSON}
    country = country_of(person)
    return Settings(
        hours=hours_of(person),
        has_own_hours=person.working_days is not None or person.day_starts is not None,
        country=holidays.names().get(country, country) if country else None,
        chosen_country=mine.get(Attribute.COUNTRY),
        ask_me_about=person.ask_me_about,
        topics=person.topics,
        meeting_link=person.meeting_link,
        team=person.team,
        office=person.office,
        may_set=frozenset({*CHOSEN_ONLY_IF_UNKNOWN, Attribute.COUNTRY} - stronger.keys()),
        overruled_by=stronger,
        own_words=mine,
    )


def set_hours(work: Work, person_id: str, hours: WorkingHours, country: str | None) -> None:
    """`country`: a code, empty for the time zone's country, or None if the form had no such field."""
    person = known(work, person_id)
    if (hours.days, hours.starts, hours.ends) == (WorkingHours().days, WorkingHours().starts, WorkingHours().ends):
        back_to_usual_hours(work, person_id)
    else:
        person.working_days = "".join(str(day) for day in sorted(hours.days))
        person.day_starts, person.day_ends = f"{hours.starts:%H:%M}", f"{hours.ends:%H:%M}"
    say(work, person_id, {Attribute.COUNTRY: country})


def back_to_usual_hours(work: Work, person_id: str) -> None:
    person = known(work, person_id)
    person.working_days = person.day_starts = person.day_ends = None


def tell_about(work: Work, person_id: str, about: About) -> None:
    person = known(work, person_id)
    person.ask_me_about, person.topics, person.meeting_link = about.ask_me_about, about.topics, about.meeting_link
    say(work, person_id, {Attribute.TEAM: about.team, Attribute.OFFICE: about.office})


def say(work: Work, person_id: str, words: Mapping[Attribute, str | None]) -> None:
    """Record the person's own values; a source of higher precedence still overrules them."""
    said = {attribute: word for attribute, word in words.items() if word is not None}
    people_service.record_values(work, Source.PERSON, {person_id: said})


def names_known(work: Work, attribute: Attribute) -> set[str]:
    """Return all names of teams or offices in use."""
    return people.values_of(work, attribute=attribute)


def known(work: Work, person_id: str) -> Person:
    person = people.get(work, person_id=person_id)
    if person is None:
        raise NotForYou(texts.UNKNOWN_PERSON())
    return person

"""Forms for working hours and for a person's details."""

from collections.abc import Callable, Collection, Sequence
from typing import Any, TypeVar

from bot.core import holidays
from bot.core.blocks import field, form, option, plain_text
from bot.core.calendar import WorkingHours
from bot.core.errors import FormError
from bot.core.message import Block
from bot.people import texts
from bot.people.settings import rules
from bot.people.settings.service import About, Settings
from storage.kinds import Attribute

Read = TypeVar("Read")

HOURS_FORM, ABOUT_FORM = "people_hours_form", "people_about_form"
DAYS, STARTS, ENDS, COUNTRY = "people_days", "people_starts", "people_ends", "people_country"
ASK, TOPICS, LINK, TEAM, OFFICE = "people_ask", "people_topics", "people_link", "people_team", "people_office"


def hours_form(mine: Settings) -> dict[str, Any]:
    days = [option(name(), str(day)) for day, name in enumerate(texts.WEEKDAYS)]
    chosen = [one for one in days if int(one["value"]) in mine.hours.days]
    fields = [
        field(DAYS, texts.DAYS(), {"type": "checkboxes", "options": days, "initial_options": chosen}),
        field(STARTS, texts.FROM(), {"type": "timepicker", "initial_time": f"{mine.hours.starts:%H:%M}"}),
        field(
            ENDS,
            texts.TO(),
            {"type": "timepicker", "initial_time": f"{mine.hours.ends:%H:%M}"},
            hint=texts.TO_HINT(),
        ),
    ]
    if Attribute.COUNTRY in mine.may_set:
        code = mine.chosen_country
        chosen_country = [option(holidays.names().get(code, code), code)] if code else []
        menu = one_of_many(chosen_country, "Germany")
        fields.append(field(COUNTRY, texts.COUNTRY(), menu, hint=texts.COUNTRY_HINT(), optional=True))
    return form(HOURS_FORM, texts.WORKING_HOURS(), texts.SAVE(), fields)


def one_of_many(chosen: Sequence[dict[str, Any]], example: str) -> dict[str, Any]:
    """Build a searchable select for one value. It is a multi-select, because only there the value can be cleared."""
    element: dict[str, Any] = {
        "type": "multi_external_select",
        "max_selected_items": 1,
        "min_query_length": 1,
        "placeholder": plain_text(texts.TYPE_TO_SEARCH(example=example), 150),
    }
    return element | {"initial_options": list(chosen)} if chosen else element


def about_form(mine: Settings) -> dict[str, Any]:
    fields = [
        typed(ASK, texts.ASK_LABEL(), ", ".join(mine.ask_me_about), texts.ASK_HINT()),
        typed(TOPICS, texts.INTERESTS_LABEL(), ", ".join(mine.topics), texts.INTERESTS_HINT()),
        typed(LINK, texts.LINK_LABEL(), mine.meeting_link or "", texts.LINK_HINT()),
    ]
    for name, attribute, value in ((TEAM, Attribute.TEAM, mine.team), (OFFICE, Attribute.OFFICE, mine.office)):
        if attribute in mine.may_set:
            fields.append(chosen(name, value))
    return form(ABOUT_FORM, texts.ABOUT_ME(), texts.SAVE(), fields)


def typed(name: str, label: str, value: str, hint: str) -> Block:
    element: dict[str, Any] = {"type": "plain_text_input"}
    return field(name, label, element | {"initial_value": value} if value else element, hint=hint, optional=True)


def chosen(name: str, value: str | None) -> Block:
    options = [option(value, value)] if value else []
    label, example = (texts.TEAM_LABEL(), "Sales") if name == TEAM else (texts.OFFICE_LABEL(), "Lisbon")
    return field(name, label, one_of_many(options, example), hint=texts.NOT_KNOWN_HINT(), optional=True)


def read_hours(answers: dict[str, Any]) -> tuple[WorkingHours, str | None]:
    """Parse the working hours and the country code. Raises FormError at the invalid field."""
    days = taken(DAYS, rules.read_days, answers.get(DAYS) or [])
    starts, ends = (taken(name, rules.read_time, answers.get(name)) for name in (STARTS, ENDS))
    taken(ENDS, lambda until: rules.check_hours(starts, until), ends)
    code = first(answers, COUNTRY)
    if code and code not in holidays.names():
        raise FormError(COUNTRY, texts.UNKNOWN_COUNTRY())
    return WorkingHours(days=days, starts=starts, ends=ends), code


def read_about(answers: dict[str, Any], teams: Collection[str], offices: Collection[str]) -> About:
    team, office = first(answers, TEAM), first(answers, OFFICE)
    return About(
        ask_me_about=taken(ASK, lambda words: rules.read_list(words, rules.MOST_ASKED), answers.get(ASK) or ""),
        topics=taken(TOPICS, lambda words: rules.read_list(words, rules.MOST_TOPICS), answers.get(TOPICS) or ""),
        meeting_link=taken(LINK, rules.read_link, answers.get(LINK) or ""),
        team=None if team is None else taken(TEAM, lambda name: rules.read_name(name, teams), team),
        office=None if office is None else taken(OFFICE, lambda name: rules.read_name(name, offices), office),
    )


def first(answers: dict[str, Any], name: str) -> str | None:
    """Return the chosen value: empty if it was cleared, None if the form had no such field."""
    if name not in answers:
        return None
    return next(iter(answers[name] or []), "")


def taken(name: str, read: Callable[[Any], Read], answer: Any) -> Read:  # noqa: ANN401 - answers are what fields make them
    try:
        return read(answer)
    except rules.InvalidSettingError as problem:
        raise FormError(name, str(problem)) from problem


def countries_like(words: str) -> list[dict[str, Any]]:
    """Search countries by part of their name, or by code."""
    wanted = words.strip().casefold()
    found = [(name, code) for code, name in holidays.names().items() if wanted in name.casefold()]
    found += [(name, code) for code, name in holidays.names().items() if wanted == code.casefold()]
    best = sorted(set(found), key=lambda one: (not one[0].casefold().startswith(wanted), one))
    return [option(name, code) for name, code in best[:100]]


def names_like(words: str, known: Collection[str]) -> list[dict[str, Any]]:
    return [option(name, name) for name in rules.suggested(words, known)]

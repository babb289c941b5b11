"""The form that sets up a program, and how its answers are read."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import time
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from bot.core.blocks import field, form, option, plain_text, select
from bot.core.calendar import WEEKDAYS, zone_named
from bot.core.errors import FormError
from bot.core.texts import plain
from storage.programs import Program

SET_UP_FORM = "programs_set_up_form"
NAME, CHANNEL, RHYTHM, WEEKDAY, TIME, ZONE = (
    f"programs_{what}" for what in ("name", "channel", "rhythm", "weekday", "time", "zone")
)
LONGEST_NAME = 80
MOST_OPTIONS = 100
RHYTHMS = {1: "Every week", 2: "Every two weeks", 3: "Every three weeks", 4: "Every four weeks"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A program as the form asks for it, checked."""

    name: str
    channel_id: str
    every_weeks: int
    weekday: int
    wall_time: time
    zone: ZoneInfo


def set_up_form(zone: str, program: Program | None = None) -> dict[str, Any]:
    """The same form sets up a program and changes it."""
    channel: dict[str, Any] = {
        "type": "conversations_select",
        "filter": {
            "include": ["public", "private"],
            "exclude_bot_users": True,
            "exclude_external_shared_channels": True,
        },
        "placeholder": plain_text("Choose a channel", 150),
    }
    if program is not None:
        channel["initial_conversation"] = program.channel_id
        zone = program.zone
    name = {
        "type": "plain_text_input",
        "max_length": LONGEST_NAME,
        "initial_value": program.name if program else "Coffee",
    }
    rhythm = select([option(words, str(weeks)) for weeks, words in RHYTHMS.items()], chosen=rhythm_of(program))
    weekday = select(
        [option(words, str(number)) for number, words in enumerate(WEEKDAYS[:5])],
        chosen=str(program.weekday) if program else "1",
    )
    return form(
        SET_UP_FORM,
        "Change the program" if program else "Set up coffee",
        "Save" if program else "Start",
        [
            field(NAME, "Name", name),
            field(CHANNEL, "Channel", channel, hint="Its members are in, and each can leave with one tap."),
            field(RHYTHM, "How often", rhythm),
            field(WEEKDAY, "Day", weekday),
            field(TIME, "Time", {"type": "timepicker", "initial_time": program.wall_time if program else "10:00"}),
            field(ZONE, "Time zone", zone_select(zone)),
        ],
        about=str(program.id) if program else "",
    )


def rhythm_of(program: Program | None) -> str:
    return str(program.every_weeks) if program else "2"


def zone_select(zone: str) -> dict[str, Any]:
    element: dict[str, Any] = {
        "type": "external_select",
        "min_query_length": 2,
        "placeholder": plain_text("Type a city, like Berlin", 150),
    }
    return element | {"initial_option": option(zone.replace("_", " "), zone)} if zone_named(zone) else element


def zones_like(typed: str) -> list[dict[str, Any]]:
    """Zones whose name holds what was typed, the best known cities' first letters first."""
    wanted = typed.strip().lower().replace(" ", "_")
    found = [zone for zone in available_timezones() if wanted in zone.lower() and "/" in zone]
    found.sort(key=lambda zone: (not zone.rsplit("/", 1)[-1].lower().startswith(wanted), zone.startswith("Etc"), zone))
    return [option(zone.replace("_", " "), zone) for zone in found[:MOST_OPTIONS]]


def read_set_up(answers: dict[str, Any]) -> Wanted:
    """Raises FormError for the field that can't be taken."""
    name = plain(answers.get(NAME) or "")[:LONGEST_NAME]
    if not name:
        raise FormError(NAME, "Please give it a name that people will recognise.")
    zone = zone_named(answers.get(ZONE) or "")
    if zone is None:
        raise FormError(
            ZONE, "I don't know this time zone. Type a city near you, like Berlin, and choose from the list."
        )
    channel_id = answers.get(CHANNEL)
    if not channel_id:
        raise FormError(CHANNEL, "Please choose a channel.")
    return Wanted(
        name=name,
        channel_id=channel_id,
        every_weeks=read_number(RHYTHM, answers, RHYTHMS.keys()),
        weekday=read_number(WEEKDAY, answers, range(5)),
        wall_time=read_time(answers.get(TIME)),
        zone=zone,
    )


def read_number(name: str, answers: dict[str, Any], allowed: Collection[int]) -> int:
    value = str(answers.get(name) or "")
    if not value.isdigit() or int(value) not in allowed:
        raise FormError(name, "Please choose one of the list.")
    return int(value)


def read_time(value: str | None) -> time:
    try:
        return time.fromisoformat(value or "")
    except ValueError as problem:
        raise FormError(TIME, "Please choose a time, like 10:00.") from problem

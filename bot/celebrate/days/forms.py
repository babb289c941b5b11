"""Form for a person's days and notifications."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.core.blocks import field, form, option, plain_text
from bot.core.errors import FormError
from storage.celebrations.settings import CelebrationChoices

CHOICES_FORM = "celebrate_choices_form"
BIRTHDAY, SHOWN = "celebrate_birthday", "celebrate_shown"
ANNIVERSARY, SECONDINGS, ELSEWHERE, OFFERS = "anniversary", "secondings", "elsewhere", "offers"
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
DAY_AND_MONTH = re.compile(r"(\d{1,2})\.?\s+([a-z]{3})[a-z]*", re.IGNORECASE | re.ASCII)
ANY_LEAP_YEAR = 2028


@dataclass(frozen=True, slots=True)
class Wanted:
    shows_anniversary: bool
    birthday: tuple[int, int] | None
    """Month and day."""
    hears_of_secondings: bool
    hears_of_thanks_elsewhere: bool
    is_offered_shoutouts: bool


def choices_form(choices: CelebrationChoices) -> dict[str, Any]:
    day: dict[str, Any] = {"type": "plain_text_input", "max_length": 30, "placeholder": plain_text("14 March", 150)}
    if choices.birth_month and choices.birth_day:
        born = date(ANY_LEAP_YEAR, choices.birth_month, choices.birth_day)
        day["initial_value"] = f"{born.day} {born:%B}"
    return form(
        CHOICES_FORM,
        "Celebrations and me",
        "Save",
        [
            field(SHOWN, "What I want", checkboxes(choices), optional=True),
            field(
                BIRTHDAY,
                "My birthday",
                day,
                hint="Day and month, never the year. Leave it empty and nobody hears of it.",
                optional=True,
            ),
        ],
    )


def checkboxes(choices: CelebrationChoices) -> dict[str, Any]:
    options = [
        option("Tell the channel of my work anniversary", ANNIVERSARY),
        option("Tell me when other teams second thanks to me", SECONDINGS),
        option("Tell me when I'm thanked in a channel I'm not in", ELSEWHERE),
        option("Offer a shoutout after I celebrate a message", OFFERS),
    ]
    on = (
        choices.shows_anniversary,
        choices.hears_of_secondings,
        choices.hears_of_thanks_elsewhere,
        choices.is_offered_shoutouts,
    )
    chosen = [one for one, is_on in zip(options, on, strict=True) if is_on]
    element: dict[str, Any] = {"type": "checkboxes", "options": options}
    return element | {"initial_options": chosen} if chosen else element


def read_choices(answers: dict[str, Any]) -> Wanted:
    chosen = answers.get(SHOWN) or []
    return Wanted(
        shows_anniversary=ANNIVERSARY in chosen,
        birthday=read_birthday(answers.get(BIRTHDAY)),
        hears_of_secondings=SECONDINGS in chosen,
        hears_of_thanks_elsewhere=ELSEWHERE in chosen,
        is_offered_shoutouts=OFFERS in chosen,
    )


def read_birthday(typed: str | None) -> tuple[int, int] | None:
    """Parse month and day. Raises FormError for a date that doesn't exist."""
    if not (typed or "").strip():
        return None
    match = DAY_AND_MONTH.fullmatch((typed or "").strip())
    month = match[2].lower() if match else ""
    try:
        if match is None or month not in MONTHS:
            raise ValueError
        when = date(ANY_LEAP_YEAR, MONTHS.index(month) + 1, int(match[1]))
    except ValueError as problem:
        raise FormError(BIRTHDAY, "Write the day and the month, like 14 March. No year is needed.") from problem
    return when.month, when.day

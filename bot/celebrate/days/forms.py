"""Form for a person's days and notifications."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.celebrate.texts import days as texts
from bot.core.blocks import field, form, option, plain_text
from bot.core.errors import FormError
from storage.celebrations.settings import CelebrationChoices

CHOICES_FORM = "celebrate_choices_form"
BIRTHDAY, SHOWN = "celebrate_birthday", "celebrate_shown"
ANNIVERSARY, SECONDINGS, ELSEWHERE, OFFERS = "anniversary", "secondings", "elsewhere", "offers"
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
DAY, MONTH = r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?", r"(?P<month>[a-z]{3})[a-z]*\.?"
WRITTEN = [re.compile(f"{one}\\s+{other}", re.IGNORECASE | re.ASCII) for one, other in ((MONTH, DAY), (DAY, MONTH))]
ANY_LEAP_YEAR = 2028


@dataclass(frozen=True, slots=True)
class Wanted:
    shows_anniversary: bool
    birthday: tuple[int, int] | None
    """Month and day."""
    hears_of_secondings: bool
    hears_of_thanks_elsewhere: bool
    is_offered_shoutouts: bool


def choices_form(choices: CelebrationChoices, emoji: str) -> dict[str, Any]:
    """Build the form. `emoji`: the one that offers a shoutout."""
    day = {"type": "plain_text_input", "max_length": 30, "placeholder": plain_text(texts.BIRTHDAY_EXAMPLE(), 150)}
    if born := birthday_of(choices):
        day["initial_value"] = born
    fields = [
        field(SHOWN, texts.WANTED(), checkboxes(choices, emoji), optional=True),
        field(BIRTHDAY, texts.MY_BIRTHDAY(), day, hint=texts.BIRTHDAY_HINT(), optional=True),
    ]
    return form(CHOICES_FORM, texts.TITLE(), texts.SAVE(), fields)


def birthday_of(choices: CelebrationChoices) -> str:
    if not choices.birth_month or not choices.birth_day:
        return ""
    born = date(ANY_LEAP_YEAR, choices.birth_month, choices.birth_day)
    return f"{born:%B} {born.day}"


def checkboxes(choices: CelebrationChoices, emoji: str) -> dict[str, Any]:
    options = [
        option(texts.ANNOUNCE_ANNIVERSARY(), ANNIVERSARY),
        option(texts.HEAR_OF_CHEERS(), SECONDINGS),
        option(texts.HEAR_OF_SHOUTOUTS(), ELSEWHERE),
        option(texts.OFFER_SHOUTOUTS(emoji=emoji), OFFERS),
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
    match = next((found for one in WRITTEN if (found := one.fullmatch((typed or "").strip()))), None)
    try:
        if match is None:
            raise ValueError
        when = date(ANY_LEAP_YEAR, MONTHS.index(match["month"].lower()) + 1, int(match["day"]))
    except ValueError as problem:
        raise FormError(BIRTHDAY, texts.UNCLEAR_BIRTHDAY()) from problem
    return when.month, when.day

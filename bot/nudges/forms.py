"""The form for a person's nudge settings: which types, on which days and hours."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.core.blocks import field, form, option, select
from bot.core.calendar import WEEKDAYS
from bot.core.nudge import NudgeKind
from bot.nudges import texts

SETTINGS = "nudges_settings_form"
KINDS, DAYS, FROM, UNTIL = "kinds", "days", "from_hour", "until_hour"
WORKING_DAYS = "01234"
PER_FIELD = 10
"""Slack's limit of checkboxes in an element."""
ANY = "any"


@dataclass(frozen=True, slots=True)
class Wishes:
    """A person's settings for nudges."""

    on: frozenset[str]
    """Names of types that are switched on."""
    days: str
    from_hour: int | None
    until_hour: int | None
    is_off: bool = False
    stopped: frozenset[str] = frozenset()
    """Names of types that stopped because they were ignored."""


def settings(kinds: Mapping[str, NudgeKind], wishes: Wishes) -> dict[str, Any]:
    named = list(kinds.values())
    groups = [named[start : start + PER_FIELD] for start in range(0, len(named), PER_FIELD)]
    fields = [
        field(
            f"{KINDS}{number}",
            texts.MORE_TO_SUGGEST() if number else texts.WHAT_TO_SUGGEST(),
            boxes([option(kind.label, kind.name) for kind in group], wishes.on),
            optional=True,
        )
        for number, group in enumerate(groups)
    ]
    days = [option(day, str(number)) for number, day in enumerate(WEEKDAYS)]
    return form(
        SETTINGS,
        texts.SUGGESTIONS(),
        texts.SAVE(),
        [
            *fields,
            field(DAYS, texts.DAYS(), boxes(days, wishes.days), optional=True),
            field(FROM, texts.NOT_BEFORE(), hours(texts.START_OF_DAY(), range(6, 21), wishes.from_hour)),
            field(UNTIL, texts.NOT_AFTER(), hours(texts.END_OF_DAY(), range(7, 23), wishes.until_hour)),
        ],
    )


def boxes(options: Sequence[dict[str, Any]], chosen: frozenset[str] | str) -> dict[str, Any]:
    ticked = [one for one in options if one["value"] in chosen]
    element: dict[str, Any] = {"type": "checkboxes", "options": list(options)}
    return element | {"initial_options": ticked} if ticked else element


def hours(none: str, range_: range, chosen: int | None) -> dict[str, Any]:
    offered = [option(none, ANY), *(option(texts.HOUR(hour=hour), str(hour)) for hour in range_)]
    return select(offered, chosen=ANY if chosen is None else str(chosen))


def read(answers: Mapping[str, Any], kinds: Mapping[str, NudgeKind]) -> Wishes:
    """Read the form. Names of unknown types are dropped."""
    ticked = {name for key, names in answers.items() if key.startswith(KINDS) for name in names or ()}
    return Wishes(
        on=frozenset(ticked & kinds.keys()),
        days="".join(day for day in "0123456" if day in (answers.get(DAYS) or ())),
        from_hour=hour(answers.get(FROM)),
        until_hour=hour(answers.get(UNTIL)),
    )


def hour(value: Any) -> int | None:  # noqa: ANN401 - what a form brings
    return int(value) if isinstance(value, str) and value.isdecimal() and int(value) < 25 else None

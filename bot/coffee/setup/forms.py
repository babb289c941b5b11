"""The setup forms of a program."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from zoneinfo import available_timezones

from bot.coffee.program.days_off import countries
from bot.coffee.program.kinds import KINDS
from bot.coffee.program.kinds.cross_group import LABELS
from bot.coffee.program.kinds.kind import Kind
from bot.coffee.program.rhythm import MOST_WEEKS
from bot.coffee.setup import blocks
from bot.coffee.texts import setup as texts
from bot.coffee.texts.program import NTH as NTH_WORDS
from bot.core.blocks import field, form, option, plain_text, select
from bot.core.calendar import WEEKDAYS, zone_named
from bot.core.message import Block
from storage.kinds import GroupedBy, ProgramKind
from storage.programs.programs import Program

SET_UP_FORM, MORE_FORM = "programs_set_up_form", "programs_more_form"
NAME, CHANNEL, WEEKDAY, TIME, ZONE, NTH_WEEKDAY, SIZE, MINUTES, CHOICES, FIRST_DAY = (
    f"programs_{what}"
    for what in ("name", "channel", "weekday", "time", "zone", "nth", "size", "minutes", "choices", "first_day")
)
DAYS, COUNTRY, JOINING, GUESTS, ADMINS = (
    f"programs_{what}" for what in ("days", "country", "joining", "guests", "admins")
)
USER_GROUPS, AUDIENCE = "programs_user_groups", "programs_audience"
MOST_GROUPS = 20
LONGEST_NAME, LONGEST_CHOICE = 80, 75
MOST_OPTIONS = 100
MONTHLY = "month"
YES = "yes"
WEEKS = (1, 2, 3, 4, 5, 6, 8, 10, 12)
LENGTHS = (15, 20, 25, 30, 45, 60)

Shown = Mapping[str, Any]
"""Values of fields by name. Fields not shown yet are missing."""
Names = Mapping[str, str]
"""Names of existing user groups, by id."""


def set_up_form(shown: Shown, names: Names, *, about: str = "") -> dict[str, Any]:
    """Return the form to set up or change a program. Some fields appear for some types only."""
    kind = KINDS[ProgramKind(shown[blocks.KIND])]
    return form(
        SET_UP_FORM,
        texts.EDIT_TITLE() if about else texts.SET_UP_TITLE(),
        texts.SAVE(),
        [*who_meets(shown, kind, names), *when(shown), *details(shown, kind)],
        about=about,
    )


def who_meets(shown: Shown, kind: Kind, names: Names) -> list[Block]:
    kinds = select([option(each.label(), each.kind.value) for each in KINDS.values()], chosen=kind.kind.value)
    name = {"type": "plain_text_input", "max_length": LONGEST_NAME, "initial_value": shown.get(NAME) or kind.name()}
    drawn = [
        reporting(field(blocks.KIND, texts.TYPE(), kinds)),
        field(NAME, texts.NAME(), name),
        field(CHANNEL, texts.CHANNEL(), channel_select(shown), hint=texts.CHANNEL_HINT()),
    ]
    if kind.is_grouped:
        grouped_by = shown.get(blocks.GROUPED_BY) or GroupedBy.TEAM.value
        menu = select([option(label(), by.value) for by, label in LABELS.items()], chosen=grouped_by)
        drawn.append(reporting(field(blocks.GROUPED_BY, texts.ACROSS(), menu)))
        if grouped_by == GroupedBy.CHOICE:
            drawn.append(choices_field(shown))
        if grouped_by == GroupedBy.USER_GROUP:
            menu = group_select(shown.get(USER_GROUPS) or (), names)
            drawn.append(field(USER_GROUPS, texts.USER_GROUPS(), menu, hint=texts.USER_GROUPS_HINT()))
    if len(kind.sizes) > 1:
        chosen = shown.get(SIZE) if shown.get(SIZE) in {str(size) for size in kind.sizes} else str(kind.size)
        sizes = [option(texts.SIZE(size=size), str(size)) for size in kind.sizes]
        drawn.append(field(SIZE, texts.GROUP_SIZE(), select(sizes, chosen=chosen)))
    return drawn


def channel_select(shown: Shown) -> dict[str, Any]:
    element: dict[str, Any] = {
        "type": "conversations_select",
        "filter": {
            "include": ["public", "private"],
            "exclude_bot_users": True,
            "exclude_external_shared_channels": True,
        },
        "placeholder": plain_text(texts.PICK_CHANNEL(), 150),
    }
    return element | {"initial_conversation": shown[CHANNEL]} if shown.get(CHANNEL) else element


def group_select(chosen: Sequence[str], names: Names) -> dict[str, Any]:
    """Return an external select, as user groups may be too many for static options."""
    element: dict[str, Any] = {
        "type": "multi_external_select",
        "max_selected_items": MOST_GROUPS,
        "min_query_length": 0,
        "placeholder": plain_text(texts.PICK_USER_GROUPS(), 150),
    }
    there = [option(names[one], one) for one in chosen if one in names][:MOST_GROUPS]
    return element | {"initial_options": there} if there else element


def choices_field(shown: Shown) -> Block:
    box = {"type": "plain_text_input", "multiline": True, "max_length": 2000}
    written = box | {"initial_value": shown[CHOICES]} if shown.get(CHOICES) else box
    return field(CHOICES, texts.GROUPS(), written, hint=texts.GROUPS_HINT())


def when(shown: Shown) -> list[Block]:
    rhythm = str(shown.get(blocks.RHYTHM) or "2")
    weeks = sorted({*WEEKS, *(number for number in range(1, MOST_WEEKS + 1) if str(number) == rhythm)})
    rhythms = [option(weeks_label(number), str(number)) for number in weeks]
    menu = select([*rhythms, option(texts.MONTHLY(), MONTHLY)], chosen=rhythm)
    drawn = [reporting(field(blocks.RHYTHM, texts.HOW_OFTEN(), menu))]
    if rhythm == MONTHLY:
        nths = [option(texts.NTH(nth=words()), str(nth)) for nth, words in NTH_WORDS.items()]
        drawn.append(field(NTH_WEEKDAY, texts.WHICH_WEEK(), select(nths, chosen=shown.get(NTH_WEEKDAY) or "1")))
    days = [option(words, str(number)) for number, words in enumerate(WEEKDAYS[:5])]
    return [
        *drawn,
        field(WEEKDAY, texts.DAY(), select(days, chosen=shown.get(WEEKDAY) or "1")),
        field(TIME, texts.TIME(), {"type": "timepicker", "initial_time": shown.get(TIME) or "10:00"}),
        field(ZONE, texts.TIME_ZONE(), zone_select(shown.get(ZONE) or "UTC")),
    ]


def weeks_label(weeks: int) -> str:
    if weeks > 2:
        return texts.EVERY_FEW_WEEKS(weeks=weeks)
    return texts.WEEKLY() if weeks == 1 else texts.EVERY_OTHER_WEEK()


def details(shown: Shown, kind: Kind) -> list[Block]:
    lengths = [option(texts.MINUTES(minutes=minutes), str(minutes)) for minutes in LENGTHS]
    first = {"type": "datepicker"} | ({"initial_date": shown[FIRST_DAY]} if shown.get(FIRST_DAY) else {})
    return [
        field(MINUTES, texts.MEETING_LENGTH(), select(lengths, chosen=shown.get(MINUTES) or "15")),
        field(FIRST_DAY, texts.START_DATE(), first, optional=True, hint=texts.START_DATE_HINT()),
    ]


def reporting(drawn: Block) -> Block:
    """Make the field report each choice at once, as other fields depend on it."""
    return drawn | {"dispatch_action": True}


def new(zone: str) -> Shown:
    return {blocks.KIND: ProgramKind.COFFEE.value, ZONE: zone}


def of(program: Program, today: date) -> Shown:
    """Return the form's values for a program."""
    return {
        blocks.KIND: program.kind.value,
        NAME: program.name,
        CHANNEL: program.channel_id,
        blocks.GROUPED_BY: program.grouped_by.value if program.grouped_by else None,
        CHOICES: "\n".join(program.choices),
        USER_GROUPS: program.user_groups,
        SIZE: str(program.size),
        blocks.RHYTHM: MONTHLY if program.nth is not None else str(program.every_weeks),
        NTH_WEEKDAY: str(program.nth) if program.nth is not None else None,
        WEEKDAY: str(program.weekday),
        TIME: program.wall_time,
        ZONE: program.zone,
        MINUTES: str(program.minutes),
        FIRST_DAY: program.first_on.isoformat() if program.first_on > today + timedelta(days=7) else None,
    }


# External selects: time zones and countries are too many for static options.


def zone_select(zone: str) -> dict[str, Any]:
    element: dict[str, Any] = {
        "type": "external_select",
        "min_query_length": 2,
        "placeholder": plain_text(texts.TYPE_A_CITY(), 150),
    }
    return element | {"initial_option": option(zone.replace("_", " "), zone)} if zone_named(zone) else element


def zones_like(typed: str) -> list[dict[str, Any]]:
    """Return zones that contain the typed text, those whose city begins with it first."""
    wanted = typed.strip().lower().replace(" ", "_")
    found = [zone for zone in available_timezones() if wanted in zone.lower() and "/" in zone]
    found.sort(key=lambda zone: (not zone.rsplit("/", 1)[-1].lower().startswith(wanted), zone.startswith("Etc"), zone))
    return [option(zone.replace("_", " "), zone) for zone in found[:MOST_OPTIONS]]


def country_select(country: str | None) -> dict[str, Any]:
    element: dict[str, Any] = {
        "type": "external_select",
        "min_query_length": 2,
        "placeholder": plain_text(texts.TYPE_A_COUNTRY(), 150),
    }
    if country in countries():
        element["initial_option"] = option(countries()[country or ""], country or "")
    return element


def countries_like(typed: str) -> list[dict[str, Any]]:
    wanted = typed.strip().lower()
    found = [code for code, name in countries().items() if wanted in name.lower() or wanted == code.lower()]
    found.sort(key=lambda code: not countries()[code].lower().startswith(wanted))
    return [option(countries()[code], code) for code in found[:MOST_OPTIONS]]


# The second form


def more_form(program: Program, admins: Sequence[str], today: date, names: Names, *, about: str) -> dict[str, Any]:
    days = {
        "type": "plain_text_input",
        "multiline": True,
        "max_length": 3000,
        "placeholder": plain_text(texts.DAYS_EXAMPLE(), 150),
    }
    ahead = [day for day in map(date.fromisoformat, program.exception_days) if day >= today]
    if ahead:
        days["initial_value"] = "\n".join(stretches(ahead))
    joining = select([option(label(), how.value) for how, label in texts.JOINING.items()], chosen=program.joining.value)
    yes = option(texts.GUESTS_MAY(), YES)
    guests = {"type": "checkboxes", "options": [yes]} | ({"initial_options": [yes]} if program.lets_guests else {})
    groups = group_select(program.audience, names)
    named = {"type": "multi_users_select"} | ({"initial_users": list(admins)} if admins else {})
    return form(
        MORE_FORM,
        texts.SCHEDULE_ACCESS(),
        texts.SAVE(),
        [
            field(DAYS, texts.DAYS(), days, optional=True, hint=texts.DAYS_HINT()),
            field(COUNTRY, texts.COUNTRY(), country_select(program.country), optional=True),
            field(JOINING, texts.HOW_PEOPLE_JOIN(), joining),
            field(AUDIENCE, texts.AUDIENCE(), groups, optional=True, hint=texts.AUDIENCE_HINT()),
            field(GUESTS, texts.GUESTS(), guests, optional=True),
            field(ADMINS, texts.ADMINS(), named, optional=True, hint=texts.ADMINS_HINT()),
        ],
        about=about,
    )


def stretches(days: Sequence[date]) -> list[str]:
    """Join consecutive days into one line each."""
    found: list[tuple[date, date]] = []
    for day in sorted(days):
        if found and found[-1][1] + timedelta(days=1) == day:
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return [
        first.isoformat() if first == last else texts.RANGE(first=first.isoformat(), last=last.isoformat())
        for first, last in found
    ]

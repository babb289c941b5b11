"""Parsing of forms from the browser into Slack's values."""

from collections.abc import Mapping
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bot.slacksim import Message, NotPossible, Person, View, finding
from bot.slacksim.forms import FIELDS, is_list
from bot.slacksim.screen import Place
from bot.slacksim.state import Content, Json, elements_in

Fields = Mapping[str, list[str]]
"""Values by the element's name in the page."""


def name_of(place: Place) -> str:
    return "|".join(place)


def place_named(shown: Message | View, name: str, value: str = "") -> Place:
    """Find an element by its name. Blocks without a block_id of the bot's get a new one on each update."""
    places = {(block["block_id"], element["action_id"]): element for block, element in elements_in(shown.blocks)}
    for place in places:
        if name_of(place) == name:
            return place
    alike = [place for place, element in places.items() if name.endswith(f"|{place[1]}") and offers(element, value)]
    if len(alike) != 1:
        raise NotPossible("this is no longer there")
    return alike[0]


def offers(element: Json, value: str) -> bool:
    values = [option.get("value") for option in element.get("options", ())]
    return value in values if element["type"] == "overflow" else value == element.get("value", "")


def read(person: Person, shown: Message | View, fields: Fields) -> dict[Place, Content]:
    """Parse the fields that exist in the view or message; unknown names are ignored."""
    contents: dict[Place, Content] = {}
    for block, element in elements_in(shown.blocks):
        place = block["block_id"], element["action_id"]
        if element["type"] in FIELDS and name_of(place) in fields:
            contents[place] = read_one(person, element, fields[name_of(place)])
    return contents


def read_one(person: Person, element: Json, values: list[str]) -> Content:
    given = [value for value in values if value]
    if is_list(element):
        return [_one(person, element, value) for value in dict.fromkeys(given)]
    return _one(person, element, given[0]) if given else None


def _one(person: Person, element: Json, value: str) -> Content:
    kind = element["type"].removeprefix("multi_")
    if kind in ("static_select", "external_select", "checkboxes", "radio_buttons"):
        return _option(person.offered(element), value)
    if kind == "users_select":
        return _known(value, person.workspace.users)
    if kind in ("conversations_select", "channels_select"):
        return _known(value, person.workspace.channels)
    if kind in ("datepicker", "timepicker", "datetimepicker"):
        return _moment(person, kind, value)
    return value


def _option(offered: list[Json], value: str) -> Json:
    for option in offered:
        if option.get("value") == value:
            return option
    raise NotPossible("this choice is no longer offered")


def _known(some_id: str, known: Mapping[str, object]) -> str:
    if some_id not in known:
        raise NotPossible("there's no one here with that name")
    return some_id


def _moment(person: Person, kind: str, value: str) -> Content:
    try:
        if kind == "datepicker":
            return date.fromisoformat(value).isoformat()
        if kind == "timepicker":
            return time.fromisoformat(value).strftime("%H:%M")
        return int(datetime.fromisoformat(value).replace(tzinfo=ZoneInfo(person.user.tz)).timestamp())
    except (ValueError, OverflowError) as problem:
        raise NotPossible("this isn't a day or time") from problem


def read_choice(element: Json, value: str) -> Content:
    """Return the option of an overflow menu; None for a button."""
    if element["type"] == "overflow":
        return finding.pick(element["options"], value)
    return None

"""Lookup of elements by the labels that people see, and conversion of choices to Slack's values."""

from collections.abc import Iterable
from datetime import date, datetime, time

from bot.slacksim.errors import NotPossible
from bot.slacksim.state import Channel, Content, File, Json, elements_in

OPTION_ELEMENTS = {"static_select", "multi_static_select", "overflow", "checkboxes", "radio_buttons"}


def labels_of(block: Json, element: Json) -> list[str]:
    """Return every label that a person could use for the element."""
    texts = [element.get("text"), element.get("placeholder")]
    if block["type"] in ("input", "section"):
        texts.append(block.get("label") or block.get("text"))
    return [text["text"] for text in texts if text] + [element.get("accessibility_label") or element["action_id"]]


def find(blocks: list[Json], label: str, kinds: Iterable[str] | None = None) -> tuple[Json, Json]:
    there = [each for each in elements_in(blocks) if kinds is None or each[1]["type"] in kinds]
    named = [each for each in there if label in labels_of(*each)]
    if len(named) != 1:
        seen = [labels_of(*each)[0] for each in there]
        raise NotPossible(f"{'nothing' if not named else 'more than one thing'} is called {label!r} among {seen}")
    return named[0]


def find_option(blocks: list[Json], option: str) -> tuple[Json, Json]:
    """Find the only element that offers this option, for elements without a label."""
    named = [each for each in elements_in(blocks) if any(option in _names(one) for one in options_of(each[1]))]
    if len(named) != 1:
        raise NotPossible(f"{'nothing' if not named else 'more than one thing'} offers {option!r}")
    return named[0]


def at(blocks: list[Json], block_id: str, action_id: str) -> tuple[Json, Json]:
    for block, element in elements_in(blocks):
        if (block["block_id"], element["action_id"]) == (block_id, action_id):
            return block, element
    raise NotPossible("this is not there any more")


def options_of(element: Json) -> list[Json]:
    groups = element.get("option_groups") or []
    return [*element.get("options", []), *(option for group in groups for option in group["options"])]


def _names(option: Json) -> tuple[str, str]:
    return option["text"]["text"], option.get("value", "")


def pick(options: list[Json], label: str) -> Json:
    for option in options:
        if label in _names(option):
            return option
    raise NotPossible(f"{label!r} is not offered among {[_names(each)[0] for each in options]}")


def content(element: Json, value: Content, options: list[Json]) -> Content:
    """Convert what a person picked or typed to the value in the view's state."""
    kind = element["type"]
    if value is None:
        return [] if _takes_many(kind) else None
    if kind in OPTION_ELEMENTS or kind.endswith("external_select"):
        return [pick(options, each) for each in value] if _takes_many(kind) else pick(options, value)
    return [_plain(kind, each) for each in value] if _takes_many(kind) else _plain(kind, value)


def _takes_many(kind: str) -> bool:
    return kind.startswith("multi_") or kind in ("checkboxes", "file_input")


def _plain(kind: str, value: Content) -> Content:
    if isinstance(value, File):
        return {"id": value.id, "name": value.name, "size": len(value.content)}
    if isinstance(value, datetime):
        return int(value.timestamp()) if kind == "datetimepicker" else value.isoformat()
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Channel) or hasattr(value, "workspace"):
        return value.id
    return value if kind == "datetimepicker" else str(value)

"""What a custom field of a profile or the name of a user group says of somebody, as far as it can be understood."""

import re
from collections.abc import Mapping
from typing import Any, TypeGuard

from bot.core.texts import label, plain

NUMBER = re.compile(r"(?<!\d)\d{1,2}(?!\d)", re.ASCII)
HIGHEST_LEVEL = 20
LONGEST_ID, LONGEST_NAME = 32, 255
"""As the columns of `user_groups` and `field_sources` have them."""


def level_in(words: str) -> str:
    """`L5`, `Level 5` and `5` are level 5. Nothing where there is no number, or several."""
    found = {number.lstrip("0") or "0" for number in NUMBER.findall(words)}
    return found.pop() if len(found) == 1 and int(max(found)) <= HIGHEST_LEVEL else ""


def first_line(words: str) -> str:
    """A field can hold a whole page. What names a team or an office stands in one line."""
    return label(words)


def first_named(words: str) -> str:
    """Of several people that a field names, the first."""
    return re.split(r"[,\s]+", plain(words), maxsplit=1)[0]


def read_fields(profile: Mapping[str, Any]) -> dict[str, str]:
    """The custom fields of a profile, by their ids. Slack sends an empty list where there are none."""
    fields = profile.get("fields")
    if not isinstance(fields, dict):
        return {}
    values = {field_id: field.get("value") for field_id, field in fields.items() if isinstance(field, dict)}
    return {
        field_id: value
        for field_id, value in values.items()
        if is_id(field_id) and isinstance(value, str) and plain(value)
    }


def offered(fields: object) -> dict[str, str]:
    """The labels of the fields that people see, by their ids, in Slack's order. What can't be read is left out."""
    shown = [field for field in mappings(fields) if not field.get("is_hidden") and field.get("type") != "link"]
    shown.sort(key=lambda field: field["ordering"] if isinstance(field.get("ordering"), int) else 0)
    return labels_of(shown)


def labels_of(fields: object) -> dict[str, str]:
    there = [field for field in mappings(fields) if is_id(field.get("id"))]
    return {field["id"]: named(field.get("label"), field["id"]) for field in there}


def groups_in_use(groups: object) -> dict[str, str]:
    """The names of user groups, by their ids."""
    used = [group for group in mappings(groups) if is_id(group.get("id")) and not group.get("date_delete")]
    return {group["id"]: named(group.get("name"), group["id"]) for group in used}


def mappings(things: object) -> list[Mapping[str, Any]]:
    return [one for one in things if isinstance(one, Mapping)] if isinstance(things, list) else []


def is_id(value: object) -> TypeGuard[str]:
    return isinstance(value, str) and value.isascii() and value.isalnum() and len(value) <= LONGEST_ID


def named(words: object, otherwise: str) -> str:
    return (label(words)[:LONGEST_NAME] if isinstance(words, str) else "") or otherwise

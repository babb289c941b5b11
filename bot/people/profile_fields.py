"""Parsing of attribute values from profile fields and user group names."""

import re
from collections.abc import Mapping
from typing import Any, TypeGuard

from bot.core.mrkdwn import label, plain

NUMBER = re.compile(r"(?<!\d)\d{1,2}(?!\d)", re.ASCII)
HIGHEST_LEVEL = 20
LONGEST_ID, LONGEST_NAME = 32, 255
"""Column lengths of `user_groups` and `field_sources`."""


def level_in(words: str) -> str:
    """Parse a level: `L5`, `Level 5` and `5` are level 5. Empty if there is no number, or several."""
    found = {number.lstrip("0") or "0" for number in NUMBER.findall(words)}
    return found.pop() if len(found) == 1 and int(max(found)) <= HIGHEST_LEVEL else ""


def first_line(words: str) -> str:
    """Reduce a text, which may be a page long, to a single line."""
    return label(words)


def first_named(words: str) -> str:
    """Return the first of several people in a value."""
    return re.split(r"[,\s]+", plain(words), maxsplit=1)[0]


def read_fields(profile: Mapping[str, Any]) -> dict[str, str]:
    """Return a profile's custom fields by id. Slack sends an empty list if there are none."""
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
    """Return the labels of the visible fields by id, in Slack's order. Malformed ones are skipped."""
    shown = [field for field in mappings(fields) if not field.get("is_hidden") and field.get("type") != "link"]
    shown.sort(key=lambda field: field["ordering"] if isinstance(field.get("ordering"), int) else 0)
    return labels_of(shown)


def labels_of(fields: object) -> dict[str, str]:
    there = [field for field in mappings(fields) if is_id(field.get("id"))]
    return {field["id"]: named(field.get("label"), field["id"]) for field in there}


def groups_in_use(groups: object) -> dict[str, str]:
    """Return the names of active user groups by id."""
    used = [group for group in mappings(groups) if is_id(group.get("id")) and not group.get("date_delete")]
    return {group["id"]: named(group.get("name"), group["id"]) for group in used}


def mappings(things: object) -> list[Mapping[str, Any]]:
    return [one for one in things if isinstance(one, Mapping)] if isinstance(things, list) else []


def is_id(value: object) -> TypeGuard[str]:
    return isinstance(value, str) and value.isascii() and value.isalnum() and len(value) <= LONGEST_ID


def named(words: object, otherwise: str) -> str:
    return (label(words)[:LONGEST_NAME] if isinstance(words, str) else "") or otherwise

"""What a custom field of a profile or the name of a user group says of somebody, as far as it can be understood."""

import re
from collections.abc import Mapping
from typing import Any

from bot.core.texts import plain

NUMBER = re.compile(r"(?<!\d)\d{1,2}(?!\d)", re.ASCII)
HIGHEST_LEVEL = 20


def level_in(words: str) -> str:
    """`L5`, `Level 5` and `5` are level 5. Nothing where there is no number, or several."""
    found = {number.lstrip("0") or "0" for number in NUMBER.findall(words)}
    return found.pop() if len(found) == 1 and int(max(found)) <= HIGHEST_LEVEL else ""


def first_line(words: str) -> str:
    """A field can hold a whole page. What names a team or an office stands in one line."""
    return " ".join(plain(words).split())


def first_named(words: str) -> str:
    """Of several people that a field names, the first."""
    return re.split(r"[,\s]+", plain(words), maxsplit=1)[0]


def read_fields(profile: Mapping[str, Any]) -> dict[str, str]:
    """The custom fields of a profile, by their ids. Slack sends an empty list where there are none."""
    fields = profile.get("fields")
    if not isinstance(fields, dict):
        return {}
    values = {field_id: field.get("value") for field_id, field in fields.items() if isinstance(field, dict)}
    return {field_id: value for field_id, value in values.items() if isinstance(value, str) and value.strip()}


def offered(fields: list[Mapping[str, Any]]) -> dict[str, str]:
    """The labels of the fields that people see, by their ids, in Slack's order."""
    shown = [
        field for field in fields if not field.get("is_hidden") and field.get("id") and field.get("type") != "link"
    ]
    shown.sort(key=lambda field: field.get("ordering") or 0)
    return {str(field["id"]): plain(str(field.get("label") or "")) or str(field["id"]) for field in shown}

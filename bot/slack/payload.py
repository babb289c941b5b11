"""Accessors for Slack's payloads."""

import re
from typing import Any

from bot.core.errors import UserError
from bot.core.page import Page
from bot.slack import texts

Payload = dict[str, Any]

NUMBER = re.compile(r"\d{1,18}", re.ASCII)
"""Row ids. A number with more digits may exceed a 64-bit integer."""


def sender(body: Payload) -> str:
    """Return the id of the person who triggered an interaction or command."""
    if "user_id" in body:
        user_id: str = body["user_id"]
        return user_id
    user: str = (body.get("user") or {}).get("id", "")
    return user


def actor_of(body: Payload) -> str:
    """Return the id of the person who caused a payload, events included; empty if there is none."""
    event = body.get("event")
    for named in (body.get("user_id"), body.get("user"), event.get("user") if isinstance(event, dict) else None):
        person_id = named.get("id") if isinstance(named, dict) else named
        if isinstance(person_id, str) and person_id:
            return person_id
    return ""


def clicked_value(body: Payload) -> str:
    value: str = body["actions"][0].get("value", "")
    return value


def clicked_id(body: Payload) -> int:
    """Return the id in a button's value. Raises UserError if it is malformed."""
    number = number_in(clicked_value(body))
    if number is None:
        raise UserError(texts.OUTDATED())
    return number


def number_in(words: str) -> int | None:
    """Parse an id. Returns None if it is malformed."""
    return int(words) if NUMBER.fullmatch(words) else None


def is_from_home(body: Payload) -> bool:
    return (body.get("view") or {}).get("type") == "home"


def page_of(body: Payload) -> Page:
    """Return the Home page of a click; the first page for clicks elsewhere."""
    named = (body.get("view") or {}).get("private_metadata") if is_from_home(body) else None
    return Page(named) if named in set(Page) else Page.TODAY


def answers(body: Payload) -> dict[str, Any]:
    """Return a form's values by field name."""
    blocks = body["view"]["state"]["values"]
    return {name: answer(element) for name, elements in blocks.items() for element in elements.values()}


def answer(element: Payload) -> Any:  # noqa: ANN401 - a form's answer is what its field makes it
    if "selected_options" in element:
        return [option["value"] for option in element["selected_options"]]
    for several in ("selected_users", "selected_channels"):
        if several in element:
            return element[several]
    if "selected_option" in element:
        return (element["selected_option"] or {}).get("value")
    plain = ("value", "selected_date", "selected_time", "selected_conversation", "selected_channel", "selected_user")
    return next((element[name] for name in plain if element.get(name) is not None), None)


def about(body: Payload) -> str:
    """Return a form's private_metadata."""
    told: str = body["view"].get("private_metadata", "")
    return told


def about_id(body: Payload) -> int:
    """Return the id in a form's private_metadata. Raises UserError if it is malformed."""
    number = number_in(about(body))
    if number is None:
        raise UserError(texts.OUTDATED())
    return number


def version_seen(body: Payload) -> int:
    """Return the version, when the form was opened, of the row it edits. Raises UserError if it is malformed."""
    return about_id(body)

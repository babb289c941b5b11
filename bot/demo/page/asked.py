"""Parsing and validation of the page's requests, which may contain anything."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.demo.page import fields
from bot.demo.page.places import Desk
from bot.slacksim import Channel, Message, View
from bot.slacksim.state import Json


class Unclear(Exception):
    """An invalid request. The message says why."""


@dataclass
class Outcome:
    problems: Mapping[str, str] = field(default_factory=dict)
    """Errors by field label."""
    problem: str = ""
    """Sentence about a failed action."""
    ask: Json | None = None
    """Confirmation dialog to show first."""
    options: list[tuple[str, str]] | None = None
    goes_to: str | None = None


class Request:
    """Validated access to an action's JSON."""

    def __init__(self, body: Any) -> None:  # noqa: ANN401 - whatever was sent
        if not isinstance(body, dict):
            raise Unclear("The request isn't an object.")
        self.body = body

    def text(self, name: str, longest: int = 3000) -> str:
        value = self.body.get(name, "")
        if not isinstance(value, str) or len(value) > longest:
            raise Unclear(f"{name} is not a text of at most {longest:,} characters.")
        return value

    def flag(self, name: str) -> bool:
        return self.body.get(name) is True

    def field(self, name: str, longest: int = 3000) -> str:
        """Return the only value of a form field."""
        return Request({name: "".join(self.fields().get(name, [])[:1])}).text(name, longest)

    def fields(self) -> fields.Fields:
        given = self.body.get("fields", {})
        if not isinstance(given, dict):
            raise Unclear("fields isn't an object.")
        for values in given.values():
            if not isinstance(values, list) or not all(isinstance(one, str) for one in values):
                raise Unclear("Each field is a list of texts.")
        return given


def channel_of(desk: Desk, request: Request) -> Channel:
    channel = desk.workspace.channels.get(request.text("channel"))
    if channel is None or (channel.is_private and desk.person.id not in channel.members):
        raise Unclear("That conversation doesn't exist.")
    return channel


def message_in(desk: Desk, channel: Channel, ts: str) -> Message:
    private = desk.workspace.ephemerals.get(desk.person.id, [])
    for message in [channel.by_ts.get(ts), *private]:
        if message is not None and (message.channel_id, message.ts) == (channel.id, ts):
            return message
    raise Unclear("This message is gone.")


def shown_in(desk: Desk, request: Request) -> Message | View:
    kind, *ids = request.text("shown").split("|")
    if kind == "view" and len(ids) == 1:
        for view in (desk.person.modal, desk.person.home):
            if view is not None and view.id == ids[0]:
                return view
        raise Unclear("This form is closed or has changed. Nothing was sent.")
    if kind == "message" and len(ids) == 2:
        channel = channel_of(desk, Request({"channel": ids[0]}))
        return message_in(desk, channel, ids[1])
    raise Unclear("That can't be pressed anymore.")

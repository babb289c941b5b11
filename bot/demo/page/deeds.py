"""What a visitor does as one of the people. Each deed takes the request's words and says what the page is to show."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.demo.page import fields, words
from bot.demo.page.places import Desk
from bot.demo.workspace import Channel, Message, NotPossible, View, finding
from bot.demo.workspace.forms import FIELDS
from bot.demo.workspace.state import Json

LONGEST_TEXT = 40_000
"""Of a message, as in Slack."""


class Unclear(Exception):
    """The request makes no sense; the sentence says why."""


@dataclass
class Outcome:
    problems: Mapping[str, str] = field(default_factory=dict)
    """What stands in red below which field."""
    ask: Json | None = None
    """To be confirmed first."""
    options: list[tuple[str, str]] | None = None
    goes_to: str | None = None


class Request:
    """The JSON of a deed, read with care: anything may stand in it."""

    def __init__(self, body: Any) -> None:  # noqa: ANN401 - whatever was sent
        if not isinstance(body, dict):
            raise Unclear("The request is not an object.")
        self.body = body

    def text(self, name: str, longest: int = 3000) -> str:
        value = self.body.get(name, "")
        if not isinstance(value, str) or len(value) > longest:
            raise Unclear(f"{name} is not a text of at most {longest:,} characters.")
        return value

    def flag(self, name: str) -> bool:
        return self.body.get(name) is True

    def fields(self) -> fields.Fields:
        given = self.body.get("fields", {})
        if not isinstance(given, dict):
            raise Unclear("fields is not an object.")
        for values in given.values():
            if not isinstance(values, list) or not all(isinstance(one, str) for one in values):
                raise Unclear("Each field is a list of texts.")
        return given


def channel_of(desk: Desk, request: Request) -> Channel:
    channel = desk.workspace.channels.get(request.text("channel"))
    if channel is None or (channel.is_private and desk.person.id not in channel.members):
        raise Unclear("There is no such conversation.")
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
    raise Unclear("There is no such thing to press.")


# The deeds


def use(desk: Desk, request: Request) -> Outcome:
    """Press, choose or write what the bot hears of at once. What else stands in the form is known to it then, too."""
    shown = shown_in(desk, request)
    place = fields.place_named(shown, request.text("place"), request.text("value"))
    _, element = finding.at(shown.blocks, *place)
    if element.get("confirm") and not request.flag("confirmed"):
        return Outcome(ask=element["confirm"])
    given = fields.read(desk.person, shown, request.fields())
    is_field = element["type"] in FIELDS
    content = given.pop(place, None) if is_field else fields.read_choice(element, request.text("value"))
    desk.person.enter(shown, given)
    desk.person.use(shown, place, content)
    return Outcome()


def submit(desk: Desk, request: Request) -> Outcome:
    view = shown_in(desk, request)
    if not isinstance(view, View) or view is not desk.person.modal:
        raise Unclear("This form is closed. Nothing was sent.")
    if not view.drawn.get("submit"):
        raise Unclear("This form has nothing to send.")
    desk.person.enter(view, fields.read(desk.person, view, request.fields()))
    return Outcome(problems=desk.person.hand_in(view))


def close(desk: Desk, request: Request) -> Outcome:
    if desk.person.modal is not None:
        desk.person.close(everything=request.flag("everything"))
    return Outcome()


def suggest(desk: Desk, request: Request) -> Outcome:
    shown = shown_in(desk, request)
    place = fields.place_named(shown, request.text("place"))
    found = desk.person.suggestions(shown, place, request.text("typed", 150))
    return Outcome(options=[(option["value"], option["text"]["text"]) for option in found])


def say(desk: Desk, request: Request) -> Outcome:
    """A message, or a command where it begins with a slash."""
    channel, text = channel_of(desk, request), request.text("text", LONGEST_TEXT).strip()
    if not text:
        raise Unclear("There is nothing to send.")
    thread = request.text("thread")
    if text.startswith("/"):
        if thread:
            raise Unclear("Commands don't work in threads, as in Slack. Type it in the conversation itself.")
        name, _, rest = text.partition(" ")
        desk.person.command(name, words.mentioned(desk.workspace, rest.strip()), channel)
        return Outcome()
    if desk.person.id not in channel.members:
        raise Unclear(f"Join {desk.canvas.title(channel.id)} first, then you can write there.")
    root = message_in(desk, channel, thread) if thread else None
    desk.person.say(channel, words.as_message(desk.workspace, text), root)
    return Outcome()


def react(desk: Desk, request: Request) -> Outcome:
    """Give a reaction, or take it back."""
    message = message_in(desk, channel_of(desk, request), request.text("ts"))
    emoji = request.text("emoji", 100).strip(": ").lower()
    if desk.person.id in message.reactions.get(emoji, ()):
        desk.person.unreact(message, emoji)
    else:
        desk.person.react(message, emoji)
    return Outcome()


def shortcut(desk: Desk, request: Request) -> Outcome:
    callback_id = request.text("callback_id")
    if request.text("ts"):
        message = message_in(desk, channel_of(desk, request), request.text("ts"))
        desk.person.message_shortcut(callback_id, message)
    else:
        desk.person.shortcut(callback_id)
    return Outcome()


def dismiss(desk: Desk, request: Request) -> Outcome:
    message = message_in(desk, channel_of(desk, request), request.text("ts"))
    if message.only_for != desk.person.id:
        raise Unclear("Others can see this message too.")
    desk.person.dismiss(message)
    return Outcome()


def join(desk: Desk, request: Request) -> Outcome:
    desk.person.join(channel_of(desk, request))
    return Outcome()


def leave(desk: Desk, request: Request) -> Outcome:
    channel = channel_of(desk, request)
    if channel.is_direct:
        raise NotPossible("nobody leaves a direct message")
    desk.person.leave(channel)
    return Outcome()


def new_channel(desk: Desk, request: Request) -> Outcome:
    name = as_channel_name(request.text("name", 80))
    if not name:
        raise Unclear("A channel's name has letters, digits and hyphens.")
    if desk.workspace.channel_named(name):
        raise Unclear(f"There is a channel #{name} already.")
    channel = desk.workspace.add_channel(name, members=[desk.person], with_bot=False)
    return Outcome(goes_to=channel.id)


def as_channel_name(typed: str) -> str:
    wanted = typed.strip().lower().replace(" ", "-")
    return "".join(letter for letter in wanted if letter.isalnum() or letter in "-_").strip("-_")


Deed = Callable[[Desk, Request], Outcome]
DEEDS: Mapping[str, Deed] = {
    "use": use,
    "submit": submit,
    "close": close,
    "suggest": suggest,
    "say": say,
    "react": react,
    "shortcut": shortcut,
    "dismiss": dismiss,
    "join": join,
    "leave": leave,
    "new-channel": new_channel,
}

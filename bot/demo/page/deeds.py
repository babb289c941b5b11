"""Actions that a visitor performs as one of the people. Each takes a request and returns what the page shows."""

from collections.abc import Callable, Mapping

from bot.demo.page import fields, managing, profile, words
from bot.demo.page.asked import Outcome, Request, Unclear, channel_of, message_in, shown_in
from bot.demo.page.places import HOME, Desk
from bot.slacksim import NotPossible, View, finding
from bot.slacksim.forms import FIELDS

LONGEST_TEXT = 40_000
"""Slack's limit for a message."""
DEAF = "Weft is off, so it didn't answer. Switch it on next to the clock and try again."


def use(desk: Desk, request: Request) -> Outcome:
    """Use an element that reports to the bot at once, together with the other input of the form."""
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
    return heard(desk)


def heard(desk: Desk) -> Outcome:
    """Report the warning that Slack shows at a button if the bot is off."""
    return Outcome() if desk.company.play.is_on else Outcome(problem=DEAF)


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
    if not desk.company.play.is_on:
        raise NotPossible(DEAF)
    found = desk.person.suggestions(shown, place, request.text("typed", 150))
    return Outcome(options=[(option["value"], option["text"]["text"]) for option in found])


def say(desk: Desk, request: Request) -> Outcome:
    """Post a message, or run a command if it begins with a slash."""
    channel, text = channel_of(desk, request), request.text("text", LONGEST_TEXT).strip()
    if not text:
        raise Unclear("There's nothing to send.")
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
    """Add or remove a reaction."""
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
    return heard(desk)


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
        raise NotPossible("you can't leave a direct message")
    desk.person.leave(channel)
    return Outcome(goes_to=HOME if channel.is_private else None)


def new_channel(desk: Desk, request: Request) -> Outcome:
    name = managing.free_name(desk.workspace, request.text("name", 80))
    channel = desk.workspace.add_channel(name, members=[desk.person], with_bot=False)
    return Outcome(goes_to=channel.id)


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
    **managing.DEEDS,
    **profile.DEEDS,
}

"""Management of channels by their members, and of people by workspace admins."""

from collections.abc import Callable, Mapping

from bot.demo.page.asked import Outcome, Request, Unclear, channel_of
from bot.demo.page.places import HOME, Desk
from bot.slacksim import Channel, NotPossible, Person, Workspace
from bot.slacksim.records import SLACKBOT
from bot.slacksim.state import Json

LONGEST_NAME = 80
"""Slack's limit for a channel name."""
MOST_INVITED = 1000


def free_name(workspace: Workspace, typed: str) -> str:
    """Normalize a channel name as Slack does. Raises Unclear if it is invalid or taken."""
    wanted = typed.strip().lower().replace(" ", "-")
    name = "".join(letter for letter in wanted if letter.isalnum() or letter in "-_").strip("-_")
    if not name:
        raise Unclear("A channel's name has letters, digits and hyphens.")
    if workspace.channel_named(name):
        raise Unclear(f"There's already a channel #{name}.")
    return name


def asks(title: str, text: str, confirm: str) -> Outcome:
    """Ask to confirm a destructive action."""
    words = {"title": title, "text": text, "confirm": confirm, "deny": "Cancel"}
    ask: Json = {name: {"type": "plain_text", "text": said} for name, said in words.items()}
    return Outcome(ask=ask | {"style": "danger"})


# Channels


def managed(desk: Desk, request: Request, *, archived: bool = False) -> Channel:
    """Return a channel that this person may change. Raises NotPossible with the reason otherwise."""
    channel = channel_of(desk, request)
    if channel.is_direct:
        raise NotPossible("a direct message can't be changed like a channel")
    if desk.person.user.is_restricted:
        raise NotPossible("guests can't change a channel")
    if channel.is_archived is not archived:
        raise NotPossible(f"#{channel.name} is {'archived' if channel.is_archived else 'not archived'}")
    if desk.person.id not in channel.members and not archived:
        raise NotPossible(f"only members of #{channel.name} can change it. Join it first")
    return channel


def rename(desk: Desk, request: Request) -> Outcome:
    channel = managed(desk, request)
    desk.workspace.rename(channel, free_name(desk.workspace, request.field("name", LONGEST_NAME)))
    return Outcome()


def archive(desk: Desk, request: Request) -> Outcome:
    channel = managed(desk, request)
    if channel.is_general:
        raise NotPossible(f"#{channel.name} is for everyone and can't be archived")
    if not request.flag("confirmed"):
        text = "No one can post there anymore. Messages stay readable, and you can bring the channel back."
        return asks(f"Archive #{channel.name}?", text, "Archive channel")
    desk.workspace.archive(channel, desk.person)
    return Outcome()


def unarchive(desk: Desk, request: Request) -> Outcome:
    desk.workspace.unarchive(managed(desk, request, archived=True), desk.person)
    return Outcome()


def make_private(desk: Desk, request: Request) -> Outcome:
    channel = managed(desk, request)
    if channel.is_private or channel.is_general:
        raise NotPossible(f"#{channel.name} can't be made private")
    if not request.flag("confirmed"):
        text = "Only members will be able to find it and read it. Only they can add others."
        return asks(f"Make #{channel.name} private?", text, "Change to private")
    desk.workspace.make_private(channel)
    return Outcome()


def invite(desk: Desk, request: Request) -> Outcome:
    channel = managed(desk, request)
    chosen = request.fields().get("people", [])[:MOST_INVITED]
    if not chosen:
        raise Unclear("Choose someone to add.")
    for person in [person_of(desk, person_id) for person_id in chosen]:
        desk.person.invite(channel, person)
    return Outcome()


def take_out(desk: Desk, request: Request) -> Outcome:
    channel = managed(desk, request)
    person = person_of(desk, request.text("person"))
    if person.id not in channel.members:
        raise NotPossible(f"{person.name} is not in #{channel.name}")
    person.leave(channel)
    return Outcome(goes_to=HOME if channel.is_private and person == desk.person else None)


def add_app(desk: Desk, request: Request) -> Outcome:
    desk.workspace.add_bot(managed(desk, request), desk.person)
    return Outcome()


def remove_app(desk: Desk, request: Request) -> Outcome:
    desk.workspace.remove_bot(managed(desk, request))
    return Outcome()


# People


def person_of(desk: Desk, person_id: str) -> Person:
    user = desk.workspace.users.get(person_id)
    if user is None or user.is_bot or user.is_external or user.id == SLACKBOT:
        raise Unclear("There's no one here with that name.")
    return Person(desk.workspace, user)


def managed_person(desk: Desk, request: Request) -> Person:
    """Return a person whose account this one may change. Raises NotPossible with the reason otherwise."""
    if not desk.person.user.is_admin:
        raise NotPossible("only workspace admins can manage members")
    person = person_of(desk, request.text("person"))
    if person == desk.person:
        raise NotPossible("you can't deactivate your own account: ask another admin")
    if person.user.is_owner and not desk.person.user.is_owner:
        raise NotPossible("only workspace owners can do that to an owner")
    return person


def deactivate(desk: Desk, request: Request) -> Outcome:
    person = managed_person(desk, request)
    if person.user.deleted:
        raise NotPossible(f"{person.name}'s account is already deactivated")
    if not request.flag("confirmed"):
        text = f"{person.name} is signed out and removed from all channels. Their messages stay. You can undo this."
        return asks(f"Deactivate {person.name}'s account?", text, "Deactivate")
    person.deactivate()
    return Outcome()


def activate(desk: Desk, request: Request) -> Outcome:
    person = managed_person(desk, request)
    if not person.user.deleted:
        raise NotPossible(f"{person.name}'s account is active")
    person.reactivate()
    return Outcome()


DEEDS: Mapping[str, Callable[[Desk, Request], Outcome]] = {
    "rename": rename,
    "archive": archive,
    "unarchive": unarchive,
    "make-private": make_private,
    "invite": invite,
    "take-out": take_out,
    "add-app": add_app,
    "remove-app": remove_app,
    "deactivate": deactivate,
    "activate": activate,
}

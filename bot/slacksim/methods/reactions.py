"""Reaction methods."""

from bot.slacksim import objects
from bot.slacksim.errors import Refused
from bot.slacksim.methods.method import method
from bot.slacksim.records import Records
from bot.slacksim.state import Channel, Json, Message

MOST_EMOJI = 23
# Without `full`, a reaction lists only some of its users; the count is always complete.
MOST_NAMED = 50


@method(
    "reactions.get",
    tier="t3",
    scopes={"reactions:read"},
    errors="channel_not_found message_not_found no_item_specified",
    without_effect="file file_comment",
)
def get(workspace: Records, channel: str = "", timestamp: str = "", full: bool = False) -> Json:
    where, message = _reacted_to(workspace, channel, timestamp)
    answer = objects.message(message, metadata=False)
    for reaction in answer.get("reactions", []):
        reaction["users"] = reaction["users"][: None if full else MOST_NAMED]
    return {"type": "message", "channel": where.id, "message": answer}


@method(
    "reactions.add",
    tier="t3",
    scopes={"reactions:write"},
    errors="channel_not_found message_not_found invalid_name already_reacted is_archived too_many_emoji",
)
def add(workspace: Records, channel: str, name: str, timestamp: str) -> Json:
    where, message = _reacted_to(workspace, channel, timestamp)
    react(workspace, where, message, workspace.bot_user_id, name)
    return {}


@method(
    "reactions.remove",
    tier="t2",
    scopes={"reactions:write"},
    errors="channel_not_found message_not_found invalid_name no_reaction no_item_specified",
    without_effect="file file_comment",
)
def remove(workspace: Records, name: str, channel: str = "", timestamp: str = "") -> Json:
    where, message = _reacted_to(workspace, channel, timestamp)
    unreact(workspace, where, message, workspace.bot_user_id, name)
    return {}


def _reacted_to(workspace: Records, channel: str, timestamp: str) -> tuple[Channel, Message]:
    if not channel or not timestamp:
        raise Refused("no_item_specified")
    where = workspace.channel(channel)
    if timestamp not in where.by_ts:
        raise Refused("message_not_found")
    return where, where.by_ts[timestamp]


def react(workspace: Records, channel: Channel, message: Message, user_id: str, name: str) -> None:
    name = name.strip(":")
    if not name or " " in name:
        raise Refused("invalid_name")
    if channel.is_archived:
        raise Refused("is_archived")
    if user_id in message.reactions.get(name, ()):
        raise Refused("already_reacted")
    if name not in message.reactions and len(message.reactions) >= MOST_EMOJI:
        raise Refused("too_many_emoji")
    message.reactions.setdefault(name, []).append(user_id)
    _tell(workspace, "reaction_added", channel, message, user_id, name)


def unreact(workspace: Records, channel: Channel, message: Message, user_id: str, name: str) -> None:
    name = name.strip(":")
    if user_id not in message.reactions.get(name, ()):
        raise Refused("no_reaction")
    message.reactions[name].remove(user_id)
    if not message.reactions[name]:
        del message.reactions[name]
    _tell(workspace, "reaction_removed", channel, message, user_id, name)


def _tell(workspace: Records, kind: str, channel: Channel, message: Message, user_id: str, name: str) -> None:
    if workspace.bot_user_id not in channel.members:
        return
    item = {"type": "message", "channel": channel.id, "ts": message.ts}
    event = {"type": kind, "user": user_id, "reaction": name, "item": item, "item_user": message.user}
    workspace.emit(event, channel=channel)

"""Methods for the members of conversations."""

from bot.slacksim import objects
from bot.slacksim.errors import Refused
from bot.slacksim.methods.conversations import readable
from bot.slacksim.methods.method import READS, method
from bot.slacksim.methods.paging import page
from bot.slacksim.records import Records
from bot.slacksim.state import Channel, Json

MANAGE = {"channels:manage", "channels:write", "groups:write", "im:write", "mpim:write"}


@method(
    "conversations.members",
    tier="t4",
    scopes=READS,
    errors="channel_not_found invalid_cursor invalid_limit",
)
def members(workspace: Records, channel: str, limit: int = 100, cursor: str = "") -> Json:
    found = readable(workspace, channel)
    shown, following = page(list(found.members), cursor, limit, error="invalid_limit")
    return {"members": list(shown)} | following


@method(
    "conversations.join",
    tier="t3",
    scopes={"channels:join"},
    errors="channel_not_found is_archived method_not_supported_for_channel_type",
)
def join(workspace: Records, channel: str) -> Json:
    found = workspace.channel(channel)
    _check_channel(found)
    was_in = workspace.bot_user_id in found.members
    workspace.let_in(found, workspace.bot_user_id)
    answer: Json = {"channel": objects.channel(workspace, found)}
    if was_in:
        answer |= {"warning": "already_in_channel", "response_metadata": {"warnings": ["already_in_channel"]}}
    return answer


@method(
    "conversations.leave",
    tier="t3",
    scopes=MANAGE,
    errors="channel_not_found is_archived cant_leave_general method_not_supported_for_channel_type",
)
def leave(workspace: Records, channel: str) -> Json:
    found = workspace.channel(channel)
    _check_channel(found)
    if found.is_general:
        raise Refused("cant_leave_general")
    if workspace.bot_user_id not in found.members:
        return {"not_in_channel": True}
    workspace.let_go(found, workspace.bot_user_id)
    return {}


@method(
    "conversations.invite",
    tier="t3",
    scopes={
        "channels:write.invites",
        "groups:write.invites",
        "channels:manage",
        "groups:write",
        "im:write",
        "mpim:write",
    },
    errors="channel_not_found is_archived method_not_supported_for_channel_type not_in_channel no_user "
    "user_not_found cant_invite cant_invite_self already_in_channel ura_max_channels",
    without_effect="force",
)
def invite(workspace: Records, channel: str, users: str) -> Json:
    found = workspace.channel(channel)
    _check_channel(found)
    if workspace.bot_user_id not in found.members:
        raise Refused("not_in_channel")
    people = [each.strip() for each in users.split(",") if each.strip()]
    if not people:
        raise Refused("no_user")
    for user_id in people:
        _check_invited(workspace, found, user_id)
    for user_id in people:
        workspace.let_in(found, user_id, inviter=workspace.bot_user_id)
    return {"channel": objects.channel(workspace, found)}


def _check_channel(channel: Channel) -> None:
    if channel.is_direct:
        raise Refused("method_not_supported_for_channel_type")
    if channel.is_archived:
        raise Refused("is_archived")


def _check_invited(workspace: Records, channel: Channel, user_id: str) -> None:
    user = workspace.user(user_id)
    if user_id == workspace.bot_user_id:
        raise Refused("cant_invite_self")
    if user.deleted or user.is_external:
        raise Refused("cant_invite")
    if user_id in channel.members:
        raise Refused("already_in_channel")
    if user.is_ultra_restricted:
        raise Refused("ura_max_channels")

"""Methods that post, update and delete messages."""

import json

from bot.slacksim import block_kit, objects
from bot.slacksim.errors import Refused
from bot.slacksim.methods.method import NOTHING, Structure, method
from bot.slacksim.records import SLACKBOT, Records
from bot.slacksim.state import Channel, Content, Json, Kind, Message

LONGEST_TEXT, LONGEST_EDIT, LARGEST_METADATA, MOST_ATTACHMENTS = 40_000, 4_000, 8_000, 100
LONGEST_BLOCKS = 12_000
"""Limit for all texts in a message's blocks. Not in the reference; named by Slack's staff in bolt-js#2509."""
WRITE = {"chat:write"}
POST_ERRORS = "channel_not_found not_in_channel is_archived no_text invalid_blocks cannot_reply_to_message "
POST_ERRORS += "markdown_text_conflict too_many_attachments messages_tab_disabled restricted_action "
METADATA_ERRORS = "invalid_metadata_format invalid_metadata_schema metadata_too_large "
LOOKS = "as_user icon_emoji icon_url link_names parse username "


@method(
    "chat.postMessage",
    tier="t5",
    scopes=WRITE,
    errors=POST_ERRORS + METADATA_ERRORS + "msg_blocks_too_long ",
    without_effect=LOOKS + "current_draft_last_updated_ts mrkdwn unfurl_links unfurl_media",
)
def post(
    workspace: Records,
    channel: str,
    text: str = "",
    blocks: Structure = NOTHING,
    attachments: Structure = NOTHING,
    markdown_text: str = "",
    metadata: Structure = NOTHING,
    thread_ts: str = "",
    reply_broadcast: bool = False,
) -> Json:
    where = _where_to_post(workspace, channel)
    message = _new_message(workspace, where, text or markdown_text, blocks, attachments)
    _check_one_text(text, markdown_text, blocks)
    _check_length(message.blocks, "msg_blocks_too_long")
    message.metadata = _metadata(metadata)
    if thread_ts:
        _put_in_thread(where, message, thread_ts, reply_broadcast)
    workspace.post(where, message)
    return {"channel": where.id, "ts": message.ts, "message": objects.message(message, metadata=True)}


@method(
    "chat.postEphemeral",
    tier="t4",
    scopes=WRITE,
    errors=POST_ERRORS + "user_not_in_channel",
    without_effect=LOOKS + "metadata",
)
def post_ephemeral(
    workspace: Records,
    channel: str,
    user: str,
    text: str = "",
    blocks: Structure = NOTHING,
    attachments: Structure = NOTHING,
    markdown_text: str = "",
    thread_ts: str = "",
) -> Json:
    where = workspace.channel(channel)
    _check_open(workspace, where)
    if user not in where.members or not workspace.users[user].can_log_in:
        raise Refused("user_not_in_channel")
    message = _new_message(workspace, where, text or markdown_text, blocks, attachments)
    _check_one_text(text, markdown_text, blocks)
    message.thread_ts, message.only_for = thread_ts or None, user
    workspace.show_only(user, message)
    return {"message_ts": message.ts}


@method(
    "chat.update",
    tier="t3",
    scopes=WRITE,
    errors=METADATA_ERRORS
    + "channel_not_found message_not_found cant_update_message msg_too_long no_text invalid_blocks "
    + "markdown_text_conflict too_many_attachments",
    without_effect="as_user file_ids link_names parse reply_broadcast unfurled_attachments",
)
def update(
    workspace: Records,
    channel: str,
    ts: str,
    text: str = "",
    blocks: Structure = NOTHING,
    attachments: Structure = NOTHING,
    markdown_text: str = "",
    metadata: Structure = NOTHING,
) -> Json:
    where = workspace.channel(channel)
    message = _own_message(workspace, where, ts, "cant_update_message")
    _check_one_text(text, markdown_text, blocks)
    if len(text) > LONGEST_EDIT:
        raise Refused("msg_too_long")
    # An update without blocks removes them.
    drawn = _drawn(workspace, text, markdown_text, blocks, attachments)
    _check_length(drawn, "msg_too_long")
    change(workspace, where, message, text or markdown_text, drawn)
    message.metadata = _metadata(metadata) or message.metadata
    return {"channel": where.id, "ts": ts, "text": message.text, "message": objects.message(message, metadata=True)}


def change(workspace: Records, channel: Channel, message: Message, text: str, blocks: list[Json]) -> None:
    before = objects.message(message, metadata=False)
    message.text, message.blocks, message.edited_ts = text, blocks, workspace.next_ts()
    workspace.tell_change(channel, message, before)


@method(
    "chat.delete",
    tier="t3",
    scopes=WRITE,
    errors="channel_not_found message_not_found cant_delete_message",
    without_effect="as_user",
)
def delete(workspace: Records, channel: str, ts: str) -> Json:
    where = workspace.channel(channel)
    workspace.erase(where, _own_message(workspace, where, ts, "cant_delete_message"))
    return {"channel": where.id, "ts": ts}


@method("chat.getPermalink", tier="t5", errors="channel_not_found message_not_found")
def permalink(workspace: Records, channel: str, message_ts: str) -> Json:
    where = workspace.channel(channel)
    if message_ts not in where.by_ts:
        raise Refused("message_not_found")
    address = f"https://{workspace.domain}.slack.com/archives/{where.id}/p{message_ts.replace('.', '')}"
    return {"channel": where.id, "permalink": address}


# Permission to post


def _where_to_post(workspace: Records, channel: str) -> Channel:
    if channel in workspace.users:
        where = _direct_message(workspace, channel)
    else:
        where = _channel_by_id_or_name(workspace, channel)
    _check_open(workspace, where)
    return where


def _direct_message(workspace: Records, user_id: str) -> Channel:
    person = workspace.users[user_id]
    if user_id == SLACKBOT or person.is_bot or person.deleted or not workspace.can_see(person):
        raise Refused("channel_not_found")
    return workspace.open_direct([user_id])


def _channel_by_id_or_name(workspace: Records, channel: str) -> Channel:
    known = workspace.channels.get(channel) or workspace.channel_named(channel.removeprefix("#"))
    if known is None:
        raise Refused("channel_not_found")
    return known


def _check_open(workspace: Records, where: Channel) -> None:
    if workspace.bot_user_id not in where.members:
        if where.is_private:
            raise Refused("channel_not_found")
        if "chat:write.public" not in workspace.scopes:
            raise Refused("not_in_channel")
    if where.is_archived:
        raise Refused("is_archived")
    if where.only_some_may_post:
        raise Refused("restricted_action")
    if where.kind is Kind.IM and not workspace.settings.messages_tab:
        raise Refused("messages_tab_disabled")


def _put_in_thread(where: Channel, message: Message, thread_ts: str, is_broadcast: bool) -> None:
    parent = where.by_ts.get(thread_ts)
    if parent is not None and parent.is_reply:
        raise Refused("cannot_reply_to_message")
    message.thread_ts, message.is_broadcast = thread_ts, is_broadcast
    if parent is not None:
        parent.thread_ts = thread_ts


def _own_message(workspace: Records, where: Channel, ts: str, error: str) -> Message:
    message = where.by_ts.get(ts)
    if message is None:
        raise Refused("message_not_found")
    if message.bot_id != workspace.bot_id:
        raise Refused(error)
    return message


# Content of a message


def _new_message(workspace: Records, where: Channel, text: str, blocks: Structure, attachments: Structure) -> Message:
    drawn = _drawn(workspace, text, "", blocks, attachments)
    return bot_message(workspace, where, text[:LONGEST_TEXT], drawn)


def bot_message(workspace: Records, where: Channel, text: str, blocks: list[Json]) -> Message:
    message = Message(where.id, workspace.next_ts(), workspace.bot_user_id, text, workspace, blocks)
    message.bot_id = workspace.bot_id
    message.extra = {"app_id": workspace.app_id, "team": workspace.team_id}
    return message


def _drawn(workspace: Records, text: str, markdown_text: str, blocks: Structure, attachments: Structure) -> list[Json]:
    if isinstance(attachments, list) and len(attachments) > MOST_ATTACHMENTS:
        raise Refused("too_many_attachments")
    if not (text.strip() or markdown_text.strip() or blocks or attachments):
        raise Refused("no_text")
    return block_kit.accepted(blocks, "invalid_blocks", workspace.new_id)


def _check_one_text(text: str, markdown_text: str, blocks: Structure) -> None:
    if markdown_text and (text or blocks):
        raise Refused("markdown_text_conflict")


def _check_length(blocks: list[Json], error: str) -> None:
    if letters_in(blocks) > LONGEST_BLOCKS:
        raise Refused(error)


def letters_in(drawn: Content) -> int:
    """Count the characters of all text objects, buttons included."""
    if isinstance(drawn, list):
        return sum(letters_in(each) for each in drawn)
    if not isinstance(drawn, dict):
        return 0
    own = drawn.get("text")
    return (len(own) if isinstance(own, str) else 0) + sum(letters_in(each) for each in drawn.values())


def _metadata(given: Structure) -> Json | None:
    if not given:
        return None
    if not isinstance(given, dict):
        raise Refused("invalid_metadata_format")
    if set(given) - {"event_type", "event_payload", "entities", "external_ref"}:
        raise Refused("invalid_metadata_format")
    if not isinstance(given.get("event_type"), str) or not isinstance(given.get("event_payload"), dict):
        raise Refused("invalid_metadata_schema")
    if len(json.dumps(given)) > LARGEST_METADATA:
        raise Refused("metadata_too_large")
    return given

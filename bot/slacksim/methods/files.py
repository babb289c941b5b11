"""File methods: an upload URL, and the step that makes the upload visible."""

import re

from bot.slacksim import block_kit, objects
from bot.slacksim.errors import Refused
from bot.slacksim.methods.chat import bot_message
from bot.slacksim.methods.method import NOTHING, Structure, method
from bot.slacksim.records import Records
from bot.slacksim.state import Channel, File, Json

WRITE = {"files:write"}
LARGEST_FILE = 1_000_000_000
LONGEST_ALT_TEXT = 1000
IN_BRACKETS = re.compile("<([^<>]+)>")


@method(
    "files.getUploadURLExternal",
    tier="t4",
    scopes=WRITE,
    errors="alt_txt_too_large file_upload_size_restricted",
    without_effect="snippet_type",
)
def get_upload_url(workspace: Records, filename: str, length: int, alt_txt: str = "") -> Json:
    if len(alt_txt) > LONGEST_ALT_TEXT:
        raise Refused("alt_txt_too_large")
    if not 0 < length <= LARGEST_FILE:
        raise Refused("file_upload_size_restricted")
    file = File(
        workspace.new_id("F"), filename, workspace.bot_user_id, int(workspace.seconds()), length=length, alt_txt=alt_txt
    )
    workspace.files[file.id] = file
    return {"upload_url": f"{workspace.address}/upload/{workspace.team_id}/{file.id}", "file_id": file.id}


@method(
    "files.completeUploadExternal",
    tier="t4",
    scopes=WRITE,
    errors="channel_not_found not_in_channel file_not_found file_update_failed invalid_blocks invalid_channel",
    without_effect="icon_emoji icon_url username",
)
def complete_upload(
    workspace: Records,
    files: Structure,
    channel_id: str = "",
    channels: str = "",
    initial_comment: str = "",
    blocks: Structure = NOTHING,
    thread_ts: str = "",
) -> Json:
    uploaded = _uploaded(workspace, files)
    targets = [_target(workspace, each) for each in (channel_id or channels).split(",") if each]
    # "If the initial_comment field is provided, the blocks field is ignored."
    drawn = [] if initial_comment else block_kit.accepted(blocks, "invalid_blocks", workspace.new_id)
    for file in uploaded:
        file.is_complete, file.comment = True, initial_comment
        file.channel_ids = [each.id for each in targets]
    for where in targets:
        message = bot_message(workspace, where, as_letters(initial_comment), drawn)
        message.files, message.subtype, message.thread_ts = list(uploaded), "file_share", thread_ts or None
        workspace.post(where, message)
    return {"files": [objects.file(each) for each in uploaded]}


def as_letters(comment: str) -> str:
    """Escape links, mentions and dates: Slack shows them as plain text in such a comment."""
    return IN_BRACKETS.sub(r"&lt;\1&gt;", comment)


def _uploaded(workspace: Records, files: Structure) -> list[File]:
    if not isinstance(files, list) or not files:
        raise Refused("invalid_arguments", messages=["[ERROR] must provide at least one file [json-pointer:/files]"])
    found = []
    for each in files:
        file = workspace.files.get(each.get("id", ""))
        if file is None:
            raise Refused("file_not_found")
        if not file.is_uploaded or file.is_complete:
            raise Refused("file_update_failed")
        file.title = each.get("title") or file.name
        found.append(file)
    return found


def _target(workspace: Records, channel_id: str) -> Channel:
    # User ids are not accepted: the conversation must be opened first.
    if channel_id in workspace.users:
        raise Refused("invalid_channel")
    channel = workspace.channel(channel_id)
    if workspace.bot_user_id not in channel.members:
        raise Refused("not_in_channel")
    return channel


@method(
    "files.info", tier="t4", scopes={"files:read"}, errors="file_not_found", without_effect="count cursor limit page"
)
def info(workspace: Records, file: str) -> Json:
    return {"file": _links(workspace, _complete(workspace, file)), "comments": []}


@method("files.delete", tier="t3", scopes=WRITE, errors="file_not_found cant_delete_file")
def delete(workspace: Records, file: str) -> Json:
    found = _complete(workspace, file)
    if found.user != workspace.bot_user_id:
        raise Refused("cant_delete_file")
    del workspace.files[found.id]
    for channel_id in found.channel_ids:
        for message in workspace.channels[channel_id].messages:
            message.files = [each for each in message.files if each is not found]
    return {}


def _complete(workspace: Records, file_id: str) -> File:
    found = workspace.files.get(file_id)
    if found is None or not found.is_complete:
        raise Refused("file_not_found")
    return found


def _links(workspace: Records, file: File) -> Json:
    address = f"{workspace.address}/files-pri/{workspace.team_id}/{file.id}/{file.name}"
    return objects.file(file) | {"url_private": address, "url_private_download": address}

"""The bot's immediate replies: in an acknowledgement, or through a response_url."""

from datetime import timedelta

from bot.slacksim import block_kit
from bot.slacksim.errors import Refused
from bot.slacksim.methods.chat import bot_message, change
from bot.slacksim.records import Records
from bot.slacksim.state import Json, Message, ResponseUrl

MOST_USES, LIFETIME = 5, timedelta(minutes=30)


def use(workspace: Records, url_id: str, body: Json) -> None:
    """Post to a response_url, which allows five posts within 30 minutes, even where the bot may not post itself."""
    url = workspace.response_urls.get(url_id)
    if url is None or workspace.now() - url.at > LIFETIME:
        raise Refused("expired_url")
    if url.uses >= MOST_USES:
        raise Refused("used_url")
    url.uses += 1
    say(workspace, url, body)


def say(workspace: Records, url: ResponseUrl, body: Json) -> None:
    original = url.original
    if original is not None and body.get("delete_original"):
        _remove(workspace, original)
        return
    text, blocks = _content(workspace, body)
    if original is not None and body.get("replace_original") and not original.is_deleted:
        _replace(workspace, original, text, blocks)
        return
    url.said.append(_post(workspace, url, body, text, blocks))


def _content(workspace: Records, body: Json) -> tuple[str, list[Json]]:
    text, blocks = body.get("text") or "", body.get("blocks")
    if not text and not blocks and not body.get("attachments"):
        raise Refused("no_text")
    return text, block_kit.accepted(blocks, "invalid_blocks", workspace.new_id)


def _remove(workspace: Records, original: Message) -> None:
    if original.only_for is not None:
        original.is_deleted = True
        workspace.ephemerals[original.only_for].remove(original)
    elif not original.is_deleted:
        workspace.erase(workspace.channels[original.channel_id], original)


def _replace(workspace: Records, original: Message, text: str, blocks: list[Json]) -> None:
    if original.only_for is not None:
        original.text, original.blocks = text, blocks
    else:
        change(workspace, workspace.channels[original.channel_id], original, text, blocks)


def _post(workspace: Records, url: ResponseUrl, body: Json, text: str, blocks: list[Json]) -> Message:
    channel = workspace.channels[url.channel_id]
    message = bot_message(workspace, channel, text, blocks)
    message.thread_ts = body.get("thread_ts")
    if body.get("response_type") == "in_channel":
        return workspace.post(channel, message)
    message.only_for = url.user_id
    return workspace.show_only(url.user_id, message)

"""Tick of the digest. Fetches permalinks from Slack before the transaction."""

import logging

from slack_sdk.errors import SlackApiError

from bot.celebrate.digest import blocks
from bot.celebrate.digest import service as digest
from bot.core.clients import ReadingClient
from bot.core.work import Bot, Work
from bot.slack.replies import understood
from storage.celebrations import settings as kept

logger = logging.getLogger(__name__)


def is_due(work: Work) -> bool:
    return digest.is_due(work, kept.settings(work))


def post_when_due(bot: Bot, client: ReadingClient) -> None:
    with bot.look() as work:
        settings = kept.settings(work)
        if not digest.is_due(work, settings):
            return
        posts = [(row.id, row.channel_id, row.ts) for row in digest.week(work, settings)[: blocks.MOST]]
    links = {post[0]: address for post in posts if (address := permalink(client, *post)) is not None}
    with bot.begin() as work:
        settings = kept.settings(work)
        if digest.is_due(work, settings):
            digest.post(work, settings, links)


def permalink(client: ReadingClient, celebration_id: int, channel_id: str | None, ts: str | None) -> str | None:
    if channel_id is None or ts is None:
        return None
    try:
        address: str = client.chat_getPermalink(channel=channel_id, message_ts=ts)["permalink"]
    except SlackApiError as refusal:
        logger.warning(
            "a celebration has no address", extra={"celebration": celebration_id, "code": understood(refusal)}
        )
        return None
    return address

"""Tick of the digest. Fetches permalinks from Slack before the transaction."""

import logging

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.celebrate.digest import blocks
from bot.celebrate.digest import service as digest
from bot.core.work import Bot, Work
from bot.slack.replies import understood
from storage.celebrations import settings as kept
from storage.celebrations.celebrations import Celebration

logger = logging.getLogger(__name__)


def is_due(work: Work) -> bool:
    return digest.is_due(work, kept.settings(work))


def post_when_due(bot: Bot, client: WebClient) -> None:
    with bot.look() as work:
        settings = kept.settings(work)
        if not digest.is_due(work, settings):
            return
        rows = digest.week(work, settings)[: blocks.MOST]
    links = {row.id: address for row in rows if (address := permalink(client, row)) is not None}
    with bot.begin() as work:
        settings = kept.settings(work)
        if digest.is_due(work, settings):
            digest.post(work, settings, links)


def permalink(client: WebClient, row: Celebration) -> str | None:
    if row.channel_id is None or row.ts is None:
        return None
    try:
        address: str = client.chat_getPermalink(channel=row.channel_id, message_ts=row.ts)["permalink"]
    except SlackApiError as refusal:
        logger.warning("a celebration has no address", extra={"celebration": row.id, "code": understood(refusal)})
        return None
    return address

"""Resync of reactions with Slack, because events can be missed."""

import logging
from datetime import timedelta

from slack_sdk.errors import SlackApiError

from bot.celebrate.cheers import rules
from bot.celebrate.cheers import service as seconding
from bot.celebrate.making import service as making
from bot.core.clients import ReadingClient
from bot.core.work import Bot, Work
from bot.slack.replies import understood
from storage.celebrations import celebrations
from storage.celebrations.celebrations import Celebration

logger = logging.getLogger(__name__)

EVERY, AT_ONCE = timedelta(hours=12), 40
GONE = "message_not_found"


def read_when_due(bot: Bot, client: ReadingClient) -> None:
    """Resync celebrations of the last two weeks twice a day, in batches within Slack's rate limit."""
    with bot.look() as work:
        due = to_read(work)
    for row in due[:AT_ONCE]:
        read(bot, client, row)


def is_any_to_read(work: Work) -> bool:
    return bool(to_read(work))


def to_read(work: Work) -> list[Celebration]:
    there = celebrations.in_channels(work, since=work.now - rules.TOLD_FOR)
    return [row for row in there if row.reactions_read_at is None or row.reactions_read_at + EVERY <= work.now]


def read(bot: Bot, client: ReadingClient, row: Celebration) -> None:
    read_at = bot.clock.now()
    try:
        answer = client.reactions_get(channel=row.channel_id, timestamp=row.ts, full=True)
    except SlackApiError as refusal:
        note_unreadable(bot, row, understood(refusal))
        return
    reacted = [
        person_id
        for reaction in answer["message"].get("reactions", ())
        if rules.emoji_of(reaction["name"]) == row.seconding_emoji
        for person_id in reaction["users"]
    ]
    with bot.begin() as work:
        seconding.compare(work, row.id, reacted, read_at=read_at)


def note_unreadable(bot: Bot, row: Celebration, code: str) -> None:
    """Drop a celebration whose post was deleted by hand; retry later after other errors."""
    logger.warning("reactions could not be read", extra={"celebration": row.id, "code": code})
    with bot.begin() as work:
        found = celebrations.celebration(work, celebration_id=row.id)
        if found is not None:
            found.reactions_read_at = work.now
            if code == GONE:
                making.drop(work, found)

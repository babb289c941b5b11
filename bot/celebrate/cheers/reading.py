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
        due = [(row.id, row.channel_id, row.ts, row.seconding_emoji) for row in to_read(work)[:AT_ONCE]]
    for post in due:
        read(bot, client, *post)


def is_any_to_read(work: Work) -> bool:
    return bool(to_read(work))


def to_read(work: Work) -> list[Celebration]:
    there = celebrations.in_channels(work, since=work.now - rules.TOLD_FOR)
    return [row for row in there if row.reactions_read_at is None or row.reactions_read_at + EVERY <= work.now]


def read(
    bot: Bot, client: ReadingClient, celebration_id: int, channel_id: str | None, ts: str | None, emoji: str
) -> None:
    read_at = bot.clock.now()
    try:
        answer = client.reactions_get(channel=channel_id, timestamp=ts, full=True)
    except SlackApiError as refusal:
        note_unreadable(bot, celebration_id, understood(refusal))
        return
    reacted = [
        person_id
        for reaction in answer["message"].get("reactions", ())
        if rules.emoji_of(reaction["name"]) == emoji
        for person_id in reaction["users"]
    ]
    with bot.begin() as work:
        seconding.compare(work, celebration_id, reacted, read_at=read_at)


def note_unreadable(bot: Bot, celebration_id: int, code: str) -> None:
    """Drop a celebration whose post was deleted by hand; retry later after other errors."""
    logger.warning("reactions could not be read", extra={"celebration": celebration_id, "code": code})
    with bot.begin() as work:
        found = celebrations.celebration(work, celebration_id=celebration_id)
        if found is not None:
            found.reactions_read_at = work.now
            if code == GONE:
                making.drop(work, found)

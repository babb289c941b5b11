"""Notifies people who are mentioned in a channel that they aren't in, where Slack wouldn't notify them."""

import logging
from datetime import timedelta

from slack_sdk.errors import SlackApiError

from bot.celebrate.making import blocks
from bot.core import keys
from bot.core.calendar import next_working_moment
from bot.core.clients import ReadingClient
from bot.core.work import Bot, Work
from bot.slack.replies import understood
from storage.celebrations import celebrations
from storage.celebrations import settings as kept_settings
from storage.celebrations.celebrations import Celebration
from storage.kinds import Attention
from storage.people import people

logger = logging.getLogger(__name__)

PAGE = 200
WITHIN = timedelta(days=2)


def notify_when_shared(bot: Bot, client: ReadingClient) -> None:
    with bot.look() as work:
        channel_ids = {row.channel_id for row in new_ones(work) if row.channel_id is not None}
    for channel_id in channel_ids:
        members = members_of(client, channel_id)
        if members is None:
            continue
        with bot.begin() as work:
            for row in new_ones(work):
                if row.channel_id == channel_id:
                    tell(work, row, members)


def is_any_new(work: Work) -> bool:
    return bool(new_ones(work))


def new_ones(work: Work) -> list[Celebration]:
    there = celebrations.in_channels(work, since=work.now - WITHIN)
    return [row for row in there if row.people_told_at is None]


def members_of(client: ReadingClient, channel_id: str) -> set[str] | None:
    try:
        return {one for page in client.conversations_members(channel=channel_id, limit=PAGE) for one in page["members"]}
    except SlackApiError as refusal:
        logger.warning("a channel's members could not be read", extra={"code": understood(refusal)})
        return None


def tell(work: Work, row: Celebration, members: set[str]) -> None:
    """Notify people mentioned by name. Members of a mentioned group are left to Slack's mention of it."""
    row.people_told_at = work.now
    absent = [one.person_id for one in row.people if one.is_named and one.person_id not in members]
    for person_id, person in people.get_many(work, person_ids=absent).items():
        wants = kept_settings.choices(work, person_id=person_id)
        if not wants.hears_of_thanks_elsewhere:
            continue  # It is on Home.
        work.send(
            blocks.elsewhere(row),
            to=person_id,
            key=keys.celebration_told(row.id, person_id),
            at=next_working_moment(work.now, person.zone),
            attention=Attention.NUDGE,
        )


def opt_out(work: Work, person_id: str) -> None:
    choices = kept_settings.choices(work, person_id=person_id)
    choices.hears_of_thanks_elsewhere = False
    kept_settings.save_choices(work, choices)

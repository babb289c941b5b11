"""Monitoring of the celebration channel, and notices to admins when the bot can't post there.

Announcements and digests are composed only after a successful check, and are done only on delivery: what could not be
posted is in the next one.
"""

import logging
from datetime import datetime, timedelta

from slack_sdk import WebClient

from bot.celebrate.setup import blocks
from bot.celebrate.waiting import can_post
from bot.core.channel_trouble import RESTRICTED, is_about_channel
from bot.core.feature import Clients, Event, EventHandlers, Undelivered
from bot.core.work import Bot, Work
from bot.slack.channels import channel_in, trouble_at
from bot.slack.client import SLACK_FAILURES
from storage.celebrations import celebrations
from storage.celebrations import settings as kept
from storage.celebrations.settings import CelebrationSettings
from storage.people import people

logger = logging.getLogger(__name__)

RECHECK, RECHECK_TROUBLE = timedelta(days=1), timedelta(hours=1)
MOST_TOLD = 3
"""Maximum number of admins notified if the one who set it up has left."""


def settings_of(work: Work) -> CelebrationSettings:
    return kept.settings(work)


# Checks


def is_check_due(work: Work) -> bool:
    settings = settings_of(work)
    return settings.channel_id is not None and work.now >= next_check_at(settings, work.now)


def next_check_at(settings: CelebrationSettings, now: datetime) -> datetime:
    if settings.channel_checked_at is None:
        return now
    # Posting permissions can't be queried, only tried: once a day.
    may_be_mended = settings.channel_trouble not in {None, RESTRICTED}
    return settings.channel_checked_at + (RECHECK_TROUBLE if may_be_mended else RECHECK)


def check(bot: Bot, client: WebClient) -> None:
    with bot.look() as work:
        channel_id = settings_of(work).channel_id
    if channel_id is None:
        return
    try:
        code = trouble_at(client, channel_id)
    except SLACK_FAILURES as failure:
        logger.warning("the channel of celebrations could not be read", extra={"kind": type(failure).__name__})
        return
    with bot.begin() as work:
        settings = settings_of(work)
        if settings.channel_id == channel_id:
            note(work, settings, code)


def is_ready(bot: Bot, client: WebClient) -> bool:
    """Check again right before a public post is composed."""
    check(bot, client)
    with bot.look() as work:
        return can_post(settings_of(work))


def note(work: Work, settings: CelebrationSettings, code: str | None) -> None:
    """Record the result. Admins are notified once of new trouble, and weekly about posting permissions."""
    before, settings.channel_trouble = settings.channel_trouble, code
    settings.channel_checked_at = work.now
    if code is None or code == before:
        return
    stamp = f"{work.now:%G-%V}" if code == RESTRICTED else f"{work.now:%Y%m%d%H%M%S}"
    for person_id in admins_to_tell(work, settings):
        key = f"celebrations:channel-lost:{settings.channel_id}:{stamp}:{person_id}"
        work.send(blocks.channel_lost(settings, code), to=person_id, key=key)


def admins_to_tell(work: Work, settings: CelebrationSettings) -> list[str]:
    """Return the id of the admin who chose the channel, or of other admins."""
    chose = people.get(work, person_id=settings.created_by) if settings.created_by else None
    if chose is not None and chose.is_active and chose.is_admin:
        return [chose.person_id]
    return people.active_admins(work, limit=MOST_TOLD)


# Events


def changed(bot: Bot, _clients: Clients, event: Event) -> None:
    """Have the next tick check the channel after an event: archived, deleted, shared, left or restored."""
    with bot.begin() as work:
        settings = settings_of(work)
        if settings.channel_id == channel_in(event):
            settings.channel_checked_at = None


def moved(bot: Bot, _clients: Clients, event: Event) -> None:
    """Update the channel's id, which Slack changes when the channel is shared or unshared."""
    old, new = str(event["old_channel_id"]), str(event["new_channel_id"])
    with bot.begin() as work:
        celebrations.move_channel(work, old=old, new=new)
        settings = settings_of(work)
        if settings.channel_id == old:
            settings.channel_id, settings.channel_checked_at = new, None


def undelivered(work: Work, lost: Undelivered) -> None:
    settings = settings_of(work)
    if settings.channel_id is None or settings.channel_id not in lost.recipients or not is_about_channel(lost.error):
        return
    if lost.error.startswith(RESTRICTED):
        note(work, settings, RESTRICTED)
    else:
        settings.channel_checked_at = None


EVENTS: EventHandlers = {
    "channel_archive": changed,
    "channel_deleted": changed,
    "channel_left": changed,
    "channel_shared": changed,
    "channel_unarchive": changed,
    "group_archive": changed,
    "group_deleted": changed,
    "group_left": changed,
    "group_unarchive": changed,
    "channel_id_changed": moved,
}

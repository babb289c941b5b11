"""The workspace's celebration settings."""

from datetime import timedelta

from bot.celebrate.digest.rules import next_digest_at
from bot.celebrate.setup import blocks
from bot.celebrate.setup.forms import Wanted
from bot.celebrate.texts import admin as texts
from bot.core.calendar import zone_or_utc
from bot.core.errors import NotForYou
from bot.core.message import Block
from bot.core.work import Work
from bot.people.service import is_admin
from storage.celebrations import settings as kept

A_DAY = timedelta(days=1)


def check_admin(work: Work, person_id: str) -> None:
    if not is_admin(work, person_id):
        raise NotForYou(texts.ADMINS_ONLY())


def set_up(work: Work, wanted: Wanted, *, by: str) -> None:
    check_admin(work, by)
    settings = kept.settings(work)
    today = work.now.astimezone(zone_or_utc(wanted.zone)).date()
    if settings.channel_id is None or not settings.has_days:
        # Days from before announcements were turned on are not made up for.
        settings.days_done_on = max(settings.days_done_on, today - A_DAY) if settings.days_done_on else today
    if wanted.channel_id != settings.channel_id:
        settings.channel_trouble, settings.channel_checked_at = None, work.now
    settings.channel_id, settings.zone = wanted.channel_id, wanted.zone
    settings.seconding_emoji, settings.celebrate_emoji = wanted.seconding_emoji, wanted.celebrate_emoji
    settings.has_digest, settings.has_days = wanted.has_digest, wanted.has_days
    settings.digest_due_at = next_digest_at(work.now, zone_or_utc(wanted.zone))
    settings.digest_from = settings.digest_from or work.now
    settings.created_by = by
    kept.save_settings(work, settings)


def for_admins(work: Work, person_id: str) -> list[Block]:
    if not is_admin(work, person_id):
        return []
    return blocks.admin_section(kept.settings(work))

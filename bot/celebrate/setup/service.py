"""An admin decides where and how the workspace celebrates."""

from bot.celebrate.digest.rules import next_digest_at
from bot.celebrate.setup import blocks
from bot.celebrate.setup.forms import Wanted
from bot.core.calendar import zone_or_utc
from bot.core.errors import NotForYou
from bot.core.message import Block
from bot.core.work import Work
from bot.people.service import is_admin
from storage import celebration_settings as kept


def check_admin(work: Work, person_id: str) -> None:
    if not is_admin(work, person_id):
        raise NotForYou("Only admins of this workspace can change how it celebrates.")


def set_up(work: Work, wanted: Wanted, *, by: str) -> None:
    check_admin(work, by)
    settings = kept.settings(work.session, workspace_id=work.workspace_id)
    settings.channel_id, settings.zone = wanted.channel_id, wanted.zone
    settings.seconding_emoji, settings.celebrate_emoji = wanted.seconding_emoji, wanted.celebrate_emoji
    settings.has_digest, settings.has_days = wanted.has_digest, wanted.has_days
    settings.digest_due_at = next_digest_at(work.now, zone_or_utc(wanted.zone))
    settings.digest_from = settings.digest_from or work.now
    settings.days_done_on = settings.days_done_on or work.now.astimezone(zone_or_utc(wanted.zone)).date()
    settings.created_by = by
    kept.keep(work.session, settings)


def for_admins(work: Work, person_id: str) -> list[Block]:
    if not is_admin(work, person_id):
        return []
    return blocks.admin_section(kept.settings(work.session, workspace_id=work.workspace_id))

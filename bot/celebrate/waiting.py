"""Days and digests wait until the channel is in order, and are composed anew until one has arrived."""

from bot.core.work import Work
from storage.celebrations.settings import CelebrationSettings
from storage.outbox import outbox


def can_post(settings: CelebrationSettings) -> bool:
    """The channel was looked at since anything happened to it, and found in order."""
    return bool(settings.channel_id and settings.channel_checked_at) and settings.channel_trouble is None


def is_on_its_way(work: Work, key: str) -> bool:
    return outbox.is_pending(work, beginning=key)


def unused(work: Work, key: str) -> str:
    """The first attempt has this key; after a refusal the next one has its own."""
    while outbox.message(work, key=key) is not None:
        key += ":again"
    return key

"""Helpers for posts that wait for a working channel and are composed anew until one is delivered."""

from bot.core.work import Work
from storage.celebrations.settings import CelebrationSettings
from storage.outbox import outbox


def can_post(settings: CelebrationSettings) -> bool:
    """Return whether the channel passed a check since the last event about it."""
    return bool(settings.channel_id and settings.channel_checked_at) and settings.channel_trouble is None


def is_on_its_way(work: Work, key: str) -> bool:
    return outbox.is_pending(work, beginning=key)


def unused(work: Work, key: str) -> str:
    """Return a key for the next attempt: `key`, with a suffix for each attempt before it."""
    while outbox.message(work, key=key) is not None:
        key += ":again"
    return key

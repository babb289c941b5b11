"""Helpers for posts that wait for a working channel and are composed anew until one is delivered."""

from bot.core.work import Work
from storage.celebrations.settings import CelebrationSettings
from storage.outbox import outbox
from storage.outbox.keys import MessageKey


def can_post(settings: CelebrationSettings) -> bool:
    """Return whether the channel passed a check since the last event about it."""
    return bool(settings.channel_id and settings.channel_checked_at) and settings.channel_trouble is None


def unused(work: Work, key: MessageKey) -> MessageKey:
    """Return a key for the next attempt: `key`, with a suffix for each attempt before it."""
    while outbox.message(work, key=key) is not None:
        key = key.again()
    return key

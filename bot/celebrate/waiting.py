"""Days and digests wait until the channel is in order, and are composed anew until one has arrived."""

from bot.core.work import Work
from storage.celebrations.settings import CelebrationSettings
from storage.outbox import outbox
from storage.outbox.keys import MessageKey


def can_post(settings: CelebrationSettings) -> bool:
    """The channel was looked at since anything happened to it, and found in order."""
    return bool(settings.channel_id and settings.channel_checked_at) and settings.channel_trouble is None


def unused(work: Work, key: MessageKey) -> MessageKey:
    """The first attempt has this key; after a refusal the next one has its own."""
    while outbox.message(work, key=key) is not None:
        key = key.again()
    return key

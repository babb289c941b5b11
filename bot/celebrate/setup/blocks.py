"""Section of the admin page for celebrations."""

from bot.core.blocks import actions, button, header, section
from bot.core.channel_trouble import trouble_of
from bot.core.message import Block, Message
from bot.core.texts import channel
from storage.celebrations.settings import CelebrationSettings

SET_UP = "celebrate_set_up"


def admin_section(settings: CelebrationSettings) -> list[Block]:
    return [
        header("Shoutouts and wins"),
        section(standing(settings)),
        *([section(f":warning: {lost(settings, settings.channel_trouble)}")] if settings.channel_trouble else []),
        actions(button("Change how we celebrate", SET_UP)),
    ]


def standing(settings: CelebrationSettings) -> str:
    if settings.channel_id is None:
        return "No channel is chosen yet: shoutouts and wins stand in the public channel where they are said."
    digest = "a digest on Fridays at 15:00" if settings.has_digest else "no digest"
    days = "first days, anniversaries and birthdays" if settings.has_days else "no days"
    return f"In {channel(settings.channel_id)}, with {digest} and {days} ({settings.zone})."


def channel_lost(settings: CelebrationSettings, code: str) -> Message:
    text = f":warning: {lost(settings, code)}"
    return Message(text, [section(text), actions(button("Choose channel", SET_UP))])


def lost(settings: CelebrationSettings, code: str) -> str:
    where = "the channel for celebrations" if code == "channel_deleted" else channel(settings.channel_id or "")
    trouble = trouble_of(code)
    waiting = "Days and digests wait until I can post again, and shoutouts go back to the people who wrote them."
    return f"I can't post in {where}: {trouble.reason}. {waiting} {trouble.way_out}"

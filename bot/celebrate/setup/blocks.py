"""What admins see of how the workspace celebrates."""

from bot.core.blocks import actions, button, header, section
from bot.core.message import Block
from bot.core.texts import channel
from storage.celebration_settings import CelebrationSettings

SET_UP = "celebrate_set_up"


def admin_section(settings: CelebrationSettings) -> list[Block]:
    return [
        header("Shoutouts and wins"),
        section(standing(settings)),
        actions(button("Change how we celebrate", SET_UP)),
    ]


def standing(settings: CelebrationSettings) -> str:
    if settings.channel_id is None:
        return "No channel is chosen yet: shoutouts and wins stand in the public channel where they are said."
    digest = "a digest on Fridays at 15:00" if settings.has_digest else "no digest"
    days = "first days, anniversaries and birthdays" if settings.has_days else "no days"
    return f"In {channel(settings.channel_id)}, with {digest} and {days} ({settings.zone})."

"""Section of the admin page for celebrations."""

from bot.celebrate.texts import admin as texts
from bot.core.blocks import actions, button, context, header, section
from bot.core.channel_trouble import trouble_of
from bot.core.message import Block, Message
from bot.core.mrkdwn import Mrkdwn, channel
from storage.celebrations.settings import CelebrationSettings

SET_UP = "celebrate_set_up"


def admin_section(settings: CelebrationSettings) -> list[Block]:
    code = settings.channel_trouble
    trouble = [section(lost(settings, code)), context(texts.WAITING())] if code else []
    return [
        header(texts.TITLE()),
        section(standing(settings)),
        *trouble,
        actions(button(texts.EDIT(), SET_UP)),
    ]


def standing(settings: CelebrationSettings) -> Mrkdwn:
    if settings.channel_id is None:
        return texts.NO_CHANNEL()
    return texts.POSTING[settings.has_digest, settings.has_days](channel=channel(settings.channel_id))


def channel_lost(settings: CelebrationSettings, code: str) -> Message:
    text = lost(settings, code)
    return Message(text, [section(text), actions(button(texts.CHOOSE_CHANNEL(), SET_UP)), context(texts.WAITING())])


def lost(settings: CelebrationSettings, code: str) -> Mrkdwn:
    trouble = trouble_of(code)
    if code == "channel_deleted":
        return texts.CHANNEL_DELETED(way_out=trouble.way_out)
    where = channel(settings.channel_id or "")
    return texts.CANT_POST(channel=where, reason=trouble.reason, way_out=trouble.way_out)

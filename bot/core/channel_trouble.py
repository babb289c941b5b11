"""Reasons why Slack refuses posts in a channel, and how an admin can fix each."""

from dataclasses import dataclass

from bot.core import texts
from bot.core.mrkdwn import Mrkdwn

RESTRICTED = "restricted_action"
"""Prefix of several Slack error codes."""


@dataclass(frozen=True, slots=True)
class Trouble:
    reason: Mrkdwn
    way_out: Mrkdwn


TEXTS = {
    "is_archived": (texts.ARCHIVED, texts.UNARCHIVE),
    "channel_deleted": (texts.DELETED, texts.CHOOSE),
    "not_in_channel": (texts.REMOVED, texts.INVITE),
    "channel_not_found": (texts.UNSEEN, texts.INVITE),
    "channel_is_limited_access": (texts.UNSEEN, texts.INVITE),
    RESTRICTED: (texts.RESTRICTED, texts.LET_ME_POST),
    "is_private": (texts.PRIVATE, texts.CHOOSE),
    "is_shared": (texts.SHARED, texts.CHOOSE),
}


def is_about_channel(code: str) -> bool:
    """Return whether an error code concerns the channel rather than the message."""
    return code in TEXTS or code.startswith(RESTRICTED)


def trouble_of(code: str) -> Trouble:
    known = RESTRICTED if code.startswith(RESTRICTED) else code
    reason, way_out = TEXTS.get(known, TEXTS["channel_not_found"])
    return Trouble(reason(), way_out())

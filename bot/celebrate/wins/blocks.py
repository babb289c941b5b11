"""Button for wins, and confirmations for their authors."""

from typing import Any

from bot.celebrate.making.service import Done
from bot.celebrate.texts import forms, posts
from bot.core.blocks import button
from bot.core.mrkdwn import Mrkdwn, channel
from storage.kinds import Reach

SHARE = "celebrate_share"


def share() -> dict[str, Any]:
    return button(forms.SHARE_WIN(), SHARE)


def said(done: Done, wanted: Reach) -> Mrkdwn:
    if done.reach is Reach.CHANNEL:
        return posts.POSTED(channel=channel(done.channel_id or ""))
    if done.reach is Reach.DIGEST:
        return posts.SAVED_FOR_DIGEST()
    return posts.SAVED_AS_SECOND() if wanted is Reach.CHANNEL else posts.SAVED()

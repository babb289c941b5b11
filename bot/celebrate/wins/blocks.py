"""Button for wins, and confirmations for their authors."""

from typing import Any

from bot.celebrate.making.service import Done
from bot.core.blocks import button
from bot.core.texts import channel
from storage.kinds import Reach

SHARE = "celebrate_share"


def share() -> dict[str, Any]:
    return button("Share a win", SHARE)


def said(done: Done, wanted: Reach) -> str:
    later = "For a day you can edit it or take it back in Weft's Home tab."
    if done.reach is Reach.CHANNEL:
        return f"Said in {channel(done.channel_id or '')}. {later}"
    if done.reach is Reach.DIGEST:
        return f"You shared one this week already, so this one comes with Friday's digest. {later}"
    if wanted is Reach.CHANNEL:
        return f"You shared one this week already, so this one stays in your own log, in Weft's Home tab. {later}"
    return f"Kept in your own log, where only you see it. {later}"

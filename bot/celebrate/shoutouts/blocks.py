"""Buttons for shoutouts, and confirmations for their authors."""

from typing import Any

from bot.celebrate.making.service import Done
from bot.core.blocks import button
from bot.core.texts import channel
from storage.kinds import Reach

GIVE, SAY_THANKS = "celebrate_give", "celebrate_say_thanks"
BETWEEN = ","


def give() -> dict[str, Any]:
    return button("Give a shoutout", GIVE)


def say_thanks(people: tuple[str, ...]) -> dict[str, Any]:
    return button("Say thanks", SAY_THANKS, BETWEEN.join(people))


def said(done: Done) -> str:
    if done.reach is Reach.PRIVATE:
        return (
            "It is on its way, only to those you thank. For a day you can edit it or take it back in Weft's Home tab."
        )
    where = channel(done.channel_id or "")
    return f"Said in {where}. For a day you can edit it or take it back in Weft's Home tab."

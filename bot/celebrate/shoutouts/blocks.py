"""Buttons for shoutouts, and confirmations for their authors."""

from typing import Any

from bot.celebrate.making.blocks import mention_or_forgotten
from bot.celebrate.making.service import Done
from bot.celebrate.texts import forms, posts
from bot.core.blocks import button
from bot.core.mrkdwn import Mrkdwn, channel
from storage.kinds import Reach

GIVE, SAY_THANKS = "celebrate_give", "celebrate_say_thanks"
BETWEEN = ","


def give() -> dict[str, Any]:
    return button(forms.GIVE_SHOUTOUT(), GIVE)


def say_thanks(people: tuple[str, ...]) -> dict[str, Any]:
    return button(forms.SAY_THANKS(), SAY_THANKS, BETWEEN.join(people))


def said(done: Done) -> Mrkdwn:
    if done.reach is not Reach.PRIVATE:
        return posts.POSTED(channel=channel(done.channel_id or ""))
    if len(done.receivers) == 1:
        return posts.SENT_TO_ONE(person=mention_or_forgotten(done.receivers[0]))
    return posts.SENT_TO_SEVERAL()

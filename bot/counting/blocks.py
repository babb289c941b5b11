"""Messages and Home sections about counting: the channel's notice, the person's opt-out, the admins' choice."""

from collections.abc import Sequence

from bot.core.blocks import actions, button, context, header, section
from bot.core.lists import listed
from bot.core.message import Block, Message
from bot.core.mrkdwn import channel
from bot.counting import texts

CHANGE, DONT, AGAIN = "counting_change", "counting_dont", "counting_again"
NAMED = 8
"""Above this many channels, their number is shown instead of their names."""


def begins() -> Message:
    return Message(
        texts.BEGINS(),
        [section(texts.WHAT_I_COUNT()), actions(button(texts.OPT_OUT(), DONT)), context(texts.TURNED_ON_BY())],
    )


def ends() -> Message:
    return Message(texts.ENDS(), [section(texts.ENDS())])


def not_counted(channel_id: str) -> Message:
    text = texts.CANT_COUNT(channel=channel(channel_id))
    return Message(text, [section(text), actions(button(texts.CHOOSE_CHANNELS(), CHANGE))])


def for_person(where: Sequence[str], *, everywhere: bool, is_counted: bool) -> list[Block]:
    if not is_counted:
        words, choice = texts.NOT_COUNTED(), button(texts.OPT_IN(), AGAIN)
    else:
        words = texts.COUNTED_EVERYWHERE() if everywhere else texts.COUNTED_IN(channels=places(where))
        choice = button(texts.OPT_OUT(), DONT)
    return [section(f"{texts.HEADING()}\n{words}", accessory=choice)]


def for_admin(where: Sequence[str], *, everywhere: bool) -> list[Block]:
    if everywhere:
        now = texts.ADMIN_COUNTED_EVERYWHERE()
    else:
        now = texts.ADMIN_COUNTED_IN(channels=places(where)) if where else texts.COUNTED_NOWHERE()
    choose = button(texts.CHOOSE_CHANNELS(), CHANGE)
    return [header(texts.TITLE()), section(now, accessory=choose), context(texts.WHY())]


def places(where: Sequence[str]) -> str:
    if len(where) > NAMED:
        return texts.CHANNELS(count=len(where))
    return listed([channel(channel_id) for channel_id in where])

"""Messages and Home sections about counting contact: the channel's notice, the person's opt-out, the admins' choice."""

from collections.abc import Sequence

from bot.core.blocks import actions, button, context, header, section
from bot.core.message import Block, Message
from bot.core.texts import channel, count, listed

CHANGE, DONT, AGAIN = "counting_change", "counting_dont", "counting_again"
NAMED = 8
"""Above this many channels, their number is shown instead of their names."""
WHAT = "who replied to, mentioned or reacted to whom, and on which day. Nothing else: not what was written, nor where."


def begins() -> Message:
    text = "From now on I count contact in this channel, so that people get to know those they rarely talk to."
    return Message(
        text,
        [
            section(f"{text}\n\nI count {WHAT} Each person's own counts are for their eyes only."),
            actions(button("Don't count me", DONT)),
            context("An admin switched this on. You find your choice in the settings of Weft's Home tab too."),
        ],
    )


def ends() -> Message:
    text = "I don't count contact in this channel any more."
    return Message(text, [section(text)])


def not_counted(channel_id: str) -> Message:
    text = f":warning: I don't count contact in {channel(channel_id)}: I can't reach that channel, or it isn't public."
    return Message(text, [section(text), actions(button("Choose channels", CHANGE))])


NOT_ANY_MORE = "Done. I don't count you any more, and what I had counted of you in public channels is gone."
ONCE_MORE = "Thank you. From now on your contact in the channels that were told is counted again."


def for_person(where: Sequence[str], *, everywhere: bool, is_counted: bool) -> list[Block]:
    heading = "*Contact in public channels*"
    if not is_counted:
        words = f"{heading}\nI don't count you: neither what you do nor what others do towards you."
        return [section(words, accessory=button("Count me again", AGAIN))]
    words = f"{heading}\nIn {places(where, everywhere=everywhere)} I count {WHAT}"
    return [section(words, accessory=button("Don't count me", DONT))]


def for_admin(where: Sequence[str], *, everywhere: bool) -> list[Block]:
    now = f"Counted in {places(where, everywhere=everywhere)}." if where or everywhere else "Not counted anywhere."
    words = f"{now} It helps to match people who rarely talk. Each channel is told, and everybody can opt out."
    return [header("Contact in public channels"), section(words, accessory=button("Choose channels", CHANGE))]


def places(where: Sequence[str], *, everywhere: bool) -> str:
    if everywhere:
        return "every public channel that I am in"
    if len(where) > NAMED:
        return count(len(where), "public channel")
    return listed([channel(channel_id) for channel_id in where])

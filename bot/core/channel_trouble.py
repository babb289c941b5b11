"""Why nothing can be posted in a channel, and what an admin can do about it."""

from dataclasses import dataclass

RESTRICTED = "restricted_action"
"""Slack has several codes that begin like this."""


@dataclass(frozen=True, slots=True)
class Trouble:
    reason: str
    way_out: str


CHOOSE, INVITE = "Please choose another channel.", "Invite me again, or choose another channel."
TROUBLES = {
    "is_archived": Trouble("the channel is archived", "Bring it back, or choose another channel."),
    "channel_deleted": Trouble("the channel was deleted", CHOOSE),
    "not_in_channel": Trouble("I'm no longer in that channel", INVITE),
    "channel_not_found": Trouble("I can't see that channel anymore", INVITE),
    "channel_is_limited_access": Trouble("I can't see that channel anymore", INVITE),
    RESTRICTED: Trouble("only some people can post there", "Let me post there, or choose another channel."),
    "is_private": Trouble("the channel is private now", CHOOSE),
    "is_shared": Trouble("the channel is shared with another company", CHOOSE),
}


def is_about_channel(code: str) -> bool:
    """Whether this refusal speaks of the channel, and not of the message."""
    return code in TROUBLES or code.startswith(RESTRICTED)


def trouble_of(code: str) -> Trouble:
    return TROUBLES[RESTRICTED] if code.startswith(RESTRICTED) else TROUBLES.get(code, TROUBLES["channel_not_found"])

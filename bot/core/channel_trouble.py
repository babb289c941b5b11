"""Reasons why Slack refuses posts in a channel, and how an admin can fix each."""

from dataclasses import dataclass

RESTRICTED = "restricted_action"
"""Prefix of several Slack error codes."""


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
    """Return whether an error code concerns the channel rather than the message."""
    return code in TROUBLES or code.startswith(RESTRICTED)


def trouble_of(code: str) -> Trouble:
    return TROUBLES[RESTRICTED] if code.startswith(RESTRICTED) else TROUBLES.get(code, TROUBLES["channel_not_found"])

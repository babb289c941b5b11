"""What kind of place a channel is, and whether something can be posted there."""

from dataclasses import dataclass

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.core.errors import UserError
from bot.slack.replies import understood

UNSEEN = {"channel_not_found", "missing_scope", "channel_is_limited_access"}


@dataclass(frozen=True, slots=True)
class Place:
    channel_id: str
    is_public: bool
    is_member: bool
    is_archived: bool
    is_shared: bool = False
    """With another company."""


def look_at(client: WebClient, channel_id: str) -> Place | None:
    """None: it is private and we are not in it, or it is a direct message."""
    try:
        channel = client.conversations_info(channel=channel_id)["channel"]
    except SlackApiError as refusal:
        if understood(refusal) in UNSEEN:
            return None
        raise
    private = any(channel.get(mark) for mark in ("is_private", "is_im", "is_mpim"))
    return Place(
        channel_id,
        is_public=not private,
        is_member=bool(channel.get("is_member")),
        is_archived=bool(channel.get("is_archived")),
        is_shared=bool(channel.get("is_ext_shared")),
    )


def come_to(client: WebClient, channel_id: str) -> Place:
    """Be able to post there: join it where that is possible. Raises UserError with what a person can do."""
    return enter(client, look_at(client, channel_id))


def enter(client: WebClient, place: Place | None) -> Place:
    """As `come_to`, for a channel that was looked at."""
    if place is None:
        raise UserError("I can't see that channel. Invite me there first: /invite @Weft.")
    if place.is_archived:
        raise UserError("That channel is archived, so nothing can be said there any more.")
    if place.is_member:
        return place
    if not place.is_public:
        raise UserError("That channel is private. Invite me there first: /invite @Weft.")
    try:
        client.conversations_join(channel=place.channel_id)
    except SlackApiError as refusal:
        raise UserError("I may not join that channel by myself. Invite me there first: /invite @Weft.") from refusal
    return place

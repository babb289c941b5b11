"""Channel types, and checks whether the bot can post in a channel."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from slack_sdk.errors import SlackApiError

from bot.core.clients import ReadingClient
from bot.core.errors import UserError
from bot.slack import texts
from bot.slack.replies import understood

UNSEEN = {"channel_not_found", "missing_scope", "channel_is_limited_access"}


@dataclass(frozen=True, slots=True)
class Place:
    channel_id: str
    is_public: bool
    is_member: bool
    is_archived: bool
    is_shared: bool = False
    """Shared with another company, or an invitation to one is pending."""


def look_at(client: ReadingClient, channel_id: str) -> Place | None:
    """Fetch a channel. Returns None for a DM, or a private channel that the bot isn't in."""
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
        is_shared=is_shared(channel),
    )


def is_shared(channel: Mapping[str, Any]) -> bool:
    return bool(channel.get("is_ext_shared") or channel.get("is_pending_ext_shared"))


def trouble_at(client: ReadingClient, channel_id: str) -> str | None:
    """Return the code of what prevents company-wide posts in a channel, or None. Joins the channel if possible."""
    place = look_at(client, channel_id)
    if place is None:
        return "channel_not_found"
    if place.is_archived:
        return "is_archived"
    if not place.is_public:
        return "is_private"
    if place.is_shared:
        return "is_shared"
    try:
        enter(client, place)
    except UserError:
        return "not_in_channel"
    return None


def channel_in(event: Mapping[str, Any]) -> str:
    """Return the channel id of an event, which carries either the id or the channel object."""
    told = event["channel"]
    return str(told["id"] if isinstance(told, dict) else told)


def come_to(client: ReadingClient, channel_id: str) -> Place:
    """Make sure that the bot can post in a channel, joining it if possible. Raises UserError with what to do."""
    return enter(client, look_at(client, channel_id))


def enter(client: ReadingClient, place: Place | None) -> Place:
    """Join a fetched channel if necessary. Raises UserError with what to do."""
    if place is None:
        raise UserError(texts.CHANNEL_UNSEEN())
    if place.is_archived:
        raise UserError(texts.CHANNEL_ARCHIVED())
    if place.is_member:
        return place
    if not place.is_public:
        raise UserError(texts.CHANNEL_PRIVATE())
    try:
        client.conversations_join(channel=place.channel_id)
    except SlackApiError as refusal:
        raise UserError(texts.CHANNEL_CLOSED()) from refusal
    return place

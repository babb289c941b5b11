"""Checks and queries Slack's public channels in which contact is counted."""

import logging

from slack_sdk.errors import SlackApiError

from bot.core.clients import ReadingClient
from bot.core.errors import FormError
from bot.core.work import Bot, Work
from bot.counting import forms, service, texts
from bot.slack.channels import is_shared
from storage import counting

logger = logging.getLogger(__name__)

PAGE = 200


def make_ready(client: ReadingClient, channel_id: str) -> None:
    """Join the channel unless the bot is in it already. Raises FormError with what the admin can do."""
    try:
        channel = client.conversations_info(channel=channel_id)["channel"]
        name = str(channel["name"])
        if channel.get("is_private"):
            raise FormError(forms.CHANNELS, texts.PRIVATE_CHANNEL(channel=name))
        if is_shared(channel):
            raise FormError(forms.CHANNELS, texts.SHARED_CHANNEL(channel=name))
        if channel.get("is_archived"):
            raise FormError(forms.CHANNELS, texts.ARCHIVED_CHANNEL(channel=name))
        if not channel.get("is_member"):
            client.conversations_join(channel=channel_id)
    except SlackApiError as refusal:
        if refusal.response.get("error") == "channel_not_found":
            raise FormError(forms.CHANNELS, texts.UNSEEN_CHANNEL()) from refusal
        raise


def look_around(bot: Bot, client: ReadingClient) -> None:
    """Reconcile counted channels with the public ones the bot is in, if counting is on. Deletes old digests too."""
    with bot.begin() as work:
        service.forget_old_events(work)
    with bot.look() as work:
        is_on = is_counted_anywhere(work)
    if is_on:
        public = public_channels(client)
        with bot.begin() as work:
            service.look_around(work, public)


def is_due(work: Work) -> bool:
    return is_counted_anywhere(work) or service.is_any_event_old(work)


def is_counted_anywhere(work: Work) -> bool:
    everywhere = counting.is_everywhere(work)
    return everywhere or bool(service.channels(work))


def public_channels(client: ReadingClient) -> set[str]:
    pages = client.users_conversations(types="public_channel", exclude_archived=True, limit=PAGE)
    there = [channel for page in pages for channel in page["channels"]]
    return {channel["id"] for channel in there if not channel.get("is_private") and not is_shared(channel)}

"""Listeners for the workspace's celebration settings."""

from functools import partial
from typing import Any

from slack_bolt import Ack, App, BoltContext
from slack_sdk import WebClient

from bot.celebrate.setup import blocks, forms
from bot.celebrate.setup import service as setup
from bot.celebrate.setup.forms import Wanted
from bot.celebrate.texts import admin as texts
from bot.core.errors import FormError, UserError
from bot.core.mrkdwn import channel
from bot.core.page import Page
from bot.core.work import Bot
from bot.slack.channels import come_to
from bot.slack.client import reads_of
from bot.slack.deferred_views import ack_then_update_view
from bot.slack.payload import Payload, answers, sender
from bot.slack.replies import open_view, show_home, window
from storage.celebrations import settings as kept
from storage.people import people


def register(app: App, bot: Bot) -> None:
    app.action(blocks.SET_UP)(partial(open_set_up, bot))
    app.view(forms.SET_UP_FORM)(partial(set_up, bot))


def open_set_up(bot: Bot, ack: Ack, body: Payload, client: WebClient) -> None:
    ack()
    with bot.look() as work:
        setup.check_admin(work, sender(body))
        admin = people.get(work, person_id=sender(body))
        settings = kept.settings(work)
        view = forms.set_up_form(settings, admin.zone if admin else "UTC")
    open_view(body, client, view)


def set_up(bot: Bot, ack: Ack, body: Payload, client: WebClient, context: BoltContext) -> None:
    """Save the settings. A new channel is checked with Slack first, after the acknowledgement."""
    wanted = forms.read_set_up(answers(body))
    with bot.look() as work:
        setup.check_admin(work, sender(body))
        before = kept.settings(work).channel_id
    if wanted.channel_id in {None, before}:
        keep(bot, wanted, by=sender(body))
        ack()
        show_home(bot, client, sender(body), Page.ADMIN)
    else:
        then = partial(show_home, bot, client, sender(body), Page.ADMIN)
        ack_then_update_view(ack, context, body, client, partial(set_up_there, bot, body, client, wanted), then)


def set_up_there(bot: Bot, body: Payload, client: WebClient, wanted: Wanted) -> dict[str, Any]:
    check_channel(client, wanted.channel_id or "")
    keep(bot, wanted, by=sender(body))
    return window(texts.SAVED(channel=channel(wanted.channel_id or "")))


def keep(bot: Bot, wanted: Wanted, *, by: str) -> None:
    with bot.begin() as work:
        setup.set_up(work, wanted, by=by)


def check_channel(client: WebClient, channel_id: str) -> None:
    try:
        place = come_to(reads_of(client), channel_id)
    except UserError as problem:
        raise FormError(forms.CHANNEL, str(problem)) from problem
    if not place.is_public:
        raise FormError(forms.CHANNEL, texts.PRIVATE_CHANNEL())
    if place.is_shared:
        raise FormError(forms.CHANNEL, texts.SHARED_CHANNEL())

"""The form with which admins set up how the workspace celebrates."""

from functools import partial

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.celebrate.setup import blocks, forms
from bot.celebrate.setup import service as setup
from bot.core.errors import FormError, UserError
from bot.core.page import Page
from bot.core.work import Bot
from bot.slack.channels import come_to
from bot.slack.payload import Payload, answers, sender
from bot.slack.replies import show_home
from storage import celebration_settings as kept
from storage import people


def register(app: App, bot: Bot) -> None:
    app.action(blocks.SET_UP)(partial(open_set_up, bot))
    app.view(forms.SET_UP_FORM)(partial(set_up, bot))


def open_set_up(bot: Bot, ack: Ack, body: Payload, client: WebClient) -> None:
    ack()
    with bot.look() as work:
        setup.check_admin(work, sender(body))
        admin = people.get(work.session, workspace_id=work.workspace_id, person_id=sender(body))
        settings = kept.settings(work.session, workspace_id=work.workspace_id)
        view = forms.set_up_form(settings, admin.zone if admin else "UTC")
    client.views_open(trigger_id=body["trigger_id"], view=view)


def set_up(bot: Bot, ack: Ack, body: Payload, client: WebClient) -> None:
    wanted = forms.read_set_up(answers(body))
    with bot.look() as work:
        setup.check_admin(work, sender(body))
    if wanted.channel_id is not None:
        check_channel(client, wanted.channel_id)
    with bot.begin() as work:
        setup.set_up(work, wanted, by=sender(body))
    ack()
    show_home(bot, client, sender(body), Page.ADMIN)


def check_channel(client: WebClient, channel_id: str) -> None:
    try:
        place = come_to(client, channel_id)
    except UserError as problem:
        raise FormError(forms.CHANNEL, str(problem)) from problem
    if not place.is_public:
        raise FormError(forms.CHANNEL, "That channel is private. Choose one that everybody can read.")

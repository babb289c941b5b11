"""Forms with which admins set up programs."""

from functools import partial
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.core.page import Page
from bot.core.work import Bot
from bot.programs.membership import service as membership
from bot.programs.setup import blocks, forms
from bot.programs.setup import service as setup
from bot.programs.setup.channels import make_ready, read_members
from bot.slack.payload import Payload, about, answers, clicked_value, sender
from bot.slack.replies import show_home
from storage import people as kept_people


def register(app: App, bot: Bot) -> None:
    app.action(blocks.SET_UP)(partial(open_set_up, bot))
    app.action(blocks.EDIT)(partial(open_set_up, bot))
    app.options(forms.ZONE)(zones)
    app.view(forms.SET_UP_FORM)(partial(set_up, bot))


def open_set_up(bot: Bot, ack: Ack, body: Payload, client: WebClient) -> None:
    ack()
    value = clicked_value(body)
    with bot.look() as work:
        setup.check_admin(work, sender(body))
        program = membership.find(work, int(value)) if value.isdigit() else None
        admin = kept_people.get(work.session, workspace_id=work.workspace_id, person_id=sender(body))
    client.views_open(trigger_id=body["trigger_id"], view=forms.set_up_form(admin.zone if admin else "UTC", program))


def zones(ack: Ack, payload: dict[str, Any]) -> None:
    ack(options=forms.zones_like(payload.get("value", "")))


def set_up(bot: Bot, ack: Ack, body: Payload, client: WebClient) -> None:
    wanted = forms.read_set_up(answers(body))
    with bot.look() as work:
        setup.check_admin(work, sender(body))
    make_ready(client, wanted.channel_id)
    with bot.begin() as work:
        if about(body):
            program = setup.change(work, int(about(body)), wanted, by=sender(body))
        else:
            program = setup.set_up(work, wanted, by=sender(body))
    ack()
    read_members(bot, client, program.id)
    show_home(bot, client, sender(body), Page.ADMIN)

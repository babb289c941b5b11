"""Listeners for the out-of-office emoji setting."""

from functools import partial

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.core.message import Block
from bot.core.page import Page
from bot.core.work import Bot, Work
from bot.people.away import blocks, forms, service
from bot.people.directory import check_admin, version
from bot.people.service import away_emoji, is_admin
from bot.slack.payload import Payload, answers, sender, version_seen
from bot.slack.replies import open_view, show_home


def register(app: App, bot: Bot) -> None:
    app.action(blocks.CHOOSE)(partial(open_choice, bot))
    app.view(forms.AWAY_FORM)(partial(chosen, bot))


def on_admin_page(work: Work, person_id: str) -> list[Block]:
    return blocks.admin_section(away_emoji(work)) if is_admin(work, person_id) else []


def open_choice(bot: Bot, ack: Ack, body: Payload, client: WebClient) -> None:
    ack()
    with bot.look() as work:
        check_admin(work, sender(body))
        view = forms.away_form(away_emoji(work), version(work))
    open_view(body, client, view)


def chosen(bot: Bot, ack: Ack, body: Payload, client: WebClient) -> None:
    emoji = forms.read_emoji(answers(body))
    with bot.begin() as work:
        service.choose(work, emoji, by=sender(body), seen=version_seen(body))
    ack()
    show_home(bot, client, sender(body), Page.ADMIN)

"""Listeners for export and erasure, on Home's Settings page and `/weft`."""

from functools import partial

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot.core.clients import ReadingClient
from bot.core.feature import Feature
from bot.core.message import Block
from bot.core.page import Page
from bot.core.work import Bot, Work
from bot.privacy import blocks, forms, service, texts
from bot.slack.payload import Payload, answers, sender
from bot.slack.replies import open_view, say, show_home, window


def register(features: tuple[Feature, ...], app: App, bot: Bot) -> None:
    app.action(blocks.DOWNLOAD)(partial(download, features, bot))
    app.action(blocks.FORGET)(open_forget)
    app.view(forms.FORGET_FORM)(understood)
    app.view(forms.REALLY_FORM)(partial(forget, features, bot))


def on_home(_work: Work, _person_id: str) -> list[Block]:
    return blocks.your_data()


def download(
    features: tuple[Feature, ...], bot: Bot, ack: Ack, body: Payload, client: WebClient, respond: Respond
) -> None:
    ack()
    export_asked(features, bot, client, body, respond)


def export_asked(features: tuple[Feature, ...], bot: Bot, client: WebClient, body: Payload, respond: Respond) -> None:
    with bot.begin() as work:
        found = service.send_export(work, sender(body), features)
    say(body, client, respond, texts.FILE_COMES() if found else texts.NOTHING_KEPT())


def open_forget(ack: Ack, body: Payload, client: WebClient) -> None:
    ack()
    open_view(body, client, forms.forget_form())


def forget_asked(_bot: Bot, client: WebClient, body: Payload, _respond: Respond) -> None:
    open_view(body, client, forms.forget_form())


def understood(ack: Ack, body: Payload) -> None:
    forms.check_understood(answers(body))
    ack(response_action="update", view=forms.really_form())


def truncate_log(bot: Bot, _client: ReadingClient) -> None:
    bot.db.truncate_log()


def forget(features: tuple[Feature, ...], bot: Bot, ack: Ack, body: Payload, client: WebClient) -> None:
    forms.check_meant(answers(body))
    with bot.begin() as work:
        service.forget_person(work, sender(body), features)
    bot.db.truncate_log()
    ack(response_action="update", view=window(texts.FORGOTTEN()))
    show_home(bot, client, sender(body), Page.SETTINGS)

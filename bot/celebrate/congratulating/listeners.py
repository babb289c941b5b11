"""Listeners for congratulations."""

from functools import partial

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.celebrate.congratulating import blocks, forms
from bot.celebrate.congratulating import service as congratulating
from bot.celebrate.texts import suggestions as texts
from bot.core.mrkdwn import channel
from bot.core.work import Bot
from bot.slack.payload import Payload, about_id, answers, clicked_id, sender
from bot.slack.replies import open_view, window


def register(app: App, bot: Bot) -> None:
    app.action(blocks.CONGRATULATE)(partial(open_congratulate, bot))
    app.view(forms.CONGRATULATE_FORM)(partial(submitted, bot))


def open_congratulate(bot: Bot, ack: Ack, body: Payload, client: WebClient) -> None:
    ack()
    with bot.look() as work:
        view = forms.congratulate_form(congratulating.open_for(work, clicked_id(body), sender(body)))
    open_view(body, client, view)


def submitted(bot: Bot, ack: Ack, body: Payload) -> None:
    words = answers(body).get(forms.WORDS) or ""
    with bot.begin() as work:
        row = congratulating.congratulate(work, about_id(body), by=sender(body), words=words)
        view = window(texts.POSTED(channel=channel(row.channel_id or "")))
    ack(response_action="update", view=view)

"""Listeners for editing and withdrawing celebrations."""

from functools import partial

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot.celebrate.making import blocks, forms, notify_non_members
from bot.celebrate.making import service as making
from bot.celebrate.texts import posts as texts
from bot.core.page import Page
from bot.core.work import Bot
from bot.slack.payload import Payload, about_id, answers, clicked_id, sender
from bot.slack.replies import open_view, reply, show_home, window


def register(app: App, bot: Bot) -> None:
    app.action(blocks.EDIT)(partial(open_edit, bot))
    app.action(blocks.WITHDRAW)(partial(withdrawn, bot))
    app.view(forms.EDIT_FORM)(partial(edited, bot))
    app.action(blocks.ENOUGH)(partial(mute_thanks_elsewhere, bot))


def open_edit(bot: Bot, ack: Ack, body: Payload, client: WebClient) -> None:
    ack()
    with bot.look() as work:
        row = making.own(work, clicked_id(body), sender(body))
        view = forms.edit_form(row, making.names_in(work, row.words, row.change))
    open_view(body, client, view)


def edited(bot: Bot, ack: Ack, body: Payload, client: WebClient) -> None:
    told = answers(body)
    words, change = told.get(making.WORDS) or "", told.get(making.CHANGE) or ""
    with bot.begin() as work:
        making.edit(work, about_id(body), by=sender(body), words=words, change=change)
    ack(response_action="update", view=window(texts.UPDATED()))
    show_home(bot, client, sender(body), Page.WINS)


def withdrawn(bot: Bot, ack: Ack, body: Payload, client: WebClient, respond: Respond) -> None:
    ack()
    with bot.begin() as work:
        making.withdraw(work, clicked_id(body), by=sender(body))
    reply(bot, body, client, respond, texts.DELETED())


def mute_thanks_elsewhere(bot: Bot, ack: Ack, body: Payload, respond: Respond) -> None:
    ack()
    with bot.begin() as work:
        notify_non_members.opt_out(work, sender(body))
    respond(text=texts.THESE_ARE_OFF(), replace_original=False)

"""Handlers for answering an async coffee."""

from functools import partial

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.coffee.matches.written import blocks, buttons, forms
from bot.coffee.matches.written import service as written
from bot.core.work import Bot
from bot.slack.payload import Payload, about_id, answers, clicked_id, sender
from bot.slack.replies import open_view, show_home, window


def register(app: App, bot: Bot) -> None:
    app.action(buttons.ANSWER)(partial(open_form, bot))
    app.view(forms.WRITTEN_FORM)(partial(answered, bot))


def open_form(bot: Bot, ack: Ack, body: Payload, client: WebClient) -> None:
    ack()
    with bot.look() as work:
        match, questions = written.find(work, clicked_id(body), sender(body))
        drawn = forms.written_form(match.id, questions, written.previous_answers(work, match, sender(body)))
    open_view(body, client, drawn)


def answered(bot: Bot, ack: Ack, body: Payload, client: WebClient) -> None:
    words = forms.read(answers(body))
    with bot.begin() as work:
        waiting_for = written.answer(work, about_id(body), by=sender(body), words=words)
    ack(response_action="update", view=window(blocks.thanks(waiting_for)))
    show_home(bot, client, sender(body))

"""Handlers for sharing a learning and for consent."""

from functools import partial

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot.coffee.matches.learned import blocks, forms
from bot.coffee.matches.learned import service as learned
from bot.core.work import Bot
from bot.slack.payload import Payload, about, answers, clicked_id, clicked_value, sender
from bot.slack.replies import open_view, window


def register(app: App, bot: Bot) -> None:
    app.action(blocks.LEARNED)(partial(open_form, bot))
    app.view(forms.LEARNED_FORM)(partial(proposed, bot))
    app.action(blocks.AGREE)(partial(answered, bot, True))
    app.action(blocks.DISAGREE)(partial(answered, bot, False))


def open_form(bot: Bot, ack: Ack, body: Payload, client: WebClient) -> None:
    ack()
    with bot.look() as work:
        origin = learned.origin_of(clicked_value(body))
        learned.check_may_share(work, origin, sender(body))
    open_view(body, client, forms.learned_form(origin))


def proposed(bot: Bot, ack: Ack, body: Payload) -> None:
    words = forms.read(answers(body))
    with bot.begin() as work:
        program, partners = learned.request_consent(work, learned.origin_of(about(body)), by=sender(body), words=words)
        view = window(blocks.thanks(partners, program))
    ack(response_action="update", view=view)


def answered(bot: Bot, agrees: bool, ack: Ack, body: Payload, respond: Respond) -> None:
    ack()
    with bot.begin() as work:
        sentence = learned.answer(work, clicked_id(body), by=sender(body), agrees=agrees)
    respond(text=sentence, replace_original=True)

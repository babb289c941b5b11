"""Somebody says which time works for them."""

from functools import partial

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot.core.work import Bot
from bot.programs.slots import blocks
from bot.programs.slots import service as slots
from bot.slack.payload import Payload, clicked_id, sender
from bot.slack.replies import say


def register(app: App, bot: Bot) -> None:
    app.action(blocks.SLOT)(partial(slot_chosen, bot))


def slot_chosen(bot: Bot, ack: Ack, body: Payload, client: WebClient, respond: Respond) -> None:
    ack()
    with bot.begin() as work:
        sentence = slots.choose(work, clicked_id(body), by=sender(body))
    say(body, client, respond, sentence)

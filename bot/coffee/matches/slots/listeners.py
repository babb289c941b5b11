"""Handlers for choosing, replacing and canceling a time."""

from datetime import datetime
from functools import partial

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot.coffee.matches.slots import blocks
from bot.coffee.matches.slots import service as slots
from bot.core.work import Bot
from bot.slack.payload import Payload, clicked_id, sender
from bot.slack.replies import say
from storage.programs.programs import Program


def register(app: App, bot: Bot) -> None:
    app.action(blocks.SLOT)(partial(slot_chosen, bot))
    app.action(blocks.NEW_TIMES)(partial(new_times, bot))
    app.action(blocks.CANCEL)(partial(canceled, bot))


def slot_chosen(bot: Bot, ack: Ack, body: Payload, client: WebClient, respond: Respond) -> None:
    ack()
    with bot.begin() as work:
        sentence = slots.choose(work, clicked_id(body), by=sender(body))
        agreed = slots.agreed_at(work, clicked_id(body))
    say(body, client, respond, sentence)
    if agreed is not None:
        settle(body, respond, *agreed)


def new_times(bot: Bot, ack: Ack, body: Payload, client: WebClient, respond: Respond) -> None:
    ack()
    with bot.begin() as work:
        sentence = slots.offer_again(work, clicked_id(body), by=sender(body))
    say(body, client, respond, sentence)
    unsettle(body, respond)


def canceled(bot: Bot, ack: Ack, body: Payload, client: WebClient, respond: Respond) -> None:
    ack()
    with bot.begin() as work:
        sentence = slots.cancel(work, clicked_id(body), by=sender(body))
    say(body, client, respond, sentence)
    unsettle(body, respond)


def unsettle(body: Payload, respond: Respond) -> None:
    message = body.get("message") or {}
    before = message.get("blocks") or []
    after = blocks.unsettled(before)
    if after != before:
        respond(text=message.get("text", ""), blocks=after, replace_original=True)


def settle(body: Payload, respond: Respond, program: Program, at: datetime) -> None:
    """Replace the choices in the message by the agreed time."""
    message = body.get("message") or {}
    before = message.get("blocks") or []
    after = blocks.settled(before, program, at)
    if after != before:
        respond(text=message.get("text", ""), blocks=after, replace_original=True)

"""Handlers for choosing, replacing and canceling a time."""

from functools import partial

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot.coffee.matches.slots import blocks
from bot.coffee.matches.slots import service as slots
from bot.core.message import Block
from bot.core.work import Bot
from bot.slack.payload import Payload, clicked_id, sender
from bot.slack.replies import say


def register(app: App, bot: Bot) -> None:
    app.action(blocks.SLOT)(partial(slot_chosen, bot))
    app.action(blocks.NEW_TIMES)(partial(new_times, bot))
    app.action(blocks.CANCEL)(partial(canceled, bot))


def slot_chosen(bot: Bot, ack: Ack, body: Payload, client: WebClient, respond: Respond) -> None:
    ack()
    with bot.begin() as work:
        sentence = slots.choose(work, clicked_id(body), by=sender(body))
        agreed = slots.agreed_at(work, clicked_id(body))
        after = blocks.settled(shown_in(body), *agreed) if agreed is not None else shown_in(body)
    say(body, client, respond, sentence)
    redraw(body, respond, after)


def new_times(bot: Bot, ack: Ack, body: Payload, client: WebClient, respond: Respond) -> None:
    ack()
    with bot.begin() as work:
        sentence = slots.offer_again(work, clicked_id(body), by=sender(body))
    say(body, client, respond, sentence)
    redraw(body, respond, blocks.unsettled(shown_in(body)))


def canceled(bot: Bot, ack: Ack, body: Payload, client: WebClient, respond: Respond) -> None:
    ack()
    with bot.begin() as work:
        sentence = slots.cancel(work, clicked_id(body), by=sender(body))
    say(body, client, respond, sentence)
    redraw(body, respond, blocks.unsettled(shown_in(body)))


def shown_in(body: Payload) -> list[Block]:
    return (body.get("message") or {}).get("blocks") or []


def redraw(body: Payload, respond: Respond, after: list[Block]) -> None:
    if after != shown_in(body):
        respond(text=body["message"].get("text", ""), blocks=after, replace_original=True)

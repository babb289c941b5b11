"""Handler for trying a wish for a team at once."""

from functools import partial

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot.coffee.membership.service import find
from bot.coffee.now import service as coffee_now
from bot.coffee.wished import blocks
from bot.core.errors import UserError
from bot.core.work import Bot
from bot.slack.payload import Payload, clicked_value, number_in, sender
from bot.slack.replies import redraw, say, window


def register(app: App, bot: Bot) -> None:
    app.action(blocks.ASK_NOW)(partial(ask_now, bot))


def ask_now(bot: Bot, ack: Ack, body: Payload, client: WebClient, respond: Respond) -> None:
    ack()
    program_id, _, team = clicked_value(body).partition(":")
    try:
        with bot.begin() as work:
            sentence = coffee_now.start(work, find(work, number_in(program_id) or 0), sender(body), team)
    except UserError as mistake:
        sentence = str(mistake)
    if body.get("view"):
        redraw(client, body["view"]["id"], window(sentence))
    else:
        say(body, client, respond, sentence)

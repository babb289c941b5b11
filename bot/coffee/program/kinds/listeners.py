"""Handler for choosing a group."""

from functools import partial

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot.coffee.program.kinds import blocks
from bot.coffee.program.kinds import service as kinds
from bot.coffee.texts import program as texts
from bot.core.errors import UserError
from bot.core.work import Bot
from bot.slack.payload import Payload, number_in, sender
from bot.slack.replies import reply


def register(app: App, bot: Bot) -> None:
    app.action(blocks.CHOOSE_GROUP)(partial(group_chosen, bot))


def group_chosen(bot: Bot, ack: Ack, body: Payload, client: WebClient, respond: Respond) -> None:
    ack()
    chosen = body["actions"][0].get("selected_option") or {}
    program_id, place = map(number_in, str(chosen.get("value", "")).partition(":")[::2])
    if program_id is None or place is None:
        raise UserError(texts.GROUPS_CHANGED())
    with bot.begin() as work:
        group = kinds.choose_group(work, program_id, place, str(chosen["text"]["text"]), by=sender(body))
    reply(bot, body, client, respond, texts.GROUP_CHOSEN(group=group))

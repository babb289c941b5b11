"""Handlers for a coffee now."""

from collections.abc import Callable
from functools import partial

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot.coffee.matches.check_ins.blocks import noted as noted_of
from bot.coffee.matches.check_ins.listeners import say_aside, what_follows
from bot.coffee.now import blocks, buttons, forms
from bot.coffee.now import service as coffee_now
from bot.coffee.program.lookup import find
from bot.core.blocks import option
from bot.core.errors import UserError
from bot.core.work import Bot
from bot.slack.payload import (
    Payload,
    about_id,
    answers,
    clicked_id,
    clicked_value,
    number_in,
    sender,
)
from bot.slack.replies import open_view, reply, show_home, window
from bot.slack.texts import OUTDATED
from storage.kinds import Answer

Response = Callable[..., str]


def register(app: App, bot: Bot) -> None:
    responses: dict[str, Response] = {
        blocks.YES: coffee_now.accept,
        blocks.NO: coffee_now.decline,
        blocks.NEVER: coffee_now.decline_for_good,
    }
    for action_id, answer in responses.items():
        app.action(action_id)(partial(answered, bot, answer))
    app.action(blocks.MET)(partial(met, bot))
    app.action(buttons.START)(partial(open_form, bot))
    app.options(forms.TEAM)(partial(teams, bot))
    app.view(forms.NOW_FORM)(partial(started, bot))
    app.action(buttons.STOP)(partial(stopped, bot))
    app.action(buttons.OPEN)(partial(opened_again, bot))


def open_form(bot: Bot, ack: Ack, body: Payload, client: WebClient) -> None:
    ack()
    number, _, team = clicked_value(body).partition(":")
    program_id = number_in(number)
    if program_id is None:
        raise UserError(OUTDATED())
    with bot.look() as work:
        program = find(work, program_id)
        coffee_now.check_may_look(work, program, sender(body))
    open_view(body, client, forms.now_form(program_id, team))


def teams(bot: Bot, ack: Ack, body: Payload) -> None:
    with bot.look() as work:
        found = coffee_now.teams_like(work, body.get("value") or "")
    ack(options=[option(team, team) for team in found])


def started(bot: Bot, ack: Ack, body: Payload, client: WebClient) -> None:
    with bot.begin() as work:
        program = find(work, about_id(body))
        sentence = coffee_now.start(work, program, sender(body), answers(body).get(forms.TEAM) or "")
    ack(response_action="update", view=window(sentence))
    show_home(bot, client, sender(body))


def stopped(bot: Bot, ack: Ack, body: Payload, client: WebClient, respond: Respond) -> None:
    ack()
    with bot.begin() as work:
        sentence = coffee_now.stop(work, sender(body))
    reply(bot, body, client, respond, sentence)


def opened_again(bot: Bot, ack: Ack, body: Payload, client: WebClient, respond: Respond) -> None:
    ack()
    with bot.begin() as work:
        sentence = coffee_now.open_again(work, find(work, clicked_id(body)), sender(body))
    reply(bot, body, client, respond, sentence)


def answered(bot: Bot, respond_with: Response, ack: Ack, body: Payload, respond: Respond) -> None:
    ack()
    with bot.begin() as work:
        sentence = respond_with(work, clicked_id(body), by=sender(body))
    respond(text=sentence, replace_original=True)


def met(bot: Bot, ack: Ack, body: Payload, respond: Respond) -> None:
    ack()
    with bot.begin() as work:
        met = coffee_now.met(work, clicked_id(body), by=sender(body))
        noted = noted_of(Answer.MET, met.partners, what_follows(work, met))
    say_aside(respond, noted)

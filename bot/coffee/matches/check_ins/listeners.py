"""Handlers for the answers to check-ins."""

from functools import partial
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot.coffee.matches.buttons import ANSWERS
from bot.coffee.matches.check_ins import blocks
from bot.coffee.matches.check_ins import service as check_ins
from bot.core.events import MeetingRecorded
from bot.core.message import Message
from bot.core.work import Bot, Work
from bot.slack.payload import Payload, clicked_id, is_from_home, page_of, sender
from bot.slack.replies import say, show_home
from storage.kinds import Answer


def register(app: App, bot: Bot) -> None:
    for answer, action_id in ANSWERS.items():
        app.action(action_id)(partial(answered, bot, answer))
    app.action(blocks.SAY_MET)(partial(said_met, bot))


def answered(bot: Bot, answer: Answer, ack: Ack, body: Payload, client: WebClient, respond: Respond) -> None:
    ack()
    with bot.begin() as work:
        heard = check_ins.record_answer(work, clicked_id(body), by=sender(body), answer=answer)
        noted = blocks.noted(answer, heard.partners, what_follows(work, heard.met))
    if is_from_home(body):
        show_home(bot, client, sender(body), page_of(body))
    elif body.get("channel", {}).get("name") == "directmessage":
        # The question is answered. The introduction in a group stays for the others.
        respond(text=noted.text, blocks=noted.blocks, replace_original=True)
    elif heard.met:
        say_aside(respond, noted)
    else:
        say(body, client, respond, noted.text)


def said_met(bot: Bot, ack: Ack, body: Payload, client: WebClient, respond: Respond) -> None:
    ack()
    with bot.begin() as work:
        heard = check_ins.record_answer(work, clicked_id(body), by=sender(body), answer=Answer.MET)
        noted = blocks.noted(Answer.MET, heard.partners, what_follows(work, heard.met))
    if body.get("response_url"):
        say_aside(respond, noted)
    else:
        say(body, client, respond, noted.text)


def what_follows(work: Work, met: MeetingRecorded | None) -> list[dict[str, Any]]:
    """Return buttons that features offer after a meeting."""
    return [element for offered in work.raise_(met) for element in offered] if met else []


def say_aside(respond: Respond, noted: Message) -> None:
    """Reply ephemerally and leave the message in place, for others or for its other content."""
    respond(text=noted.text, blocks=noted.blocks, response_type="ephemeral", replace_original=False)

"""Somebody says whether they met."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot.core.work import Bot, Met, Work
from bot.programs.check_ins import blocks
from bot.programs.check_ins import service as check_ins
from bot.slack.payload import Payload, clicked_id, is_from_home, page_of, sender
from bot.slack.replies import say, show_home
from storage.kinds import Answer


def register(app: App, bot: Bot) -> None:
    for answer, action_id in blocks.ANSWERS.items():
        app.action(action_id)(partial(answered, bot, answer))
    app.action(blocks.SAY_MET)(partial(said_met, bot))


def answered(bot: Bot, answer: Answer, ack: Ack, body: Payload, client: WebClient, respond: Respond) -> None:
    ack()
    with bot.begin() as work:
        met = check_ins.record_answer(work, clicked_id(body), by=sender(body), answer=answer)
        after = what_follows(work, met)
    if is_from_home(body):
        show_home(bot, client, sender(body), page_of(body))
    elif body.get("channel", {}).get("name") == "directmessage":
        # The question has done its work; the group's introduction stays for the others.
        respond(text=blocks.THANKS[answer], blocks=blocks.noted(answer, after), replace_original=True)
    elif after:
        noted_aside(respond, answer, after)
    else:
        say(body, client, respond, blocks.THANKS[answer])


def said_met(bot: Bot, ack: Ack, body: Payload, client: WebClient, respond: Respond) -> None:
    ack()
    with bot.begin() as work:
        after = what_follows(work, check_ins.record_answer(work, clicked_id(body), by=sender(body), answer=Answer.MET))
    if body.get("response_url"):
        noted_aside(respond, Answer.MET, after)
    else:
        say(body, client, respond, blocks.THANKS[Answer.MET])


def what_follows(work: Work, met: Met | None) -> list[dict[str, Any]]:
    """Buttons of whoever has something to offer after a meeting."""
    return [element for offer in work.plugs.after_meeting for element in offer(work, met)] if met else []


def noted_aside(respond: Respond, answer: Answer, after: Sequence[dict[str, Any]]) -> None:
    """For this person alone, beside a message that stays for others or for more."""
    drawn = blocks.noted(answer, after)
    respond(text=blocks.THANKS[answer], blocks=drawn, response_type="ephemeral", replace_original=False)

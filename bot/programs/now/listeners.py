"""Answers to a coffee now."""

from collections.abc import Callable
from functools import partial

from slack_bolt import Ack, App, Respond

from bot.core.work import Bot, Work
from bot.programs.check_ins import blocks as check_in_blocks
from bot.programs.now import blocks
from bot.programs.now import service as coffee_now
from bot.slack.payload import Payload, clicked_id, sender
from storage.kinds import Answer

Reply = Callable[..., str]


def register(app: App, bot: Bot) -> None:
    replies: dict[str, Reply] = {
        blocks.YES: coffee_now.accept,
        blocks.NO: coffee_now.decline,
        blocks.NEVER: coffee_now.decline_for_good,
    }
    for action_id, reply in replies.items():
        app.action(action_id)(partial(answered, bot, reply))
    app.action(blocks.MET)(partial(met, bot))


def answered(bot: Bot, reply: Reply, ack: Ack, body: Payload, respond: Respond) -> None:
    ack()
    with bot.begin() as work:
        sentence = reply(work, clicked_id(body), by=sender(body))
    respond(text=sentence, replace_original=True)


def met(bot: Bot, ack: Ack, body: Payload, respond: Respond) -> None:
    ack()
    with bot.begin() as work:
        after = offers(work, clicked_id(body), sender(body))
    drawn = check_in_blocks.noted(Answer.MET, after)
    respond(text=check_in_blocks.THANKS[Answer.MET], blocks=drawn, response_type="ephemeral", replace_original=False)


def offers(work: Work, request_id: int, by: str) -> list[dict[str, object]]:
    happened = coffee_now.met(work, request_id, by=by)
    return [element for offer in work.plugs.after_meeting for element in offer(work, happened)]

"""Handlers for the buttons below a nudge and for its settings."""

from collections.abc import Callable
from functools import partial
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot.core.events import SuggestionUsed
from bot.core.message import Block
from bot.core.work import Bot, Work
from bot.nudges import blocks, forms, service
from bot.nudges.registry import NudgeRegistry
from bot.slack.payload import Payload, answers, clicked_id, page_of, sender
from bot.slack.replies import ignoring_slack_errors, open_view, show_home
from storage.kinds import NudgeOutcome

SAID = {
    blocks.NOT_NOW: NudgeOutcome.NOT_NOW,
    blocks.LESS: NudgeOutcome.LESS,
    blocks.NEVER: NudgeOutcome.NEVER,
}
OURS = {*SAID, blocks.KEEP}


def register(kinds: NudgeRegistry, app: App, bot: Bot) -> None:
    for action_id, outcome in SAID.items():
        app.action(action_id)(partial(answered, bot, outcome))
    app.action(blocks.KEEP)(partial(kept, bot))
    app.action(blocks.WRITE)(acknowledged)
    app.action(blocks.OPEN_SETTINGS)(partial(settings_opened, bot, kinds))
    app.view(forms.SETTINGS)(partial(settings_filled, bot, kinds))
    for action_id, change in (
        (blocks.ALL_OFF, service.turn_off),
        (blocks.ALL_ON, service.turn_on),
        (blocks.BRING_BACK, partial(service.bring_back, kinds=kinds)),
    ):
        app.action(action_id)(partial(changed, bot, change))


def acknowledged(ack: Ack) -> None:
    """Acknowledge only: the button is a link."""
    ack()


def answered(bot: Bot, outcome: NudgeOutcome, ack: Ack, body: Payload, respond: Respond) -> None:
    ack()
    with bot.begin() as work:
        service.answer(work, clicked_id(body), by=sender(body), outcome=outcome)
    redraw(bot, body, respond)


def kept(bot: Bot, ack: Ack, body: Payload, respond: Respond) -> None:
    ack()
    with bot.begin() as work:
        service.keep(work, clicked_id(body), by=sender(body))
    redraw(bot, body, respond, brought_back=clicked_id(body))


def redraw(bot: Bot, body: Payload, respond: Respond | None, *, brought_back: int | None = None) -> None:
    """Replace pressed buttons in the message by their outcome, without a notification."""
    message = body.get("message") or {}
    drawn = message.get("blocks") or []
    with bot.look() as work:
        outcomes = service.standing(work, blocks.numbers_in(drawn), by=sender(body))
    now = blocks.redrawn(drawn, outcomes, brought_back=brought_back)
    if now != drawn and respond is not None:
        ignoring_slack_errors(partial(replace, respond, message.get("text", ""), now))


def replace(respond: Respond, text: str, drawn: list[Block]) -> None:
    respond(text=text, blocks=drawn, replace_original=True)


# Buttons of other features


def note_use(work: Work, used: SuggestionUsed) -> list[Block]:
    if used.action_id in OURS:  # They have drawn the message already.
        return used.shown
    service.use(work, [used.suggestion_id], by=used.person_id)
    outcomes = service.standing(work, blocks.numbers_in(used.shown), by=used.person_id)
    return blocks.redrawn(used.shown, outcomes)


# Settings


def settings_opened(bot: Bot, kinds: NudgeRegistry, ack: Ack, body: Payload, client: WebClient) -> None:
    ack()
    with bot.look() as work:
        wishes = service.wishes_of(work, sender(body), kinds)
    open_view(body, client, forms.settings(kinds, wishes))


def settings_filled(bot: Bot, kinds: NudgeRegistry, ack: Ack, body: Payload, client: WebClient) -> None:
    with bot.begin() as work:
        service.save(work, sender(body), kinds, forms.read(answers(body), kinds))
    ack()
    show_home(bot, client, sender(body), blocks.SETTINGS_PAGE)


def changed(bot: Bot, change: Callable[[Work, str], Any], ack: Ack, body: Payload, client: WebClient) -> None:
    ack()
    with bot.begin() as work:
        change(work, sender(body))
    show_home(bot, client, sender(body), page_of(body))

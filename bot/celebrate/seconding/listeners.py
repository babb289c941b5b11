"""Reactions, as Slack tells of them; and the wish to hear no more of them."""

from functools import partial
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot.celebrate.noticing import listeners as noticing
from bot.celebrate.seconding import blocks
from bot.celebrate.seconding import service as seconding
from bot.core.work import Bot
from bot.slack.payload import Payload, sender
from storage import celebrations


def register(app: App, bot: Bot) -> None:
    app.action(blocks.ENOUGH)(partial(enough, bot))


def added(bot: Bot, client: WebClient, event: dict[str, Any]) -> None:
    if not changed(bot, event, is_on=True):
        noticing.reacted(bot, client, event)


def removed(bot: Bot, _client: WebClient, event: dict[str, Any]) -> None:
    changed(bot, event, is_on=False)


def changed(bot: Bot, event: dict[str, Any], *, is_on: bool) -> bool:
    """True for a reaction to a celebration. Of all the others, nothing is kept and nobody waits for them."""
    item = event.get("item") or {}
    channel_id, ts = str(item.get("channel", "")), str(item.get("ts", ""))
    if item.get("type") != "message":
        return False
    with bot.look() as work:
        if celebrations.at(work.session, workspace_id=work.workspace_id, channel_id=channel_id, ts=ts) is None:
            return False
    with bot.begin() as work:
        seconding.note(
            work,
            channel_id=channel_id,
            ts=ts,
            by=str(event.get("user", "")),
            emoji=str(event.get("reaction", "")),
            is_on=is_on,
            event_ts=str(event.get("event_ts", "")),
        )
    return True


def enough(bot: Bot, ack: Ack, body: Payload, respond: Respond) -> None:
    ack()
    with bot.begin() as work:
        seconding.no_more(work, sender(body))
    respond(text=blocks.quiet(), replace_original=False)

"""Handlers for endorsing reactions, and the opt-out from notifications about them."""

from functools import partial

from slack_bolt import Ack, App, Respond

from bot.celebrate.cheers import blocks
from bot.celebrate.cheers import service as seconding
from bot.celebrate.texts import cheers as texts
from bot.core.feature import Clients, Event, EventHandlers
from bot.core.work import Bot
from bot.slack.payload import Payload, sender
from storage.celebrations import celebrations


def register(app: App, bot: Bot) -> None:
    app.action(blocks.ENOUGH)(partial(enough, bot))


def reaction_changed(is_on: bool, bot: Bot, _clients: Clients, event: Event) -> None:
    """Record a reaction. Reactions to other messages are ignored without a lock."""
    item = event.get("item") or {}
    channel_id, ts = str(item.get("channel", "")), str(item.get("ts", ""))
    if item.get("type") != "message":
        return
    with bot.look() as work:
        if celebrations.message_at(work, channel_id=channel_id, ts=ts) is None:
            return
    with bot.begin() as work:
        seconding.record_cheer(
            work,
            channel_id=channel_id,
            ts=ts,
            by=str(event.get("user", "")),
            emoji=str(event.get("reaction", "")),
            is_on=is_on,
            event_ts=str(event.get("event_ts", "")),
        )


def enough(bot: Bot, ack: Ack, body: Payload, respond: Respond) -> None:
    ack()
    with bot.begin() as work:
        seconding.opt_out(work, sender(body))
    respond(text=texts.THESE_ARE_OFF(), replace_original=False)


EVENTS: EventHandlers = {
    "reaction_added": partial(reaction_changed, True),
    "reaction_removed": partial(reaction_changed, False),
}

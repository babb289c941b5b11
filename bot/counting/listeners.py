"""Handlers for events in public channels, and for the choices of people and admins."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from slack_bolt import Ack, App, BoltContext, Respond
from slack_sdk import WebClient

from bot.core.catalog import Text
from bot.core.feature import Clients, Event, EventHandlers
from bot.core.page import Page
from bot.core.work import Bot, Work
from bot.counting import blocks, channels, forms, rules, service, texts
from bot.counting.tally import tally_of
from bot.slack.client import reads_of
from bot.slack.deferred_views import ack_then_update_view
from bot.slack.payload import Payload, answers, sender
from bot.slack.replies import open_view, reply, show_home, window
from storage import counting

Change = Callable[[Work, str], None]


def register(app: App, bot: Bot) -> None:
    app.action(blocks.DONT)(partial(changed, bot, service.opt_out, texts.OPTED_OUT))
    app.action(blocks.AGAIN)(partial(changed, bot, service.opt_in, texts.OPTED_IN))
    app.action(blocks.CHANGE)(partial(open_choice, bot))
    app.view(forms.CHOOSE_FORM)(partial(chosen, bot))


def happened(bot: Bot, _clients: Clients, event: Event) -> None:
    """Drop the event unread unless contact is counted in its channel."""
    tally = tally_of(bot)
    if channel_of(event) in tally.channels:
        tally.add(rules.contacts_in(event, bot.clock.now()))


def channel_of(event: Event) -> str:
    item = event.get("item")
    return str((item if isinstance(item, dict) else event).get("channel"))


def changed(bot: Bot, change: Change, done: Text, ack: Ack, body: Payload, client: WebClient, respond: Respond) -> None:
    ack()
    with bot.begin() as work:
        change(work, sender(body))
    reply(bot, body, client, respond, done())


def open_choice(bot: Bot, ack: Ack, body: Payload, client: WebClient) -> None:
    ack()
    with bot.look() as work:
        service.check_admin(work, sender(body))
        where = [row.channel_id for row in service.channels(work)]
        everywhere = counting.is_everywhere(work)
    open_view(body, client, forms.choose_form(where, everywhere=everywhere))


def chosen(bot: Bot, ack: Ack, body: Payload, client: WebClient, context: BoltContext) -> None:
    """Handle the form. Slack is asked about newly chosen channels before anything is saved."""
    choice = forms.read_choice(answers(body))
    with bot.look() as work:
        service.check_admin(work, sender(body))
        before = {row.channel_id for row in service.channels(work)}
    new = [channel_id for channel_id in choice.channel_ids if channel_id not in before]
    if not new:
        keep(bot, choice, by=sender(body))
        ack()
        show_home(bot, client, sender(body), Page.ADMIN)
    else:
        then = partial(show_home, bot, client, sender(body), Page.ADMIN)
        ack_then_update_view(ack, context, body, client, partial(chosen_there, bot, body, client, choice, new), then)


def chosen_there(
    bot: Bot, body: Payload, client: WebClient, choice: forms.Chosen, new: Sequence[str]
) -> dict[str, Any]:
    for channel_id in new:
        channels.make_ready(reads_of(client), channel_id)
    keep(bot, choice, by=sender(body))
    return window(texts.SAVED())


def keep(bot: Bot, choice: forms.Chosen, *, by: str) -> None:
    with bot.begin() as work:
        service.choose(work, by=by, everywhere=choice.everywhere, channel_ids=choice.channel_ids)


def channel_moved(bot: Bot, _clients: Clients, event: Event) -> None:
    """Keep counting in a channel whose id changed: its members were told under the old id."""
    with bot.begin() as work:
        counting.move_channel(work, old=str(event["old_channel_id"]), new=str(event["new_channel_id"]))


EVENTS: EventHandlers = {
    "message.channels": happened,
    "reaction_added": happened,
    "channel_id_changed": channel_moved,
}

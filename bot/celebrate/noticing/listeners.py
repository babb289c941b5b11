"""Turning a message into a shoutout, with a shortcut or after a reaction with the celebrate emoji."""

import logging
from functools import partial

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.celebrate.making import opening
from bot.celebrate.making.drafts import Draft, FormContext
from bot.celebrate.noticing import blocks
from bot.celebrate.noticing import service as noticing
from bot.celebrate.shoutouts.listeners import open_form
from bot.celebrate.texts import suggestions as texts
from bot.celebrate.wins import listeners as wins
from bot.core.errors import UserError
from bot.core.feature import Clients, Event, EventHandlers
from bot.core.work import Bot, Work
from bot.slack.channels import look_at
from bot.slack.client import reads_of
from bot.slack.payload import Payload, clicked_value, sender
from bot.slack.replies import understood
from storage.celebrations import celebrations
from storage.kinds import Reach
from storage.people import people

logger = logging.getLogger(__name__)

SHORTCUT = "celebrate_this"


def register(app: App, bot: Bot) -> None:
    app.shortcut(SHORTCUT)(partial(from_shortcut, bot))
    app.action(blocks.MAKE)(partial(from_offer, bot))
    app.action(blocks.NEVER)(partial(never, bot))


def reaction_added(bot: Bot, clients: Clients, event: Event) -> None:
    """Offer a shoutout to the person who reacted. Sent as an ephemeral message: nothing is lost if it fails.

    Reactions to a celebration don't count.
    """
    by, author, item = str(event.get("user", "")), str(event.get("item_user") or ""), event.get("item") or {}
    if item.get("type") != "message":
        return
    channel_id, ts = str(item["channel"]), str(item["ts"])
    with bot.look() as work:
        is_wanted = noticing.is_the_emoji(work, str(event.get("reaction", "")))
        if not is_wanted or is_celebration(work, channel_id, ts):
            return
    with bot.begin() as work:
        if not noticing.offer(work, to=by, author=author):
            return
    message = blocks.offer(author, channel_id, ts)
    try:
        clients.posts.chat_postEphemeral(channel=channel_id, user=by, text=message.text, blocks=message.blocks)
    except SlackApiError as refusal:
        logger.info("an offer could not be shown", extra={"code": understood(refusal)})


def is_celebration(work: Work, channel_id: str, ts: str) -> bool:
    return celebrations.message_at(work, channel_id=channel_id, ts=ts) is not None


def from_shortcut(bot: Bot, ack: Ack, body: Payload, client: WebClient) -> None:
    ack()
    message = body["message"]
    celebrate(bot, client, body, body["channel"]["id"], message["ts"], message.get("user") or "")


def from_offer(bot: Bot, ack: Ack, body: Payload, client: WebClient) -> None:
    ack()
    told = clicked_value(body).split(blocks.BETWEEN)
    if len(told) != 3:
        raise UserError(texts.OLD_BUTTON())
    celebrate(bot, client, body, *told)


def celebrate(bot: Bot, client: WebClient, body: Payload, channel_id: str, ts: str, author: str) -> None:
    """Open the form for a message. Its text isn't read: the form carries only its author and link."""
    frame = frame_for(bot, client, channel_id, ts)
    with bot.look() as work:
        person = people.get(work, person_id=author)
        is_here = person is not None and person.is_active
    if author == sender(body):
        wins.open_form(bot, client, body, Draft(), frame)
    elif not is_here:
        open_form(bot, client, body, Draft(), frame, (texts.NOT_A_COLLEAGUE(),))
    else:
        open_form(bot, client, body, Draft(people=(author,), reach=reach_in(frame)), frame)


def reach_in(frame: FormContext) -> Reach:
    return Reach.PRIVATE if frame.is_from_a_private_place else Reach.CHANNEL


def frame_for(bot: Bot, client: WebClient, channel_id: str, ts: str) -> FormContext:
    """Build the form's context. Messages outside public channels, and links to them, never become public."""
    place = look_at(reads_of(client), channel_id)
    if place is None or not place.is_public:
        return FormContext(is_from_a_private_place=True)
    link: str | None = None
    try:
        link = client.chat_getPermalink(channel=channel_id, message_ts=ts)["permalink"]
    except SlackApiError as refusal:
        if understood(refusal) == "message_not_found":
            raise UserError(texts.MESSAGE_DELETED()) from refusal
        logger.warning("a message has no address", extra={"code": understood(refusal)})
    return FormContext(opening.channel_for(bot, client, channel_id), link=link)


def never(bot: Bot, ack: Ack, body: Payload, respond: Respond) -> None:
    ack()
    with bot.begin() as work:
        noticing.never_again(work, sender(body))
    respond(text=texts.WONT_ASK_AGAIN(), replace_original=True)


EVENTS: EventHandlers = {"reaction_added": reaction_added}

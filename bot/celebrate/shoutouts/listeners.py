"""`/shoutout`, its form, its shortcuts, and the buttons that lead to it."""

from dataclasses import replace
from functools import partial
from typing import Any

from slack_bolt import Ack, App, BoltContext, Respond
from slack_sdk import WebClient

from bot.celebrate.making import opening
from bot.celebrate.making import service as making
from bot.celebrate.making.drafts import Draft, Frame, unpacked
from bot.celebrate.making.service import CHANNEL, PEOPLE, Hinted
from bot.celebrate.rules import by_mention, by_name, mentioned, read_line
from bot.celebrate.shoutouts import blocks, forms
from bot.celebrate.shoutouts import service as shoutouts
from bot.core.errors import FormError, NotForYou, UserError
from bot.core.page import Page
from bot.core.work import Bot, Work
from bot.slack.later import ask_first
from bot.slack.payload import Payload, about, answers, clicked_value, sender
from bot.slack.replies import show_home, window
from storage.kinds import Reach

SHORTCUT = "give_shoutout"
EVERYBODY = "I don't call a whole channel. Name the people, or a user group; everybody can read it all the same."


def register(app: App, bot: Bot) -> None:
    app.command("/shoutout")(partial(shoutout, bot))
    app.shortcut(SHORTCUT)(partial(open_empty, bot))
    app.action(blocks.GIVE)(partial(open_empty, bot))
    app.action(blocks.SAY_THANKS)(partial(open_for, bot))
    app.view(forms.SHOUTOUT_FORM)(partial(submitted, bot))


def shoutout(bot: Bot, ack: Ack, body: Payload, client: WebClient, respond: Respond) -> None:
    """One line says it; whatever is missing is asked for in the form, filled with what there is."""
    ack()
    line = (body.get("text") or "").strip()
    frame = Frame(opening.channel_for(bot, client, body.get("channel_id")))
    typed = read_line(line)
    if opening.is_too_long(typed.words):
        opening.give_back(respond, typed.words)
        return
    draft = Draft(typed.words, people=typed.people)
    frame = replace(frame, groups=typed.groups, mentioned=tuple(mentioned(typed.words)))
    if not line:
        open_form(bot, client, body, draft, frame)
        return
    try:
        frame = replace(frame, members=opening.members_of(client, typed.groups))
        if typed.calls_everybody:
            raise FormError(PEOPLE, EVERYBODY)
        frame = replace(frame, channel_id=opening.chosen(frame.channel_id))
        opening.make_sure_of(client, frame.channel_id or "")
        with bot.begin() as work:
            said = shoutouts.give(work, draft, frame, by=sender(body), origin=f"command:{body['trigger_id']}")
    except NotForYou:
        raise
    except UserError as problem:
        open_form(bot, client, body, draft, frame, (str(problem),))
        return
    if isinstance(said, Hinted):
        open_form(bot, client, body, draft, frame.after_hints(), said.notes)
    else:
        respond(text=blocks.said(said))


def open_form(
    bot: Bot, client: WebClient, body: Payload, draft: Draft, frame: Frame, notes: tuple[str, ...] = ()
) -> None:
    with bot.look() as work:
        making.author_of(work, sender(body))
        names = making.names_of(work, frame.mentioned)
    shown = replace(draft, words=by_name(draft.words, names))
    client.views_open(trigger_id=body["trigger_id"], view=forms.shoutout_form(shown, frame, notes))


def open_empty(bot: Bot, ack: Ack, body: Payload, client: WebClient) -> None:
    ack()
    open_form(bot, client, body, Draft(), Frame(opening.channel_for(bot, client, None)))


def open_for(bot: Bot, ack: Ack, body: Payload, client: WebClient) -> None:
    """After a meeting: the partner is filled in."""
    ack()
    people = tuple(one for one in clicked_value(body).split(blocks.BETWEEN) if one)
    open_form(bot, client, body, Draft(people=people), Frame(opening.channel_for(bot, client, None)))


def submitted(bot: Bot, ack: Ack, body: Payload, client: WebClient, context: BoltContext) -> None:
    """Slack is asked first whether everybody can read it there; in private there is nothing to ask."""
    frame = unpacked(about(body))
    typed = forms.read_shoutout(answers(body), frame)
    with bot.look() as work:
        hinted = shoutouts.look_over(work, meant(work, typed, frame), frame, by=sender(body), origin=origin_of(body))
    if hinted is not None:
        ack(response_action="update", view=forms.shoutout_form(typed, frame.after_hints(), hinted.notes))
        return
    then = partial(show_home, bot, client, sender(body), Page.WINS)
    if typed.reach is Reach.CHANNEL:
        channel_id = opening.chosen(frame.channel_id or answers(body).get(CHANNEL))
        ask_first(ack, context, body, client, partial(in_public, bot, client, body, typed, frame, channel_id), then)
    else:
        ack(response_action="update", view=said_in(bot, body, typed, frame))
        then()


def in_public(
    bot: Bot, client: WebClient, body: Payload, typed: Draft, frame: Frame, channel_id: str
) -> dict[str, Any]:
    opening.make_sure_of(client, channel_id)
    return said_in(bot, body, typed, replace(frame, channel_id=channel_id))


def said_in(bot: Bot, body: Payload, typed: Draft, frame: Frame) -> dict[str, Any]:
    with bot.begin() as work:
        said = shoutouts.give(work, meant(work, typed, frame), frame, by=sender(body), origin=origin_of(body))
    if isinstance(said, Hinted):
        return forms.shoutout_form(typed, frame.after_hints(), said.notes)
    return window(blocks.said(said))


def meant(work: Work, typed: Draft, frame: Frame) -> Draft:
    """Names that were mentions before they stood in the form are mentions again."""
    return replace(typed, words=by_mention(typed.words, making.names_of(work, frame.mentioned)))


def origin_of(body: Payload) -> str:
    """Sent twice, a form says it once."""
    return f"form:{body['view']['id']}"

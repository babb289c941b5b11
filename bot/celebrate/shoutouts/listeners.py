"""Listeners for `/shoutout`, its form, shortcuts and buttons."""

from dataclasses import replace
from functools import partial

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot.celebrate.making import opening, saying
from bot.celebrate.making.drafts import Draft, FormContext
from bot.celebrate.making.saying import CelebrationType
from bot.celebrate.making.service import check_number
from bot.celebrate.rules import mentioned, read_line
from bot.celebrate.shoutouts import blocks, forms
from bot.celebrate.shoutouts import service as shoutouts
from bot.celebrate.texts import forms as texts
from bot.core.errors import FormError
from bot.core.work import Bot
from bot.slack.payload import Payload, clicked_value

SHORTCUT = "give_shoutout"
SHOUTOUT = CelebrationType(
    forms.shoutout_form, shoutouts.look_over, shoutouts.give, lambda done, _draft: blocks.said(done)
)
open_form = partial(saying.open_form, SHOUTOUT)


def register(app: App, bot: Bot) -> None:
    app.command("/shoutout")(partial(shoutout, bot))
    app.shortcut(SHORTCUT)(partial(saying.open_empty, SHOUTOUT, bot))
    app.action(blocks.GIVE)(partial(saying.open_empty, SHOUTOUT, bot))
    app.action(blocks.SAY_THANKS)(partial(open_for, bot))
    app.view(forms.SHOUTOUT_FORM)(partial(saying.submitted, SHOUTOUT, bot))


def shoutout(bot: Bot, ack: Ack, body: Payload, client: WebClient, respond: Respond) -> None:
    """Post a shoutout from a one-line command, or open the form with its content if something is missing."""
    ack()
    line = (body.get("text") or "").strip()
    typed = read_line(line)
    if opening.is_too_long(typed.words):
        opening.give_back(respond, typed.words)
        return
    draft = Draft(typed.words, people=typed.people)
    where = opening.channel_for(bot, client, body.get("channel_id"))
    frame = FormContext(where, groups=typed.groups, mentioned=tuple(mentioned(typed.words)))
    if not line:
        open_form(bot, client, body, draft, frame)
        return
    try:
        frame = opening.with_members(client, frame)
        check_number(0, len(frame.members))
    except FormError as problem:
        # The form has no field for groups, so a group that can't be thanked is left out.
        open_form(bot, client, body, draft, replace(frame, groups=(), members=(), in_groups=0), (str(problem),))
        return
    if typed.mentions_channel:
        open_form(bot, client, body, draft, frame, (texts.NO_WHOLE_CHANNEL(),))
    else:
        saying.in_a_line(SHOUTOUT, bot, client, body, respond, draft, frame)


def open_for(bot: Bot, ack: Ack, body: Payload, client: WebClient) -> None:
    """Open the form after a meeting, with the partners filled in."""
    ack()
    people = tuple(one for one in clicked_value(body).split(blocks.BETWEEN) if one)
    open_form(bot, client, body, Draft(people=people), FormContext(opening.channel_for(bot, client, None)))

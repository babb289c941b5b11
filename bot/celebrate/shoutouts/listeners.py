"""`/shoutout`, its form, its shortcuts, and the buttons that lead to it."""

from dataclasses import replace
from functools import partial

from slack_bolt import Ack, App, Respond
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
from bot.core.work import Bot
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
        frame = replace(frame, channel_id=opening.make_sure_of(client, frame.channel_id))
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


def submitted(bot: Bot, ack: Ack, body: Payload, client: WebClient) -> None:
    told = answers(body)
    frame = unpacked(about(body))
    typed = forms.read_shoutout(told, frame)
    if typed.reach is Reach.CHANNEL:
        frame = replace(frame, channel_id=opening.make_sure_of(client, frame.channel_id or told.get(CHANNEL)))
    with bot.begin() as work:
        names = making.names_of(work, frame.mentioned)
        draft = replace(typed, words=by_mention(typed.words, names))
        said = shoutouts.give(work, draft, frame, by=sender(body), origin=f"form:{body['view']['id']}")
    if isinstance(said, Hinted):
        ack(response_action="update", view=forms.shoutout_form(typed, frame.after_hints(), said.notes))
        return
    ack(response_action="update", view=window(blocks.said(said)))
    show_home(bot, client, sender(body), Page.WINS)

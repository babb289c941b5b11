"""Listeners for `/win`, its form, shortcut and button."""

from functools import partial

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot.celebrate.making import opening, saying
from bot.celebrate.making.drafts import Draft, FormContext
from bot.celebrate.making.saying import CelebrationType
from bot.celebrate.rules import mentioned, read_sentence
from bot.celebrate.wins import blocks, forms
from bot.celebrate.wins import service as wins
from bot.core.work import Bot
from bot.slack.payload import Payload

SHORTCUT = "share_win"
WIN = CelebrationType(forms.win_form, wins.look_over, wins.share, lambda done, draft: blocks.said(done, draft.reach))
open_form = partial(saying.open_form, WIN)


def register(app: App, bot: Bot) -> None:
    app.command("/win")(partial(win, bot))
    app.shortcut(SHORTCUT)(partial(saying.open_empty, WIN, bot))
    app.action(blocks.SHARE)(partial(saying.open_empty, WIN, bot))
    app.view(forms.WIN_FORM)(partial(saying.submitted, WIN, bot))


def win(bot: Bot, ack: Ack, body: Payload, client: WebClient, respond: Respond) -> None:
    """Share a win from a command. Mentioned people count as helpers."""
    ack()
    words = read_sentence(body.get("text") or "")
    if opening.is_too_long(words):
        opening.give_back(respond, words)
        return
    people = tuple(dict.fromkeys(mentioned(words)))
    draft = Draft(words, people=people)
    frame = FormContext(opening.channel_for(bot, client, body.get("channel_id")), mentioned=people)
    if words:
        saying.in_a_line(WIN, bot, client, body, respond, draft, frame)
    else:
        open_form(bot, client, body, draft, frame)

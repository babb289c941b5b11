"""Home sections: a person's celebrations and their settings for them."""

from functools import partial

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.celebrate import blocks
from bot.celebrate.days import forms
from bot.celebrate.days import service as days
from bot.celebrate.making.service import is_editable
from bot.celebrate.texts import home as texts
from bot.core.blocks import context
from bot.core.message import Block
from bot.core.page import Page
from bot.core.work import Bot, Work
from bot.slack.payload import Payload, answers, sender
from bot.slack.replies import open_view, show_home
from storage.celebrations import celebrations
from storage.celebrations import settings as kept
from storage.kinds import CelebrationKind

MOST = 5


def register(app: App, bot: Bot) -> None:
    app.action(blocks.CHOOSE)(partial(open_choices, bot))
    app.view(forms.CHOICES_FORM)(partial(chosen, bot))


def wins_and_thanks(work: Work, person_id: str) -> list[Block]:
    received = celebrations.with_person(work, person_id=person_id, limit=MOST)
    said = celebrations.written_by(work, person_id=person_id, limit=4 * MOST)
    drawn = blocks.history(texts.THANKS_TO_YOU, [(row, False) for row in received])
    for title, kind in ((texts.THANKS_FROM_YOU, CelebrationKind.SHOUTOUT), (texts.YOUR_WINS, CelebrationKind.WIN)):
        drawn += blocks.history(title, [(row, is_editable(work, row)) for row in said if row.kind is kind][:MOST])
    return [*blocks.lead(), *(drawn or [context(texts.EMPTY())])]


def settings(work: Work, person_id: str) -> list[Block]:
    return blocks.choices(kept.choices(work, person_id=person_id))


def open_choices(bot: Bot, ack: Ack, body: Payload, client: WebClient) -> None:
    ack()
    with bot.look() as work:
        mine = kept.choices(work, person_id=sender(body))
        view = forms.choices_form(mine, kept.settings(work).celebrate_emoji)
    open_view(body, client, view)


def chosen(bot: Bot, ack: Ack, body: Payload, client: WebClient) -> None:
    wanted = forms.read_choices(answers(body))
    with bot.begin() as work:
        days.choose(work, sender(body), wanted)
    ack()
    show_home(bot, client, sender(body), Page.SETTINGS)

"""Handlers for writing a private note."""

from functools import partial

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.connections import texts
from bot.connections.notes import blocks, forms
from bot.connections.notes import service as notes
from bot.core.work import Bot
from bot.slack.payload import Payload, about, answers, clicked_value, sender
from bot.slack.replies import open_view, window


def register(app: App, bot: Bot) -> None:
    app.action(blocks.NOTE)(partial(open_note, bot))
    app.view(forms.NOTE_FORM)(partial(noted, bot))


def open_note(bot: Bot, ack: Ack, body: Payload, client: WebClient) -> None:
    ack()
    value = clicked_value(body)
    origin, others = blocks.read_button(value)
    with bot.look() as work:
        names = notes.names_of(work, sender(body), origin, others)
        before = notes.written_notes(work, sender(body), origin, others)
    open_view(body, client, forms.note_form(value, names, before))


def noted(bot: Bot, ack: Ack, body: Payload) -> None:
    words = forms.read(answers(body))
    origin, _ = blocks.read_button(about(body))
    with bot.begin() as work:
        is_kept = notes.save_notes(work, sender(body), origin, words)
    ack(response_action="update", view=window(texts.SAVED() if is_kept else texts.NOT_SAVED()))

"""Handlers for paging through the people one met and editing notes on them."""

from functools import partial

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.connections.met import blocks, service
from bot.connections.notes import forms
from bot.connections.notes import service as notes
from bot.core.page import Page
from bot.core.work import Bot
from bot.slack.payload import Payload, about, answers, clicked_id, clicked_value, number_in, sender
from bot.slack.replies import open_view, redraw, show_home


def register(app: App, bot: Bot) -> None:
    app.action(blocks.ALL)(partial(open_all, bot))
    for turn in (blocks.EARLIER, blocks.LATER):
        app.action(turn)(partial(turned, bot))
    app.action(blocks.EDIT)(partial(open_notes, bot))
    app.view(forms.NOTES_FORM)(partial(edited, bot))


def open_all(bot: Bot, ack: Ack, body: Payload, client: WebClient) -> None:
    ack()
    with bot.look() as work:
        view = blocks.all_met(service.people_met(work, sender(body)), clicked_id(body), work.now.date())
    open_view(body, client, view)


def turned(bot: Bot, ack: Ack, body: Payload, client: WebClient) -> None:
    ack()
    show(bot, client, sender(body), body["view"]["id"], clicked_id(body))


def show(bot: Bot, client: WebClient, person_id: str, view_id: str, page: int) -> None:
    with bot.look() as work:
        view = blocks.all_met(service.people_met(work, person_id), page, work.now.date())
    redraw(client, view_id, view)


def open_notes(bot: Bot, ack: Ack, body: Payload, client: WebClient) -> None:
    ack()
    other_id = clicked_value(body)
    page = (body.get("view") or {}).get("private_metadata", "")
    with bot.look() as work:
        name, meetings = service.meetings_with_notes(work, sender(body), other_id)
        today = work.now.date()
    open_view(body, client, forms.notes_form(name, meetings, today, about=f"{other_id}|{page}"))


def edited(bot: Bot, ack: Ack, body: Payload, client: WebClient) -> None:
    """Save the notes, then refresh the view they were opened from: Home, or the window with all people."""
    other_id, _, page = about(body).partition("|")
    words = forms.read_notes(answers(body))
    with bot.begin() as work:
        notes.save_notes_about(work, sender(body), other_id, words)
    ack()
    before = body["view"].get("previous_view_id")
    if before and (number := number_in(page)) is not None:
        show(bot, client, sender(body), before, number)
    show_home(bot, client, sender(body), Page.PEOPLE)

"""Handlers for an admin's preview of the next round."""

from collections import OrderedDict
from dataclasses import replace
from functools import partial
from threading import Lock

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.coffee.preview import blocks, forms
from bot.coffee.preview import service as previews
from bot.coffee.preview.blocks import Preview
from bot.coffee.rounds import notify
from bot.coffee.setup import blocks as setup_blocks
from bot.coffee.setup.admins import check_admin
from bot.coffee.setup.listeners import find
from bot.coffee.texts import preview as texts
from bot.core.errors import UserError
from bot.core.page import Page
from bot.core.work import Bot
from bot.slack.payload import Payload, about, about_id, answers, clicked_id, clicked_value, number_in, sender
from bot.slack.replies import open_view, redraw, show_home, window
from bot.slack.texts import OUTDATED


class Recent:
    """Cache of recent previews, so that paging through a large one does not match everyone again."""

    MOST = 8

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Preview] = OrderedDict()
        self._lock = Lock()

    def keep(self, preview: Preview) -> Preview:
        with self._lock:
            self._kept[preview.stamp] = preview
            while len(self._kept) > self.MOST:
                self._kept.popitem(last=False)
        return preview

    def find(self, stamp: str) -> Preview | None:
        with self._lock:
            return self._kept.get(stamp)


def register(app: App, bot: Bot) -> None:
    recent = Recent()
    app.action(setup_blocks.PREVIEW)(partial(opened, bot, recent))
    app.action(blocks.LOOK_AGAIN)(partial(looked_again, bot, recent))
    for button in (blocks.PREVIOUS, blocks.NEXT):
        app.action(button)(partial(turned, bot, recent))
    app.action(blocks.RESHUFFLE)(partial(reshuffled, bot, recent))
    app.action(blocks.KEEP_APART_ONCE)(partial(open_apart, bot))
    app.action(blocks.LET_MEET)(partial(let_meet, bot, recent))
    app.action(blocks.SEND_NOW)(partial(sent, bot, recent))
    app.view(forms.APART_ONCE_FORM)(partial(kept_apart, bot, recent))


def opened(bot: Bot, recent: Recent, ack: Ack, body: Payload, client: WebClient) -> None:
    ack()
    with bot.look() as work:
        program = find(work, clicked_id(body))
        check_admin(work, sender(body), program)
        view = blocks.waiting(program)
    # A trigger id expires after three seconds, and matching thousands takes longer.
    view_id = open_view(body, client, view)
    show(bot, recent, client, view_id, clicked_id(body), by=sender(body))


def show(
    bot: Bot,
    recent: Recent,
    client: WebClient,
    view_id: str,
    program_id: int,
    *,
    by: str,
    page: int = 0,
    news: str = "",
) -> None:
    try:
        preview = recent.keep(previews.look(bot, program_id, by=by))
    except UserError as problem:
        redraw(client, view_id, window(str(problem)))
        return
    redraw(client, view_id, blocks.window(replace(preview, page=page, news=news)))


def looked_again(bot: Bot, recent: Recent, ack: Ack, body: Payload, client: WebClient) -> None:
    ack()
    show(bot, recent, client, body["view"]["id"], clicked_id(body), by=sender(body))


def turned(bot: Bot, recent: Recent, ack: Ack, body: Payload, client: WebClient) -> None:
    ack()
    program_id, _, stamp = read_about(body)
    preview = recent.find(stamp)
    with bot.look() as work:
        check_admin(work, sender(body), find(work, program_id))
    if preview is None:
        show(bot, recent, client, body["view"]["id"], program_id, by=sender(body), page=clicked_id(body))
    else:
        redraw(client, body["view"]["id"], blocks.window(replace(preview, page=clicked_id(body))))


def reshuffled(bot: Bot, recent: Recent, ack: Ack, body: Payload, client: WebClient) -> None:
    ack()
    with bot.begin() as work:
        previews.reshuffle(work, clicked_id(body), by=sender(body))
    show(bot, recent, client, body["view"]["id"], clicked_id(body), by=sender(body), news=texts.RESHUFFLED())


def open_apart(bot: Bot, ack: Ack, body: Payload, client: WebClient) -> None:
    ack()
    with bot.look() as work:
        check_admin(work, sender(body), find(work, clicked_id(body)))
    open_view(body, client, forms.apart_form(clicked_id(body)))


def kept_apart(bot: Bot, recent: Recent, ack: Ack, body: Payload, client: WebClient) -> None:
    pair, program_id = forms.read_pair(answers(body).get(forms.PAIR)), about_id(body)
    with bot.begin() as work:
        previews.keep_apart(work, program_id, pair, by=sender(body))
    ack()
    before = body["view"].get("previous_view_id")
    if before:
        show(bot, recent, client, before, program_id, by=sender(body))


def let_meet(bot: Bot, recent: Recent, ack: Ack, body: Payload, client: WebClient) -> None:
    ack()
    program_id, _, _ = read_about(body)
    one, _, other = clicked_value(body).partition(",")
    with bot.begin() as work:
        previews.let_meet(work, program_id, (one, other), by=sender(body))
    show(bot, recent, client, body["view"]["id"], program_id, by=sender(body))


def sent(bot: Bot, recent: Recent, ack: Ack, body: Payload, client: WebClient) -> None:
    """Send the round as previewed, or show what has changed."""
    ack()
    program_id, _, stamp = read_about(body)
    view_id, by = body["view"]["id"], sender(body)
    seen = recent.find(stamp)
    if seen is not None and previews.still_stands(bot, seen, by=by):
        now = seen
    else:
        now = recent.keep(previews.look(bot, program_id, by=by))
    if now.stamp != stamp:
        is_over = seen is not None and seen.plan.due_at != now.plan.due_at
        redraw(client, view_id, blocks.window(replace(now, news=texts.STARTED() if is_over else texts.CHANGED())))
        return
    if not previews.send_now(bot, now, by=by):
        show(bot, recent, client, view_id, program_id, by=by, news=texts.CHANGED())
        return
    redraw(client, view_id, window(texts.SENT()))
    notify.tell_of_rounds(bot)
    show_home(bot, client, by, Page.ADMIN)


def read_about(body: Payload) -> tuple[int, int, str]:
    number, _, rest = about(body).partition(":")
    page, _, stamp = rest.partition(":")
    program_id = number_in(number)
    if program_id is None:
        raise UserError(OUTDATED())
    return program_id, number_in(page) or 0, stamp

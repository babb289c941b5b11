"""Listeners for the mapping of attribute sources."""

from functools import partial
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.core.errors import UserError
from bot.core.message import Block
from bot.core.page import Page
from bot.core.work import Bot, Work
from bot.people import texts
from bot.people.directory import check_admin
from bot.people.service import is_admin
from bot.people.sources import blocks, forms, reading, service
from bot.slack.client import reads_of
from bot.slack.payload import Payload, answers, clicked_id, sender, version_seen
from bot.slack.replies import open_then_draw, open_view, redraw, show_home
from storage.people import user_groups


def register(app: App, bot: Bot) -> None:
    app.action(blocks.CHOOSE_FIELDS)(partial(open_fields, bot))
    app.action(blocks.CHOOSE_GROUPS)(partial(open_groups, bot))
    app.action(blocks.CONFLICTS)(partial(open_conflicts, bot))
    app.action(blocks.EARLIER)(partial(turned, bot))
    app.action(blocks.FURTHER)(partial(turned, bot))
    app.view(forms.FIELDS_FORM)(partial(fields_chosen, bot))
    app.view(forms.GROUPS_FORM)(partial(groups_chosen, bot))
    for name in forms.GROUPS.values():
        app.options(name)(partial(groups, bot))


def on_admin_page(work: Work, person_id: str) -> list[Block]:
    return blocks.admin_section(service.chosen(work)) if is_admin(work, person_id) else []


def open_fields(bot: Bot, ack: Ack, body: Payload, client: WebClient) -> None:
    ack()
    with bot.look() as work:
        check_admin(work, sender(body))
    open_then_draw(body, client, partial(draw_fields, bot, client))


def draw_fields(bot: Bot, client: WebClient) -> dict[str, Any]:
    labels = reading.fields_offered(reads_of(client))
    with bot.look() as work:
        chosen = service.chosen(work)
        if not labels and not chosen.fields:
            raise UserError(texts.NO_FIELDS_IN_SLACK())
        return forms.fields_form(chosen, labels)


def fields_chosen(bot: Bot, ack: Ack, body: Payload, client: WebClient) -> None:
    """Save a choice among the offered fields. Slack may be slow and is called only after the acknowledgement."""
    wanted = forms.read_fields(answers(body), forms.labels_offered(body["view"]["blocks"]))
    with bot.begin() as work:
        service.choose_fields(work, wanted, by=sender(body), seen=version_seen(body))
    ack()
    reading.check_fields(bot, reads_of(client))
    reading.take_back_from_other_fields(bot)
    show_home(bot, client, sender(body), Page.ADMIN)


def open_groups(bot: Bot, ack: Ack, body: Payload, client: WebClient) -> None:
    ack()
    with bot.look() as work:
        check_admin(work, sender(body))
    open_then_draw(body, client, partial(draw_groups, bot, client))


def draw_groups(bot: Bot, client: WebClient) -> dict[str, Any]:
    names = reading.groups_offered(reads_of(client))
    with bot.begin() as work:
        service.note_groups_listed(work, names)
    with bot.look() as work:
        chosen = service.chosen(work)
        if not names and not chosen.groups:
            raise UserError(texts.NO_GROUPS_IN_SLACK())
        return forms.groups_form(chosen)


def groups_chosen(bot: Bot, ack: Ack, body: Payload, client: WebClient) -> None:
    with bot.look() as work:
        check_admin(work, sender(body))
        there = user_groups.all_groups(work)
        wanted = forms.read_groups(answers(body), {one.group_id: one.name for one in there if not one.is_gone})
    with bot.begin() as work:
        service.choose_groups(work, wanted, by=sender(body), seen=version_seen(body))
    ack()
    reading.weigh_groups(bot)
    show_home(bot, client, sender(body), Page.ADMIN)


def open_conflicts(bot: Bot, ack: Ack, body: Payload, client: WebClient) -> None:
    ack()
    with bot.look() as work:
        page = service.conflicts(work, 0, by=sender(body))
    open_view(body, client, blocks.conflicts(page))


def turned(bot: Bot, ack: Ack, body: Payload, client: WebClient) -> None:
    ack()
    with bot.look() as work:
        page = service.conflicts(work, clicked_id(body), by=sender(body))
    redraw(client, body["view"]["id"], blocks.conflicts(page))


def groups(bot: Bot, ack: Ack, payload: dict[str, Any]) -> None:
    with bot.look() as work:
        options = forms.groups_like(payload.get("value", ""), user_groups.all_groups(work))
    ack(options=options)

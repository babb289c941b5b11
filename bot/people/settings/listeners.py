"""Listeners for a person's settings, on Home's Settings page and `/weft settings`."""

from functools import partial
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.core.errors import NotForYou
from bot.core.message import Block
from bot.core.page import Page
from bot.core.work import Bot, Work
from bot.people import texts
from bot.people.settings import blocks, forms, service
from bot.people.settings.service import Settings
from bot.slack.payload import Payload, answers, sender
from bot.slack.replies import open_view, show_home
from storage.kinds import Attribute


def register(app: App, bot: Bot) -> None:
    app.action(blocks.EDIT_HOURS)(partial(open_hours, bot))
    app.action(blocks.USUAL_HOURS)(partial(usual_hours, bot))
    app.action(blocks.EDIT_ABOUT)(partial(open_about, bot))
    app.view(forms.HOURS_FORM)(partial(hours_set, bot))
    app.view(forms.ABOUT_FORM)(partial(told_about, bot))
    app.options(forms.COUNTRY)(countries)
    app.options(forms.TEAM)(partial(names, bot, Attribute.TEAM))
    app.options(forms.OFFICE)(partial(names, bot, Attribute.OFFICE))


def on_home(work: Work, person_id: str) -> list[Block]:
    mine = service.settings_of(work, person_id)
    return blocks.settings(mine) if mine is not None else []


def settings_of(bot: Bot, person_id: str) -> Settings:
    with bot.look() as work:
        mine = service.settings_of(work, person_id)
    if mine is None:
        raise NotForYou(texts.UNKNOWN_PERSON())
    return mine


def open_hours(bot: Bot, ack: Ack, body: Payload, client: WebClient) -> None:
    ack()
    open_view(body, client, forms.hours_form(settings_of(bot, sender(body))))


def open_about(bot: Bot, ack: Ack, body: Payload, client: WebClient) -> None:
    ack()
    open_view(body, client, forms.about_form(settings_of(bot, sender(body))))


def hours_set(bot: Bot, ack: Ack, body: Payload, client: WebClient) -> None:
    hours, country = forms.read_hours(answers(body))
    with bot.begin() as work:
        service.set_hours(work, sender(body), hours, country)
    ack()
    show_home(bot, client, sender(body), Page.SETTINGS)


def usual_hours(bot: Bot, ack: Ack, body: Payload, client: WebClient) -> None:
    ack()
    with bot.begin() as work:
        service.back_to_usual_hours(work, sender(body))
    show_home(bot, client, sender(body), Page.SETTINGS)


def told_about(bot: Bot, ack: Ack, body: Payload, client: WebClient) -> None:
    with bot.begin() as work:
        teams, offices = (service.names_known(work, one) for one in service.CHOSEN_ONLY_IF_UNKNOWN)
        service.tell_about(work, sender(body), forms.read_about(answers(body), teams, offices))
    ack()
    show_home(bot, client, sender(body), Page.SETTINGS)


def countries(ack: Ack, payload: dict[str, Any]) -> None:
    ack(options=forms.countries_like(payload.get("value", "")))


def names(bot: Bot, attribute: Attribute, ack: Ack, payload: dict[str, Any]) -> None:
    with bot.look() as work:
        known = service.names_known(work, attribute)
    ack(options=forms.names_like(payload.get("value", ""), known))

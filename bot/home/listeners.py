"""Listeners for the Home tab, its pages, and `/weft`."""

from functools import partial

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot.core.blocks import context, fitting, section
from bot.core.feature import Clients, Event, EventHandlers, Feature
from bot.core.message import Block
from bot.core.page import Page
from bot.core.work import Bot
from bot.home import pages, texts
from bot.slack.payload import Payload, sender
from bot.slack.replies import show_home

BLOCKS_IN_MESSAGE = 50


def register(features: tuple[Feature, ...], app: App, bot: Bot) -> None:
    for page in Page:
        app.action(pages.action_id(page))(partial(turned, bot, page))
    app.command("/weft")(partial(weft, features, bot))


def opened(bot: Bot, clients: Clients, event: Event) -> None:
    if event.get("tab") == "home":
        show_home(bot, clients.posts, event["user"])


def turned(bot: Bot, page: Page, ack: Ack, body: Payload, client: WebClient) -> None:
    ack()
    show_home(bot, client, sender(body), page)


def weft(features: tuple[Feature, ...], bot: Bot, ack: Ack, body: Payload, client: WebClient, respond: Respond) -> None:
    ack()
    word = (body.get("text") or "").strip().lower().partition(" ")[0]
    subcommands = {name: act for feature in features for name, act in feature.words.subcommands.items()}
    if word in subcommands:
        subcommands[word](bot, client, body, respond)
    elif word == "settings":
        show_page(features, bot, sender(body), Page.SETTINGS, respond)
    elif word == "admin":
        show_admin(features, bot, sender(body), respond)
    else:
        lead = texts.INTRO() if word in {"", "help"} else texts.UNKNOWN_WORD()
        with bot.look() as work:
            drawn = help_of(features, for_admin=pages.finds_admin_page(features, work, sender(body)))
        respond(text=lead, blocks=[section(lead), *drawn])


def show_admin(features: tuple[Feature, ...], bot: Bot, person_id: str, respond: Respond) -> None:
    with bot.look() as work:
        is_theirs = pages.finds_admin_page(features, work, person_id)
    if is_theirs:
        show_page(features, bot, person_id, Page.ADMIN, respond)
    else:
        respond(text=texts.NOT_ADMIN())


def show_page(features: tuple[Feature, ...], bot: Bot, person_id: str, page: Page, respond: Respond) -> None:
    with bot.look() as work:
        drawn = pages.sections(features, work, person_id, page)
    also = context(texts.ALSO_IN_HOME(page=texts.PAGES[page]()))
    more = texts.MORE_IN_HOME(page=texts.PAGES[page]())
    respond(text=texts.SHOWN[page](), blocks=fitting([*drawn, also], BLOCKS_IN_MESSAGE, more))


def help_of(features: tuple[Feature, ...], *, for_admin: bool) -> list[Block]:
    """List features for people first, then the subcommands of `/weft`."""
    together = [section("\n".join(one.words.help)) for one in features if one.words.help and not one.words.subcommands]
    of_weft = [line for feature in features if feature.words.subcommands for line in feature.words.help]
    return [
        *together,
        section("\n".join([texts.SETTINGS_HELP(), *of_weft, *([texts.ADMIN_HELP()] if for_admin else [])])),
    ]


EVENTS: EventHandlers = {"app_home_opened": opened}

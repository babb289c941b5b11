"""Opening Home, turning its pages, and `/weft`."""

from functools import partial

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot.core.blocks import section
from bot.core.feature import Event, Feature
from bot.core.message import Block
from bot.core.page import Page
from bot.core.work import Bot
from bot.home import pages
from bot.slack.payload import Payload, sender
from bot.slack.replies import show_home

INTRO = "Weft brings you together with colleagues from other teams. All of it is also in this app's Home tab."


def register(features: tuple[Feature, ...], app: App, bot: Bot) -> None:
    for page in Page:
        app.action(pages.action_id(page))(partial(turned, bot, page))
    app.command("/weft")(partial(weft, features))


def opened(bot: Bot, client: WebClient, event: Event) -> None:
    if event.get("tab") == "home":
        show_home(bot, client, event["user"])


def turned(bot: Bot, page: Page, ack: Ack, body: Payload, client: WebClient) -> None:
    ack()
    show_home(bot, client, sender(body), page)


def weft(features: tuple[Feature, ...], ack: Ack, body: Payload, respond: Respond) -> None:
    ack()
    word = (body.get("text") or "").strip().lower()
    lead = INTRO if word in {"", "help"} else f"I don't know that word. {INTRO}"
    respond(text=lead, blocks=[section(lead), *help_of(features)])


def help_of(features: tuple[Feature, ...]) -> list[Block]:
    return [section("\n".join(feature.help)) for feature in features if feature.help]


EVENTS = {"app_home_opened": opened}

"""Opening Home, turning its pages, and `/weft`."""

from functools import partial

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot.core.blocks import context, section
from bot.core.feature import Event, Feature
from bot.core.message import Block
from bot.core.page import Page
from bot.core.work import Bot
from bot.home import pages
from bot.slack.payload import Payload, sender
from bot.slack.replies import show_home

INTRO = "Weft brings you together with colleagues from other teams. All of it is also in this app's Home tab."

HELP = "`/weft settings` shows all that you can set: when you work, what people see of you, what I may say"
ALSO_IN_HOME = "You find the same in Weft's Home tab, under *Settings*."
BLOCKS_IN_MESSAGE = 49


def register(features: tuple[Feature, ...], app: App, bot: Bot) -> None:
    for page in Page:
        app.action(pages.action_id(page))(partial(turned, bot, page))
    app.command("/weft")(partial(weft, features, bot))


def opened(bot: Bot, client: WebClient, event: Event) -> None:
    if event.get("tab") == "home":
        show_home(bot, client, event["user"])


def turned(bot: Bot, page: Page, ack: Ack, body: Payload, client: WebClient) -> None:
    ack()
    show_home(bot, client, sender(body), page)


def weft(features: tuple[Feature, ...], bot: Bot, ack: Ack, body: Payload, client: WebClient, respond: Respond) -> None:
    ack()
    word = (body.get("text") or "").strip().lower().partition(" ")[0]
    does = {name: act for feature in features for name, act in feature.words.items()}
    if word in does:
        does[word](bot, client, body, respond)
    elif word == "settings":
        show_settings(features, bot, sender(body), respond)
    else:
        lead = INTRO if word in {"", "help"} else f"I don't know that word. {INTRO}"
        respond(text=lead, blocks=[section(lead), *help_of(features)])


def show_settings(features: tuple[Feature, ...], bot: Bot, person_id: str, respond: Respond) -> None:
    with bot.look() as work:
        drawn = pages.sections(features, work, person_id, Page.SETTINGS)
    respond(text="Your settings", blocks=[*drawn[:BLOCKS_IN_MESSAGE], context(ALSO_IN_HOME)])


def help_of(features: tuple[Feature, ...]) -> list[Block]:
    lines = [section("\n".join(feature.help)) for feature in features if feature.help]
    return [*lines, section(HELP)]


EVENTS = {"app_home_opened": opened}

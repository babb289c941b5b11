"""Handlers of `/network` and of the buttons in one's own network."""

from functools import partial

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot.core.blocks import section
from bot.core.errors import UserError
from bot.core.page import Page
from bot.core.work import Bot
from bot.network import blocks, forms, hello, service, texts
from bot.network.asking import listeners as asking
from bot.network.drawing import send_picture
from bot.slack.payload import Payload, about, answer, answers, clicked_value, is_from_home, page_of, sender
from bot.slack.replies import open_view, redraw, reply, say, show_home, window


def register(app: App, bot: Bot) -> None:
    app.command("/network")(partial(command, bot))
    app.action(blocks.WISH)(partial(wished, bot))
    app.action(blocks.UNWISH)(partial(unwished, bot))
    app.action(blocks.HELLO)(partial(open_hello, bot))
    app.action(blocks.PINS)(partial(open_pins, bot))
    app.action(blocks.RHYTHM)(partial(rhythm_chosen, bot))
    app.action(blocks.PICTURE)(partial(pictured, bot, False))
    app.action(blocks.DARK_PICTURE)(partial(pictured, bot, True))
    app.view(forms.PINS_FORM)(partial(pinned, bot))
    app.view(forms.HELLO_FORM)(partial(said_hello, bot))
    asking.register(app, bot)


def command(bot: Bot, ack: Ack, body: Payload, client: WebClient, respond: Respond) -> None:
    ack()
    match (body.get("text") or "").lower().split():
        case []:
            show(bot, sender(body), respond)
        case ["picture"] | ["picture", "light"]:
            draw(bot, body, client, respond, dark=False)
        case ["picture", "dark"]:
            draw(bot, body, client, respond, dark=True)
        case ["intro" | "reach"]:
            asking.show_reach(bot, body, client)
        case ["pins" | "pin"]:
            show_pins(bot, body, client)
        case words:
            lead = texts.WHAT_NETWORK_CAN_DO() if words == ["help"] else texts.UNKNOWN_WORD()
            respond(text=lead, blocks=[section("\n".join([lead, *(line() for line in texts.HELP)]))])


def show(bot: Bot, person_id: str, respond: Respond) -> None:
    with bot.look() as work:
        drawn = blocks.network(service.network_of(work, person_id))
    respond(text=texts.YOUR_NETWORK(), blocks=drawn)


def pictured(bot: Bot, dark: bool, ack: Ack, body: Payload, client: WebClient, respond: Respond) -> None:
    ack()
    draw(bot, body, client, respond, dark=dark)


def draw(bot: Bot, body: Payload, client: WebClient, respond: Respond, *, dark: bool) -> None:
    send_picture(bot, sender(body), dark=dark)
    say(body, client, respond, texts.ON_ITS_WAY())


def wished(bot: Bot, ack: Ack, body: Payload, client: WebClient) -> None:
    ack()
    team = clicked_value(body)
    with bot.begin() as work:
        is_new, ways = service.wish_for_team(work, sender(body), team)
    wish = (texts.TEAM_WISHED if is_new else texts.WISHED_ALREADY)(team=team)
    open_view(body, client, window(wish, *blocks.coffee_there(team, ways)))
    if is_from_home(body):
        show_home(bot, client, sender(body), page_of(body))


def unwished(bot: Bot, ack: Ack, body: Payload, client: WebClient) -> None:
    ack()
    team = clicked_value(body)
    with bot.begin() as work:
        service.take_wish_back(work, sender(body), team)
    redraw(client, body["view"]["id"], window(texts.WISH_UNDONE(team=team)))
    show_home(bot, client, sender(body), Page.PEOPLE)


def open_pins(bot: Bot, ack: Ack, body: Payload, client: WebClient) -> None:
    ack()
    show_pins(bot, body, client)


def show_pins(bot: Bot, body: Payload, client: WebClient) -> None:
    with bot.look() as work:
        pinned = service.chosen_pins(work, sender(body))
    open_view(body, client, forms.pins_form(pinned))


def pinned(bot: Bot, ack: Ack, body: Payload, client: WebClient) -> None:
    rhythms = forms.read_pins(answers(body))
    with bot.begin() as work:
        service.pin(work, sender(body), rhythms)
    ack(response_action="update", view=window(texts.PINS_SAVED()))
    show_home(bot, client, sender(body), Page.PEOPLE)


def rhythm_chosen(bot: Bot, ack: Ack, body: Payload, client: WebClient, respond: Respond) -> None:
    ack()
    other_id, _, weeks = str(answer(body["actions"][0])).partition(":")
    with bot.begin() as work:
        service.change_rhythm(work, sender(body), other_id, forms.weeks_in(weeks))
    reply(bot, body, client, respond, texts.RHYTHM_SAVED())


def open_hello(bot: Bot, ack: Ack, body: Payload, client: WebClient) -> None:
    ack()
    with bot.look() as work:
        name, words = hello.prepared(work, sender(body), clicked_value(body))
    open_view(body, client, forms.hello_form(clicked_value(body), name, words))


def said_hello(bot: Bot, ack: Ack, body: Payload) -> None:
    words = forms.read_words(answers(body))
    with bot.begin() as work:
        is_new = hello.say_hello(work, sender(body), about(body), words)
    if not is_new:
        raise UserError(texts.HELLO_TWICE())
    ack(response_action="update", view=window(texts.HELLO_SENT()))

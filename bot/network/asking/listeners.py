"""Handlers for finding an introduction to a person or team, and for the answers of connector and target."""

from functools import partial

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot.core.errors import UserError
from bot.core.lists import listed
from bot.core.work import Bot, Work
from bot.network import texts
from bot.network.asking import blocks, forms, service
from bot.slack.payload import (
    Payload,
    about,
    answers,
    clicked_id,
    clicked_value,
    number_in,
    sender,
)
from bot.slack.replies import open_view, reply, say, window
from storage.people import people


def register(app: App, bot: Bot) -> None:
    app.action(blocks.REACH)(partial(open_reach, bot))
    app.view(forms.REACH_FORM)(partial(looked, bot))
    app.view(forms.ASK_FORM)(partial(asked, bot))
    for action_id in blocks.CONNECTS:
        app.action(action_id)(partial(connector_agreed, bot))
    app.action(blocks.MEET)(partial(target_agreed, bot))
    app.action(blocks.RATHER_NOT)(partial(declined, bot))
    app.action(blocks.DONT_NAME)(partial(named, bot, False))
    app.action(blocks.NAME_AGAIN)(partial(named, bot, True))


def open_reach(bot: Bot, ack: Ack, body: Payload, client: WebClient) -> None:
    ack()
    show_reach(bot, body, client)


def show_reach(bot: Bot, body: Payload, client: WebClient) -> None:
    with bot.look() as work:
        teams = sorted(people.sizes(work).teams)
    open_view(body, client, forms.reach_form(teams))


def looked(bot: Bot, ack: Ack, body: Payload) -> None:
    target = forms.read_target(answers(body))
    with bot.begin() as work:
        paths = list(service.find_paths(work, sender(body), target))[: service.MOST_CONNECTORS]
        goal = goal_in_words(work, target)
        cards = people.cards(work, person_ids=paths)
    names = {one: cards[one].name for one in paths}
    if not names:
        ack(response_action="update", view=window(texts.NO_PATH(goal=goal)))
        return
    found = texts.COULD_INTRODUCE_TO_TEAM if forms.is_team(target) else texts.COULD_INTRODUCE
    lead = found(names=listed(list(names.values())), goal=goal)
    ack(response_action="update", view=forms.ask_form(target, lead, names))


def goal_in_words(work: Work, target: str) -> str:
    name = forms.name_of(target)
    if forms.is_team(target):
        return name
    return people.cards(work, person_ids=[name])[name].name


def asked(bot: Bot, ack: Ack, body: Payload) -> None:
    given = answers(body)
    because = forms.read_because(given)
    with bot.begin() as work:
        connector_id = str(given.get(forms.CONNECTOR) or "")
        sentence = service.ask(work, sender(body), about(body), connector_id=connector_id, because=because)
    ack(response_action="update", view=window(sentence))


def connector_agreed(bot: Bot, ack: Ack, body: Payload, client: WebClient, respond: Respond) -> None:
    ack()
    number, _, target_id = clicked_value(body).partition(":")
    request_id = number_in(number)
    if request_id is None:
        raise UserError(texts.REQUEST_GONE())
    with bot.begin() as work:
        sentence = service.connector_agrees(work, request_id, target_id, by=sender(body))
    answered(body, client, respond, sentence)


def target_agreed(bot: Bot, ack: Ack, body: Payload, client: WebClient, respond: Respond) -> None:
    ack()
    with bot.begin() as work:
        sentence = service.target_agrees(work, clicked_id(body), by=sender(body))
    answered(body, client, respond, sentence)


def declined(bot: Bot, ack: Ack, body: Payload, client: WebClient, respond: Respond) -> None:
    ack()
    with bot.begin() as work:
        sentence = service.declines(work, clicked_id(body), by=sender(body))
    answered(body, client, respond, sentence)


def answered(body: Payload, client: WebClient, respond: Respond, sentence: str) -> None:
    """Replace the question by the answer."""
    if body.get("response_url"):
        respond(text=sentence, replace_original=True)
    else:
        say(body, client, respond, sentence)


def named(bot: Bot, wanted: bool, ack: Ack, body: Payload, client: WebClient, respond: Respond) -> None:
    ack()
    with bot.begin() as work:
        service.let_name(work, sender(body), wanted=wanted)
    reply(bot, body, client, respond, texts.OPTED_IN() if wanted else texts.OPTED_OUT())

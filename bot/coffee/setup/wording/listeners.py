"""Handlers for message templates."""

from functools import partial

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.coffee.program.drawing import name
from bot.coffee.program.kinds import kind_of
from bot.coffee.program.rhythm import rhythm_of
from bot.coffee.program.templates import Template
from bot.coffee.setup import blocks as setup_blocks
from bot.coffee.setup import service as setup
from bot.coffee.setup.admins import check_admin
from bot.coffee.setup.listeners import about_of, find, read_about, saved
from bot.coffee.setup.wording import blocks, forms
from bot.core.work import Bot
from bot.slack.payload import Payload, about, answers, clicked_id, sender
from bot.slack.replies import open_view, redraw
from storage.programs.programs import Program


def register(app: App, bot: Bot) -> None:
    app.action(setup_blocks.WORDING)(partial(open_wording, bot))
    app.action(blocks.SHOW)(partial(show, bot))
    app.action(blocks.RESET)(reset)
    app.view(forms.WORDING_FORM)(partial(written, bot))


def open_wording(bot: Bot, ack: Ack, body: Payload, client: WebClient) -> None:
    ack()
    with bot.look() as work:
        program = find(work, clicked_id(body))
        check_admin(work, sender(body), program)
        own = {Template(name): words for name, words in program.templates.items() if name in set(Template)}
        view = forms.wording_form(own, about=about_of(program))
    open_view(body, client, view)


def show(bot: Bot, ack: Ack, body: Payload, client: WebClient) -> None:
    """Redraw the form with an example below each field, keeping what was typed."""
    ack()
    with bot.look() as work:
        program = find(work, read_about(body)[0] or 0)
        check_admin(work, sender(body), program)
        of = example_of(program)
    typed = answers(body)
    words, turn = forms.read(typed, strict=False), forms.turn_of(typed)
    view = forms.wording_form(words, about=about(body), turn=turn, shown=of)
    redraw(client, body["view"]["id"], view, seen=body["view"]["hash"])


def example_of(program: Program) -> dict[str, str]:
    return {
        "program": name(program),
        "who": kind_of(program).who(),
        "rhythm": rhythm_of(program).how_often,
        "minutes": str(program.minutes),
    }


def reset(ack: Ack, body: Payload, client: WebClient) -> None:
    ack()
    view = forms.wording_form({}, about=about(body), turn=forms.turn_of(answers(body)) + 1)
    redraw(client, body["view"]["id"], view, seen=body["view"]["hash"])


def written(bot: Bot, ack: Ack, body: Payload, client: WebClient) -> None:
    own = forms.read(answers(body))
    program_id, seen = read_about(body)
    with bot.begin() as work:
        setup.change_templates(work, program_id or 0, own, by=sender(body), seen=seen or 0)
    saved(bot, ack, body, client, program_id or 0)

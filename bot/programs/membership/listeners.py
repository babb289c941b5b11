"""Joining, breaks and leaving: by button, by form, and by the channel."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot.core.feature import Event
from bot.core.page import Page
from bot.core.texts import day, moment
from bot.core.work import Bot, Work
from bot.programs.membership import blocks, commands, forms, standing
from bot.programs.membership import service as membership
from bot.slack.payload import Payload, about_id, answers, clicked_id, is_from_home, page_of, sender
from bot.slack.replies import open_view, say, show_home, window
from storage import apart
from storage.kinds import ProgramState

Change = Callable[[Work, int, str], str]
"""A person changes something about themselves in a program, and gets a sentence back."""


def register(app: App, bot: Bot) -> None:
    app.command("/coffee")(partial(commands.coffee, bot))
    for action_id, change in CHANGES.items():
        app.action(action_id)(partial(pressed, bot, change))
    app.action(blocks.WHY)(partial(asked_why, bot))
    app.action(blocks.PAUSE)(partial(open_pause, bot))
    app.action(blocks.KEEP_APART)(partial(open_apart, bot))
    app.view(forms.PAUSE_FORM)(partial(paused, bot))
    app.view(forms.APART_FORM)(partial(kept_apart, bot))


def join(work: Work, program_id: int, person_id: str) -> str:
    program = membership.find(work, program_id)
    if membership.join(work, program_id, person_id):
        return f"You are in. The next round starts {moment(program.next_round_at, program.zone)}."
    return "You are in already."


def leave(work: Work, program_id: int, person_id: str) -> str:
    left = membership.leave(work, program_id, person_id)
    return "You have left. `/coffee join` brings you back any time." if left else "You are not in it any more."


def resume(work: Work, program_id: int, person_id: str) -> str:
    membership.resume(work, program_id, person_id)
    program = membership.find(work, program_id)
    return f"Welcome back. The next round starts {moment(program.next_round_at, program.zone)}."


def skip(work: Work, program_id: int, person_id: str) -> str:
    return blocks.sits_out(membership.skip(work, program_id, person_id))


def unskip(work: Work, program_id: int, person_id: str) -> str:
    membership.unskip(work, program_id, person_id)
    return "You are in for the next round."


def stay(work: Work, program_id: int, person_id: str) -> str:
    program = membership.stay(work, program_id, person_id)
    return f"Good to have you. The next round starts {moment(program.next_round_at, program.zone)}."


CHANGES: dict[str, Change] = {
    blocks.JOIN: join,
    blocks.LEAVE: leave,
    blocks.RESUME: resume,
    blocks.SKIP: skip,
    blocks.UNSKIP: unskip,
    blocks.STAY: stay,
}


def pressed(bot: Bot, change: Change, ack: Ack, body: Payload, client: WebClient, respond: Respond) -> None:
    ack()
    with bot.begin() as work:
        sentence = change(work, clicked_id(body), sender(body))
    if is_from_home(body):
        show_home(bot, client, sender(body), page_of(body))
    else:
        say(body, client, respond, sentence)


def asked_why(bot: Bot, ack: Ack, body: Payload, client: WebClient, respond: Respond) -> None:
    ack()
    with bot.look() as work:
        sentence = standing.why(work, membership.find(work, clicked_id(body)), sender(body))
    say(body, client, respond, sentence)


def open_pause(bot: Bot, ack: Ack, body: Payload, client: WebClient) -> None:
    ack()
    with bot.look() as work:
        program = membership.find(work, clicked_id(body))
        today = membership.today_of(work, sender(body))
        membership.membership_of(work, program.id, sender(body))
    open_view(body, client, forms.pause_form(program.id, program.name, today))


def paused(bot: Bot, ack: Ack, body: Payload, client: WebClient) -> None:
    with bot.begin() as work:
        until = forms.read_pause(answers(body), membership.today_of(work, sender(body)))
        membership.pause(work, about_id(body), sender(body), until=until)
    ack(response_action="update", view=window(f"You are taking a break until {day(until)}. Enjoy it."))
    show_home(bot, client, sender(body))


def open_apart(bot: Bot, ack: Ack, body: Payload, client: WebClient) -> None:
    ack()
    with bot.look() as work:
        chosen = apart.wishes_of(work.session, workspace_id=work.workspace_id, person_id=sender(body))
    open_view(body, client, forms.apart_form(chosen))


def kept_apart(bot: Bot, ack: Ack, body: Payload, client: WebClient) -> None:
    with bot.begin() as work:
        membership.keep_apart(work, sender(body), answers(body).get(forms.APART) or [])
    ack()
    show_home(bot, client, sender(body), Page.PEOPLE)


def channel_joined(bot: Bot, _client: WebClient, event: Event) -> None:
    with bot.begin() as work:
        program = commands.program_here(work, event["channel"])
        if program is not None and program.state is ProgramState.RUNNING:
            membership.joined_channel(work, program.id, event["user"], at=moment_of(event, work.now))


def channel_left(bot: Bot, _client: WebClient, event: Event) -> None:
    with bot.begin() as work:
        program = commands.program_here(work, event["channel"])
        if program is not None:
            membership.left_channel(work, program.id, event["user"], at=moment_of(event, work.now))


def moment_of(event: Event, now: datetime) -> datetime:
    """When it happened. Slack's clock may be ahead of ours."""
    return min(datetime.fromtimestamp(float(event["event_ts"]), UTC), now) if "event_ts" in event else now


EVENTS = {"member_joined_channel": channel_joined, "member_left_channel": channel_left}

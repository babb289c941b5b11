"""Handlers for joining, breaks and leaving: buttons, forms and channel events."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot.coffee.membership import blocks, commands, forms, pausing, rules, skipping, standing
from bot.coffee.membership import service as membership
from bot.coffee.membership.blocks import Reply
from bot.coffee.membership.skipping import Meant, read_meant
from bot.coffee.program.buttons import JOIN, LEAVE, PAUSE, RESUME, SKIP, STAY, UNSKIP
from bot.coffee.program.lookup import find
from bot.coffee.texts import membership as texts
from bot.core.errors import UserError
from bot.core.feature import Clients, Event, EventHandlers
from bot.core.mrkdwn import day
from bot.core.page import Page
from bot.core.work import Bot, Work
from bot.people.hours import today_of
from bot.people.sync import read_person
from bot.slack.payload import (
    Payload,
    about,
    answers,
    clicked_id,
    clicked_value,
    is_from_home,
    number_in,
    page_of,
    sender,
)
from bot.slack.replies import open_view, say, show_home, window
from bot.slack.texts import OUTDATED
from storage.kinds import ProgramState
from storage.people import people
from storage.programs import apart, programs

Change = Callable[[Work, Meant, str], Reply]
"""Handler of a membership change: takes the transaction, the round meant and the person id."""


def register(app: App, bot: Bot) -> None:
    app.command("/coffee")(partial(commands.coffee, bot))
    for action_id, change in CHANGES.items():
        app.action(action_id)(partial(pressed, bot, change))
    app.action(blocks.WHY)(partial(asked_why, bot))
    app.action(PAUSE)(partial(open_pause, bot))
    app.action(blocks.PAUSE_UNTIL)(partial(paused_until, bot))
    app.action(RESUME)(partial(resumed, bot))
    app.action(blocks.KEEP_APART)(partial(open_apart, bot))
    app.view(forms.PAUSE_FORM)(partial(paused, bot))
    app.view(forms.APART_FORM)(partial(kept_apart, bot))


def join(work: Work, meant: Meant, person_id: str) -> Reply:
    was_in = not membership.join(work, meant.program_id, person_id)
    return blocks.joined(find(work, meant.program_id), was_in=was_in)


def leave(work: Work, meant: Meant, person_id: str) -> Reply:
    membership.leave(work, meant.program_id, person_id)
    return blocks.left(find(work, meant.program_id))


def stay(work: Work, meant: Meant, person_id: str) -> Reply:
    return blocks.stays(membership.stay(work, meant.program_id, person_id))


CHANGES: dict[str, Change] = {
    JOIN: join,
    LEAVE: leave,
    SKIP: skipping.skip,
    UNSKIP: skipping.unskip,
    STAY: stay,
}


def pressed(bot: Bot, change: Change, ack: Ack, body: Payload, client: WebClient, respond: Respond) -> None:
    ack()
    meant = read_meant(clicked_value(body), posted_at(body))
    if meant is None:
        raise UserError(OUTDATED())
    with bot.begin() as work:
        reply = change(work, meant, sender(body))
    leave_reply(bot, body, client, respond, reply)


def resumed(bot: Bot, ack: Ack, body: Payload, client: WebClient, respond: Respond) -> None:
    ack()
    with bot.begin() as work:
        reply = pausing.resume(work, ids_in(clicked_value(body)), sender(body))
    leave_reply(bot, body, client, respond, reply)


def paused_until(bot: Bot, ack: Ack, body: Payload, client: WebClient, respond: Respond) -> None:
    ack()
    ids, _, until = clicked_value(body).partition(":")
    with bot.begin() as work:
        day = rules.read_until(until, today_of(work, sender(body)))
        reply = pausing.pause(work, ids_in(ids), sender(body), until=day)
    leave_reply(bot, body, client, respond, reply)


def ids_in(words: str) -> list[int]:
    """Parse `3` or `3,5`. Raises UserError for anything else."""
    numbers = [number_in(each) for each in words.split(",")]
    if None in numbers:
        raise UserError(OUTDATED())
    return [number for number in numbers if number is not None]


def posted_at(body: Payload) -> datetime | None:
    """Return when the message with the pressed button was posted."""
    ts = (body.get("message") or {}).get("ts")
    return datetime.fromtimestamp(float(ts), UTC) if ts else None


def leave_reply(bot: Bot, body: Payload, client: WebClient, respond: Respond, reply: Reply) -> None:
    """Replace the pressed buttons by the reply. On Home, redraw it instead."""
    if is_from_home(body):
        show_home(bot, client, sender(body), page_of(body))
        return
    message = body.get("message") or {}
    pressed_in = body["actions"][0].get("block_id")
    shown = message.get("blocks") or []
    if not any(block.get("block_id") == pressed_in for block in shown):
        respond(text=reply.text, blocks=reply.blocks, replace_original=True)  # Ephemeral messages come without blocks.
        return
    replaced = [new for old in shown for new in (reply.blocks if old.get("block_id") == pressed_in else [old])]
    respond(text=message.get("text", ""), blocks=replaced, replace_original=True)


def asked_why(bot: Bot, ack: Ack, body: Payload, client: WebClient, respond: Respond) -> None:
    ack()
    with bot.look() as work:
        sentence = standing.why(work, find(work, clicked_id(body)), sender(body))
    say(body, client, respond, sentence)


def open_pause(bot: Bot, ack: Ack, body: Payload, client: WebClient) -> None:
    ack()
    with bot.look() as work:
        view = pausing.form(work, ids_in(clicked_value(body)), sender(body))
    open_view(body, client, view)


def paused(bot: Bot, ack: Ack, body: Payload, client: WebClient) -> None:
    with bot.begin() as work:
        today = today_of(work, sender(body))
        until = forms.read_pause(answers(body), today)
        pausing.pause(work, ids_in(about(body)), sender(body), until=until)
    ack(response_action="update", view=window(texts.BREAK_UNTIL(day=day(until, today))))
    show_home(bot, client, sender(body))


def open_apart(bot: Bot, ack: Ack, body: Payload, client: WebClient) -> None:
    ack()
    with bot.look() as work:
        chosen = apart.wishes_of(work, person_id=sender(body))
    open_view(body, client, forms.apart_form(chosen))


def kept_apart(bot: Bot, ack: Ack, body: Payload, client: WebClient) -> None:
    with bot.begin() as work:
        membership.keep_apart(work, sender(body), answers(body).get(forms.APART) or [])
    ack()
    show_home(bot, client, sender(body), Page.PEOPLE)


def channel_joined(bot: Bot, clients: Clients, event: Event) -> None:
    """Join the channel's program. Slack is asked only about people whose `team_join` has not come yet."""
    person_id = str(event["user"])
    with bot.look() as work:
        program = programs.program_of_channel(work, channel_id=event["channel"])
        if program is None or program.state is not ProgramState.RUNNING:
            return
        program_id, is_known = program.id, people.get(work, person_id=person_id) is not None
    if not is_known:
        read_person(bot, clients.reads, person_id)
    with bot.begin() as work:
        membership.joined_channel(work, program_id, person_id, at=moment_of(event, work.now))


def channel_left(bot: Bot, _clients: Clients, event: Event) -> None:
    with bot.begin() as work:
        program = programs.program_of_channel(work, channel_id=event["channel"])
        if program is not None:
            membership.left_channel(work, program.id, event["user"], at=moment_of(event, work.now))


def moment_of(event: Event, now: datetime) -> datetime:
    """Return the time of the event, at most now, as Slack's clock may be ahead."""
    return min(datetime.fromtimestamp(float(event["event_ts"]), UTC), now) if "event_ts" in event else now


EVENTS: EventHandlers = {"member_joined_channel": channel_joined, "member_left_channel": channel_left}

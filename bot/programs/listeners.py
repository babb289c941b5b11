"""What Slack tells us about programs: buttons, forms, and channels that people join and leave."""

from collections.abc import Callable
from functools import partial
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot.core.errors import UserError
from bot.core.texts import day, moment
from bot.core.work import Bot, Work
from bot.programs import blocks, check_ins, commands, forms, membership, setup, slots
from bot.programs.channels import make_ready, read_members
from bot.slack.payload import Payload, about, answers, clicked_value, is_from_home, sender
from bot.slack.replies import say, show_home, window
from storage import apart
from storage import people as kept_people
from storage.kinds import Answer

Change = Callable[[Work, int, str], str]
"""A person changes something about themselves in a program, and gets a sentence back."""


def register(app: App, bot: Bot) -> None:
    app.command("/coffee")(partial(commands.coffee, bot))
    for action_id, change in CHANGES.items():
        app.action(action_id)(partial(pressed, bot, change))
    for answer, action_id in blocks.ANSWERS.items():
        app.action(action_id)(partial(answered, bot, answer))
    app.action(blocks.SLOT)(partial(slot_chosen, bot))
    app.action(blocks.PAUSE)(partial(open_pause, bot))
    app.action(blocks.SET_UP)(partial(open_set_up, bot))
    app.action(blocks.EDIT)(partial(open_set_up, bot))
    app.action(blocks.KEEP_APART)(partial(open_apart, bot))
    app.options(forms.ZONE)(zones)
    app.view(forms.SET_UP_FORM)(partial(set_up, bot))
    app.view(forms.PAUSE_FORM)(partial(paused, bot))
    app.view(forms.APART_FORM)(partial(kept_apart, bot))
    app.event("member_joined_channel")(partial(channel_joined, bot))
    app.event("member_left_channel")(partial(channel_left, bot))


# Buttons


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
    program = membership.skip(work, program_id, person_id)
    return f"You sit out the round of {moment(program.next_round_at, program.zone)}. The one after it is yours again."


def unskip(work: Work, program_id: int, person_id: str) -> str:
    membership.unskip(work, program_id, person_id)
    return "You are in for the next round."


CHANGES: dict[str, Change] = {
    blocks.JOIN: join,
    blocks.LEAVE: leave,
    blocks.RESUME: resume,
    blocks.SKIP: skip,
    blocks.UNSKIP: unskip,
}


def pressed(bot: Bot, change: Change, ack: Ack, body: Payload, client: WebClient, respond: Respond) -> None:
    ack()
    with bot.begin() as work:
        sentence = change(work, program_of(body), sender(body))
    if is_from_home(body):
        show_home(bot, client, sender(body))
    else:
        say(body, client, respond, sentence)


def program_of(body: Payload) -> int:
    value = clicked_value(body)
    if not value.isdigit():
        raise UserError("I can't read this button any more. Weft's Home tab has the same one.")
    return int(value)


def answered(bot: Bot, answer: Answer, ack: Ack, body: Payload, client: WebClient, respond: Respond) -> None:
    ack()
    with bot.begin() as work:
        check_ins.record_answer(work, program_of(body), by=sender(body), answer=answer)
    if is_from_home(body):
        show_home(bot, client, sender(body))
    elif body.get("channel", {}).get("name") == "directmessage":
        # The question has done its work; the group's introduction stays for the others.
        respond(text=blocks.THANKS[answer], replace_original=True)
    else:
        say(body, client, respond, blocks.THANKS[answer])


def slot_chosen(bot: Bot, ack: Ack, body: Payload, client: WebClient, respond: Respond) -> None:
    ack()
    with bot.begin() as work:
        sentence = slots.choose(work, program_of(body), by=sender(body))
    say(body, client, respond, sentence)


# Forms


def open_pause(bot: Bot, ack: Ack, body: Payload, client: WebClient) -> None:
    ack()
    with bot.look() as work:
        program = membership.find(work, program_of(body))
        today = membership.today_of(work, sender(body))
        membership.membership_of(work, program.id, sender(body))
    client.views_open(trigger_id=body["trigger_id"], view=forms.pause_form(program.id, program.name, today))


def paused(bot: Bot, ack: Ack, body: Payload, client: WebClient) -> None:
    with bot.begin() as work:
        until = forms.read_pause(answers(body), membership.today_of(work, sender(body)))
        membership.pause(work, int(about(body)), sender(body), until=until)
    ack(response_action="update", view=window(f"You are taking a break until {day(until)}. Enjoy it."))
    show_home(bot, client, sender(body))


def open_apart(bot: Bot, ack: Ack, body: Payload, client: WebClient) -> None:
    ack()
    with bot.look() as work:
        chosen = apart.wishes_of(work.session, workspace_id=work.workspace_id, person_id=sender(body))
    client.views_open(trigger_id=body["trigger_id"], view=forms.apart_form(chosen))


def kept_apart(bot: Bot, ack: Ack, body: Payload, client: WebClient) -> None:
    with bot.begin() as work:
        membership.keep_apart(work, sender(body), answers(body).get(forms.APART) or [])
    ack()
    show_home(bot, client, sender(body))


def open_set_up(bot: Bot, ack: Ack, body: Payload, client: WebClient) -> None:
    ack()
    value = clicked_value(body)
    with bot.look() as work:
        setup.check_admin(work, sender(body))
        program = membership.find(work, int(value)) if value.isdigit() else None
        admin = kept_people.get(work.session, workspace_id=work.workspace_id, person_id=sender(body))
    client.views_open(trigger_id=body["trigger_id"], view=forms.set_up_form(admin.zone if admin else "UTC", program))


def zones(ack: Ack, payload: dict[str, Any]) -> None:
    ack(options=forms.zones_like(payload.get("value", "")))


def set_up(bot: Bot, ack: Ack, body: Payload, client: WebClient) -> None:
    wanted = forms.read_set_up(answers(body))
    with bot.look() as work:
        setup.check_admin(work, sender(body))
    make_ready(client, wanted.channel_id)
    with bot.begin() as work:
        if about(body):
            program = setup.change(work, int(about(body)), wanted, by=sender(body))
        else:
            program = setup.set_up(work, wanted, by=sender(body))
    ack()
    read_members(bot, client, program.id)
    show_home(bot, client, sender(body))


# Channels


def channel_joined(bot: Bot, event: dict[str, Any]) -> None:
    with bot.begin() as work:
        program = commands.program_here(work, event["channel"])
        if program is not None and is_known(work, event["user"]):
            membership.join(work, program.id, event["user"], through_channel=True)


def channel_left(bot: Bot, event: dict[str, Any]) -> None:
    with bot.begin() as work:
        program = commands.program_here(work, event["channel"])
        if program is not None:
            membership.leave(work, program.id, event["user"])


def is_known(work: Work, person_id: str) -> bool:
    """Bots, guests and people of other companies join channels too."""
    person = kept_people.get(work.session, workspace_id=work.workspace_id, person_id=person_id)
    return person is not None and person.is_active and not person.is_guest

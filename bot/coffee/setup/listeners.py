"""Handlers for the setup forms and windows."""

from functools import partial
from typing import Any

from slack_bolt import Ack, App, BoltContext
from slack_sdk import WebClient

from bot.coffee.setup import blocks, forms, groups, overview, reading
from bot.coffee.setup import service as setup
from bot.coffee.setup.admins import check_admin
from bot.coffee.setup.channels import make_ready, make_ready_again, read_members
from bot.coffee.setup.wanted import Wanted
from bot.coffee.texts import setup as texts
from bot.core.blocks import option
from bot.core.errors import UserError
from bot.core.page import Page
from bot.core.work import Bot, Work
from bot.people.hours import today_of
from bot.people.sources.forms import groups_like
from bot.people.sources.reading import list_groups_when_old
from bot.slack.client import reads_of
from bot.slack.deferred_views import ack_then_update_view
from bot.slack.payload import Payload, about, answers, clicked_id, clicked_value, is_from_home, number_in, sender
from bot.slack.replies import open_view, redraw, show_home
from bot.slack.texts import OUTDATED
from storage.kinds import GroupedBy, ProgramState
from storage.people import people as kept_people
from storage.people import user_groups
from storage.programs import programs
from storage.programs.programs import Program


def register(app: App, bot: Bot) -> None:
    app.action(blocks.SET_UP)(partial(open_set_up, bot))
    app.action(blocks.EDIT)(partial(open_set_up, bot))
    app.action(blocks.OPEN)(partial(open_window, bot))
    app.action(blocks.FIND)(partial(open_found, bot))
    app.action(blocks.MORE)(partial(open_more, bot))
    app.action(blocks.START)(partial(started, bot))
    app.action(blocks.STOP)(partial(stopped, bot))
    app.action(blocks.DELETE)(partial(deleted, bot))
    for field in (blocks.KIND, blocks.GROUPED_BY, blocks.RHYTHM):
        app.action(field)(partial(redrawn, bot))
    app.options(forms.ZONE)(zones)
    app.options(forms.COUNTRY)(countries)
    for name in (forms.USER_GROUPS, forms.AUDIENCE):
        app.options(name)(partial(user_groups_like, bot))
    app.options(blocks.FIND)(partial(finds, bot))
    app.view(forms.SET_UP_FORM)(partial(set_up, bot))
    app.view(forms.MORE_FORM)(partial(more_set_up, bot))


# The setup form


def open_set_up(bot: Bot, ack: Ack, body: Payload, client: WebClient) -> None:
    ack()
    is_new = not clicked_value(body)
    with bot.look() as work:
        program = None if is_new else find(work, clicked_id(body))
        check_admin(work, sender(body), program)
        names = groups.names_of_members(work)
        if program is None:
            admin = kept_people.get(work, person_id=sender(body))
            view = forms.set_up_form(forms.new(admin.zone if admin else "UTC"), names)
        else:
            today = today_of(work, sender(body))
            view = forms.set_up_form(forms.of(program, today), names, about=about_of(program))
    open_view(body, client, view)


def redrawn(bot: Bot, ack: Ack, body: Payload, client: WebClient) -> None:
    """Redraw the form after a choice that other fields depend on, keeping what was typed."""
    ack()
    reading.read_kind(answers(body))
    program_id, _ = read_about(body)
    with bot.look() as work:
        known = programs.program(work, program_id=program_id or 0)
        check_admin(work, sender(body), known)
        names = groups.names_of_members(work)
    view = forms.set_up_form(answers(body), names, about=about(body))
    redraw(client, body["view"]["id"], view, seen=body["view"]["hash"])
    if answers(body).get(blocks.GROUPED_BY) == GroupedBy.USER_GROUP:
        list_groups_when_old(bot, reads_of(client))


def set_up(bot: Bot, ack: Ack, body: Payload, client: WebClient, context: BoltContext) -> None:
    """Save the form. What Weft knows is checked at once; for a channel new to the program, Slack is asked first."""
    program_id, seen = read_about(body)
    with bot.look() as work:
        known = programs.program(work, program_id=program_id or 0)
        check_admin(work, sender(body), known)
        if program_id is not None:
            setup.check_seen(known, seen)
        wanted = reading.read_set_up(answers(body), today_of(work, sender(body)))
        setup.check_channel_is_free(work, wanted, besides=known)
        keeps_channel = known is not None and known.channel_id == wanted.channel_id
    if keeps_channel:
        saved(bot, ack, body, client, keep(bot, body, wanted))
        make_ready_again(reads_of(client), wanted.channel_id)
        groups.read_groups_when_due(bot, reads_of(client))
    else:
        then = partial(look_around, bot, client, sender(body), wanted.channel_id)
        ack_then_update_view(ack, context, body, client, partial(set_up_there, bot, body, client, wanted), then)


def set_up_there(bot: Bot, body: Payload, client: WebClient, wanted: Wanted) -> dict[str, Any]:
    is_private = make_ready(reads_of(client), wanted.channel_id)
    view = window_of(bot, keep(bot, body, wanted, is_private=is_private))
    if before := body["view"].get("previous_view_id"):
        redraw(client, before, view)
    return view


def keep(bot: Bot, body: Payload, wanted: Wanted, *, is_private: bool | None = None) -> int:
    """Save the form and return the program's id. `is_private`: of the channel, if Slack was asked."""
    program_id, seen = read_about(body)
    with bot.begin() as work:
        if program_id is None:
            program = setup.set_up(work, wanted, by=sender(body))
        else:
            program = setup.change(work, program_id, wanted, by=sender(body), seen=seen)
        program.is_private = program.is_private if is_private is None else is_private
        return program.id


def look_around(bot: Bot, client: WebClient, person_id: str, channel_id: str) -> None:
    with bot.look() as work:
        program = programs.program_of_channel(work, channel_id=channel_id)
        program_id = program.id if program is not None else None
    if program_id is not None:
        read_members_once(bot, client, program_id)
        show_home(bot, client, person_id, Page.ADMIN)
    groups.read_groups_when_due(bot, reads_of(client))


def saved(bot: Bot, ack: Ack, body: Payload, client: WebClient, program_id: int) -> None:
    """Show the saved program, in the previous window or in place of the form."""
    view = window_of(bot, program_id)
    before = body["view"].get("previous_view_id")
    if before:
        ack()
        redraw(client, before, view)
    else:
        ack(response_action="update", view=view)
    read_members_once(bot, client, program_id)
    show_home(bot, client, sender(body), Page.ADMIN)


def read_members_once(bot: Bot, client: WebClient, program_id: int) -> None:
    """Read the channel of a running program, unless that was done."""
    with bot.look() as work:
        program = find(work, program_id)
        is_unread = program.members_read_at is None and program.state is ProgramState.RUNNING
    if is_unread:
        read_members(bot, reads_of(client), program_id)


# The second form


def open_more(bot: Bot, ack: Ack, body: Payload, client: WebClient) -> None:
    ack()
    with bot.look() as work:
        program = find(work, clicked_id(body))
        check_admin(work, sender(body), program)
        admins = programs.admins_of(work, program_id=program.id)
        today, names = today_of(work, sender(body)), groups.names_of_members(work)
        view = forms.more_form(program, admins, today, names, about=about_of(program))
    open_view(body, client, view)
    list_groups_when_old(bot, reads_of(client))


def more_set_up(bot: Bot, ack: Ack, body: Payload, client: WebClient) -> None:
    program_id, seen = read_about(body)
    with bot.look() as work:
        wanted = reading.read_more(answers(body), today_of(work, sender(body)))
    with bot.begin() as work:
        program = setup.change_more(work, program_id or 0, wanted, by=sender(body), seen=seen or 0)
        program_id, has_audience = program.id, bool(program.audience) and program.state is ProgramState.RUNNING
    saved(bot, ack, body, client, program_id)
    groups.read_groups_when_due(bot, reads_of(client))
    if has_audience:
        read_members(bot, reads_of(client), program_id)  # More people may be eligible now.


# The window of a program


def open_window(bot: Bot, ack: Ack, body: Payload, client: WebClient) -> None:
    ack()
    show_window(bot, body, client, clicked_id(body))


def open_found(bot: Bot, ack: Ack, body: Payload, client: WebClient) -> None:
    ack()
    value = str((body["actions"][0].get("selected_option") or {}).get("value", ""))
    show_window(bot, body, client, number_in(value) or 0)


def show_window(bot: Bot, body: Payload, client: WebClient, program_id: int) -> None:
    with bot.look() as work:
        check_admin(work, sender(body), find(work, program_id))
    open_view(body, client, window_of(bot, program_id))


def window_of(bot: Bot, program_id: int) -> dict[str, Any]:
    with bot.look() as work:
        return blocks.window(overview.overview(work, find(work, program_id)))


def started(bot: Bot, ack: Ack, body: Payload, client: WebClient) -> None:
    ack()
    with bot.look() as work:
        program = find(work, clicked_id(body))
        check_admin(work, sender(body), program)
        channel_id = program.channel_id
    make_ready(reads_of(client), channel_id)
    with bot.begin() as work:
        setup.start(work, clicked_id(body), by=sender(body))
    read_members_once(bot, client, clicked_id(body))
    show_again(bot, body, client, clicked_id(body))


def stopped(bot: Bot, ack: Ack, body: Payload, client: WebClient) -> None:
    ack()
    with bot.begin() as work:
        setup.stop(work, clicked_id(body), by=sender(body))
    show_again(bot, body, client, clicked_id(body))


def deleted(bot: Bot, ack: Ack, body: Payload, client: WebClient) -> None:
    ack()
    with bot.begin() as work:
        setup.delete_draft(work, clicked_id(body), by=sender(body))
    redraw(client, body["view"]["id"], blocks.draft_gone())
    show_home(bot, client, sender(body), Page.ADMIN)


def show_again(bot: Bot, body: Payload, client: WebClient, program_id: int) -> None:
    if not is_from_home(body) and "view" in body:
        redraw(client, body["view"]["id"], window_of(bot, program_id))
    show_home(bot, client, sender(body), Page.ADMIN)


# Options of external selects


def zones(ack: Ack, payload: dict[str, Any]) -> None:
    ack(options=forms.zones_like(payload.get("value", "")))


def countries(ack: Ack, payload: dict[str, Any]) -> None:
    ack(options=forms.countries_like(payload.get("value", "")))


def user_groups_like(bot: Bot, ack: Ack, client: WebClient, payload: dict[str, Any]) -> None:
    """Offer the known groups, and refresh them from Slack for the next keystroke."""
    with bot.look() as work:
        options = groups_like(payload.get("value", ""), user_groups.all_groups(work))
    ack(options=options)
    list_groups_when_old(bot, reads_of(client))


def finds(bot: Bot, ack: Ack, body: Payload, payload: dict[str, Any]) -> None:
    with bot.look() as work:
        found = overview.found(work, sender(body), payload.get("value", ""))
    ack(options=[option(name, str(program_id)) for program_id, name in found[: forms.MOST_OPTIONS]])


def find(work: Work, program_id: int) -> Program:
    program = programs.program(work, program_id=program_id)
    if program is None:
        raise UserError(texts.NO_PROGRAM())
    return program


def about_of(program: Program) -> str:
    return f"{program.id}:{program.version}"


def read_about(body: Payload) -> tuple[int | None, int | None]:
    """Return a form's program id and the version seen; (None, None) for a new program."""
    if not about(body):
        return None, None
    program_id, version = map(number_in, about(body).partition(":")[::2])
    if program_id is None or version is None:
        raise UserError(OUTDATED())
    return program_id, version

"""Channels of programs: joining them, syncing their members, and channel events."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial

from slack_sdk.errors import SlackApiError

from bot.coffee.membership import service as membership
from bot.coffee.program.lookup import find
from bot.coffee.setup import blocks, forms
from bot.coffee.setup import service as setup
from bot.coffee.setup.admins import tell_admins
from bot.coffee.texts import setup as texts
from bot.core import keys, resync
from bot.core.clients import ReadingClient
from bot.core.errors import FormError, UserError
from bot.core.feature import Clients, Event, EventHandlers
from bot.core.resync import is_due
from bot.core.work import Bot, Work
from bot.slack.channels import enter, look_at
from bot.slack.client import SLACK_FAILURES
from bot.slack.replies import understood
from storage.kinds import ProgramState
from storage.programs import programs
from storage.workspaces import Workspace

logger = logging.getLogger(__name__)

PAGE = 200
AT_ONCE = 25
UNREAD_FOR = timedelta(hours=1)
"""Grace period before admins are alerted, for passing failures of Slack."""
FAILING_SINCE = "channels.failing_since:"
MISSED = "channels.missed:"
LOST = {"channel_not_found", "is_archived", "not_in_channel", "channel_deleted"}


def make_ready(client: ReadingClient, channel_id: str) -> bool:
    """Join the channel if possible. Returns whether it is private. Raises FormError with what the admin can do."""
    place = look_at(client, channel_id)
    if place is not None and place.is_shared:
        raise FormError(forms.CHANNEL, texts.CHANNEL_SHARED())
    try:
        enter(client, place)
    except UserError as problem:
        raise FormError(forms.CHANNEL, str(problem)) from problem
    return place is not None and not place.is_public


def make_ready_again(client: ReadingClient, channel_id: str) -> None:
    """Join an existing program's channel. If it is lost, its admins know, and can still change the rest."""
    with suppress(FormError):
        make_ready(client, channel_id)


def read_members_when_due(bot: Bot, client: ReadingClient) -> None:
    """Sync channels that are due. Also after each sync of people, as unknown members were skipped before."""
    with bot.look() as work:
        there = programs.running_programs(work)
        us = work.session.get(Workspace, bot.workspace_id)
        people_read_at = us.synced_at if us is not None else None
        due = [one.id for one in there if is_due(bot, one.members_read_at, not_before=people_read_at)]
    for program_id in due:
        read_members(bot, client, program_id)


def read_members(bot: Bot, client: ReadingClient, program_id: int) -> None:
    """Reconcile the channel's members with the program's. A failure must not keep other channels from being read."""
    with bot.look() as work:
        channel_id, began_at = find(work, program_id).channel_id, work.now
    try:
        channel = client.conversations_info(channel=channel_id)["channel"]
        if channel.get("is_archived"):
            mark_gone(bot, program_id, "is_archived")
            return
        there = [
            person_id
            for page in client.conversations_members(channel=channel_id, limit=PAGE)
            for person_id in page["members"]
        ]
    except SLACK_FAILURES as failure:
        mark_unread(bot, program_id, failure)
        return
    bot.memory.pop(f"{FAILING_SINCE}{program_id}", None)
    with bot.look() as work:
        to_join, to_leave = membership.differences(work, program_id, there, began_at=began_at)
    if not channel.get("is_member"):
        to_leave = []  # Maybe it was archived in between: it comes back empty, and no one has left by that.
    gone = find_departed(bot, program_id, to_leave, len(there))
    for some in in_parts(to_join):
        with bot.begin() as work:
            membership.join_from_channel(work, program_id, some)
    for some in in_parts(gone):
        with bot.begin() as work:
            for person_id in some:
                membership.leave(work, program_id, person_id)
    with bot.begin() as work:
        if len(gone) == len(to_leave):  # Otherwise it is read again in a few minutes.
            programs.mark_members_read(work, program_id=program_id)
        find(work, program_id).is_private = bool(channel.get("is_private"))
        if channel.get("is_member"):
            mark_found(work, channel_id)
        else:  # A public channel can be read from outside, but no join events arrive.
            programs.forget_way_in(work, program_id=program_id)
            mark_lost(work, channel_id, "not_in_channel")
    logger.info("a channel's members were read", extra={"program": program_id, "joined": len(to_join)})


def find_departed(bot: Bot, program_id: int, missing: Sequence[str], there: int) -> Sequence[str]:
    """Return missing members. If very many are missing, only those missing in the previous reading too."""
    before: frozenset[str] = bot.memory.pop(f"{MISSED}{program_id}", frozenset())
    if not resync.is_doubtful(len(missing), there + len(missing)):
        return missing
    logger.warning("many members are missing from a channel", extra={"program": program_id, "people": len(missing)})
    bot.memory[f"{MISSED}{program_id}"] = frozenset(missing)
    return [person_id for person_id in missing if person_id in before]


def in_parts(person_ids: Sequence[str]) -> Iterator[Sequence[str]]:
    """Split into batches, so that clicks don't wait for a channel of thousands."""
    return (person_ids[start : start + AT_ONCE] for start in range(0, len(person_ids), AT_ONCE))


def mark_unread(bot: Bot, program_id: int, failure: Exception) -> None:
    """Record a failed reading, retried in a few minutes. After an hour, admins and the health page are told."""
    code = understood(failure) if isinstance(failure, SlackApiError) else type(failure).__name__
    logger.warning("a channel's members could not be read", extra={"program": program_id, "code": code})
    failing_since: datetime = bot.memory.setdefault(f"{FAILING_SINCE}{program_id}", bot.clock.now())
    if code in LOST:
        mark_gone(bot, program_id, code)
    elif bot.clock.now() - failing_since >= UNREAD_FOR:
        with bot.begin() as work:
            mark_lost(work, find(work, program_id).channel_id, programs.MEMBERS_UNREAD)


def mark_gone(bot: Bot, program_id: int, code: str) -> None:
    with bot.begin() as work:
        programs.mark_members_read(work, program_id=program_id)
        mark_lost(work, find(work, program_id).channel_id, code)


def mark_lost(work: Work, channel_id: str, code: str) -> None:
    """Record a lost channel. Admins are told once, until it is back. Rounds don't need it and go on."""
    program = programs.program_of_channel(work, channel_id=channel_id)
    if program is None or program.channel_trouble is not None:
        return
    program.channel_trouble = code
    if code == "is_archived":
        # A public channel comes back empty (see Slack's help), and no one has left by that.
        programs.forget_way_in(work, program_id=program.id)
    if program.state is not ProgramState.DRAFT:
        key = partial(keys.program_channel_lost, program.id, now=work.now)
        tell_admins(work, program, blocks.channel_lost(program, code), key=key)


def mark_found(work: Work, channel_id: str) -> None:
    program = programs.program_of_channel(work, channel_id=channel_id)
    if program is not None and program.channel_trouble is not None:
        program.channel_trouble = program.members_read_at = None  # Sync soon.


# Channel events


def channel_gone(code: str, bot: Bot, _clients: Clients, event: Event) -> None:
    with bot.begin() as work:
        mark_lost(work, channel_in(event), code)


def channel_back(bot: Bot, clients: Clients, event: Event) -> None:
    """Rejoin an unarchived channel, as a public one comes back without its members."""
    with bot.look() as work:
        is_known = programs.program_of_channel(work, channel_id=channel_in(event)) is not None
    if is_known:
        make_ready_again(clients.reads, channel_in(event))
        with bot.begin() as work:
            mark_found(work, channel_in(event))


def bot_joined(bot: Bot, _clients: Clients, event: Event) -> None:
    """Handle an invitation of Weft. The event comes for each person who joins, so it must be cheap for others."""
    with bot.look() as work:
        us = work.session.get(Workspace, bot.workspace_id)
        is_us = us is not None and event["user"] == us.bot_user_id
    if is_us:
        with bot.begin() as work:
            mark_found(work, channel_in(event))


def channel_moved(bot: Bot, _clients: Clients, event: Event) -> None:
    with bot.begin() as work:
        setup.move_channel(work, event["old_channel_id"], event["new_channel_id"])


def channel_in(event: Event) -> str:
    told = event["channel"]
    return str(told["id"] if isinstance(told, dict) else told)


EVENTS: EventHandlers = {
    "member_joined_channel": bot_joined,
    "channel_archive": partial(channel_gone, "is_archived"),
    "group_archive": partial(channel_gone, "is_archived"),
    "channel_deleted": partial(channel_gone, "channel_deleted"),
    "group_deleted": partial(channel_gone, "channel_deleted"),
    "channel_left": partial(channel_gone, "not_in_channel"),
    "group_left": partial(channel_gone, "not_in_channel"),
    "channel_unarchive": channel_back,
    "group_unarchive": channel_back,
    "channel_id_changed": channel_moved,
}

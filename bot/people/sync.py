"""Reads everybody from Slack: at the start and once a day, because events can be missed."""

import logging
from collections.abc import Iterator
from datetime import datetime

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.core import rereading
from bot.core.rereading import is_due
from bot.core.work import Bot
from bot.people import service
from bot.people.rules import Profile, read_profile
from bot.slack.replies import understood
from storage.workspaces import Workspace

logger = logging.getLogger(__name__)

PAGE = 200
NOT_HERE = {"user_not_found", "user_not_visible"}


def sync_when_due(bot: Bot, client: WebClient) -> None:
    with bot.look() as work:
        workspace = work.session.get(Workspace, bot.workspace_id)
    if is_due(bot, workspace.synced_at if workspace is not None else None):
        sync(bot, client)


def sync(bot: Bot, client: WebClient) -> int:
    """Read all pages, each kept in a transaction of its own. Only a whole reading tells who has left."""
    began_at = bot.clock.now()
    count = 0
    for profiles in pages(client, bot.workspace_id):
        with bot.begin() as work:
            service.remember(work, profiles, seen_at=began_at)
        count += len(profiles)
    with bot.begin() as work:
        workspace = work.session.get(Workspace, bot.workspace_id, with_for_update=True)
        previous_at = workspace.synced_at if workspace is not None else None
        departures = service.finish_sync(work, began_at=began_at, previous_at=previous_at)
        note_synced(workspace, began_at)
    logger.info("people were read from Slack", extra={"people": count, "left": departures.left})
    if departures.doubted:
        logger.warning("many people are missing from Slack's list", extra={"people": departures.doubted})
        rereading.request(bot)
    return count


def pages(client: WebClient, workspace_id: str) -> Iterator[list[Profile]]:
    for page in client.users_list(limit=PAGE):
        profiles = [read_profile(member, workspace_id=workspace_id) for member in page["members"]]
        yield [profile for profile in profiles if profile is not None]


def read_person(bot: Bot, client: WebClient, person_id: str) -> None:
    """Someone who is here before Slack's `team_join` has told of them. Bots and strangers are left out."""
    try:
        member = client.users_info(user=person_id)["user"]
    except SlackApiError as refusal:
        if understood(refusal) in NOT_HERE:
            return
        raise
    profile = read_profile(member, workspace_id=bot.workspace_id)
    if profile is not None:
        with bot.begin() as work:
            service.remember(work, [profile])


def note_synced(workspace: Workspace | None, at: datetime) -> None:
    if workspace is not None:
        workspace.synced_at = at

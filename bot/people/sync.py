"""Full sync of people with Slack, on startup and daily, because events can be missed."""

import logging
from collections.abc import Iterator
from datetime import datetime

from slack_sdk.errors import SlackApiError
from sqlalchemy.exc import OperationalError

from bot.core import resync
from bot.core.clients import ReadingClient
from bot.core.resync import is_due
from bot.core.work import Bot
from bot.people import service
from bot.people.profile_fields import is_id
from bot.people.rules import Profile, as_mapping, read_profile
from bot.slack.replies import understood
from storage.workspaces import Workspace

logger = logging.getLogger(__name__)

PAGE = 200
NOT_HERE = {"user_not_found", "user_not_visible"}


def sync_when_due(bot: Bot, client: ReadingClient) -> None:
    with bot.look() as work:
        workspace = work.session.get(Workspace, bot.workspace_id)
        synced_at = workspace.synced_at if workspace is not None else None
    if is_due(bot, synced_at):
        sync(bot, client)


def sync(bot: Bot, client: ReadingClient) -> int:
    """Read all pages, each in its own transaction. Only a complete read can tell who has left."""
    began_at = bot.clock.now()
    count, skipped = 0, list[str]()
    for members in pages(client):
        profiles = read_some(members, bot.workspace_id, skipped)
        remember(bot, profiles, began_at, skipped)
        count += len(profiles)
    with bot.begin() as work:
        workspace = work.session.get(Workspace, bot.workspace_id, with_for_update=True)
        previous_at = workspace.synced_at if workspace is not None else None
        departures = service.finish_sync(work, began_at=began_at, previous_at=previous_at, skipped=skipped)
        note_synced(workspace, began_at)
    counts = {"people": count, "left": departures.left, "skipped": len(skipped)}
    logger.info("people were read from Slack", extra=counts)
    if departures.doubted:
        logger.warning("many people are missing from Slack's list", extra={"people": departures.doubted})
        resync.request(bot)
    return count


def pages(client: ReadingClient) -> Iterator[list[object]]:
    for page in client.users_list(limit=PAGE):
        members = page.get("members")
        yield members if isinstance(members, list) else []


def read_some(members: list[object], workspace_id: str, skipped: list[str]) -> list[Profile]:
    """Parse the members. A malformed profile is skipped and doesn't affect the others."""
    found: list[Profile] = []
    for member in members:
        try:
            profile = read_profile(member, workspace_id=workspace_id)
        except Exception as problem:
            skip(as_mapping(member).get("id"), problem, skipped)
        else:
            found += [profile] if profile is not None else []
    return found


def remember(bot: Bot, profiles: list[Profile], seen_at: datetime, skipped: list[str]) -> None:
    """Store a page in one transaction; if the database refuses it, retry each profile in its own."""
    try:
        with bot.begin() as work:
            service.remember(work, profiles, seen_at=seen_at)
    except OperationalError:
        raise  # The database is locked or unavailable; no profile is to blame.
    except Exception as problem:
        if len(profiles) == 1:
            skip(profiles[0].person_id, problem, skipped)
            return
        for profile in profiles:
            remember(bot, [profile], seen_at, skipped)


def skip(person_id: object, problem: Exception, skipped: list[str]) -> None:
    shown = person_id if is_id(person_id) else "unknown"
    skipped.append(shown)
    logger.warning("a person could not be read from Slack", extra={"person": shown, "kind": type(problem).__name__})


def read_person(bot: Bot, client: ReadingClient, person_id: str) -> None:
    """Fetch and store a person who shows up before their `team_join` event. Bots and outsiders are ignored."""
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

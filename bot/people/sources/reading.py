"""Sync of profile fields and user groups, in small batches that stay within rate limits."""

import logging
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from datetime import datetime, timedelta

from slack_sdk.errors import SlackApiError

from bot.core.clients import ReadingClient
from bot.core.errors import UserError
from bot.core.feature import Clients, Event, EventHandlers
from bot.core.work import Bot, Work
from bot.people import profile_fields
from bot.people.sources import blocks, service
from bot.slack.client import SLACK_FAILURES
from bot.slack.replies import understood
from storage.people import sources, user_groups

logger = logging.getLogger(__name__)

PROFILES, GROUPS = 40, 10
"""Reads per minute. Slack allows 100 and 20; the rest is left to interactions."""
CHECK_AGAIN = timedelta(days=1)
TRY_AGAIN = timedelta(hours=1)
JUST_NOW = timedelta(minutes=1)
ASKED_AT = "people.sources.groups_asked_at"
LOST = {"user_not_found", "user_not_visible"}
LASTING = {"missing_scope", "plan_upgrade_required", "not_allowed_token_type", "team_access_not_granted"}


# Available fields and groups


def fields_offered(client: ReadingClient) -> dict[str, str]:
    """Fetch the labels of the visible profile fields by id. Raises UserError with what an admin can do."""
    try:
        return profile_fields.offered(client.team_profile_get()["profile"]["fields"])
    except SlackApiError as refusal:
        raise UserError(blocks.fields_trouble(understood(refusal))) from refusal


def groups_offered(client: ReadingClient) -> dict[str, str]:
    """Fetch the names of the active user groups by id. Raises UserError with what an admin can do."""
    try:
        return list_groups(client)
    except SlackApiError as refusal:
        raise UserError(blocks.groups_trouble(understood(refusal))) from refusal


def list_groups(client: ReadingClient) -> dict[str, str]:
    """Fetch the names of the active user groups by id."""
    return profile_fields.groups_in_use(client.usergroups_list().get("usergroups"))


# Profiles


def has_to_do_with_fields(work: Work) -> bool:
    return service.is_any_field_chosen(work) or service.is_anything_said_by_fields(work)


def read_profiles_when_due(bot: Bot, client: ReadingClient) -> None:
    take_back_from_other_fields(bot)
    with bot.look() as work:
        if not service.is_any_field_chosen(work):
            return
        directory = sources.directory(work)
        checked_at, trouble = directory.fields_checked_at, directory.fields_trouble
    is_ready = check_fields(bot, client) if is_to_ask(bot, checked_at, trouble) else trouble is None
    if not is_ready:
        return
    with bot.look() as work:
        is_due = bool(sources.people_due(work, limit=1))
    if is_due:
        read_profiles(bot, client)


def is_to_ask(bot: Bot, asked_at: datetime | None, trouble: str | None) -> bool:
    """Return whether the next check is due: daily, or hourly while the last one failed."""
    again = TRY_AGAIN if trouble else CHECK_AGAIN
    return asked_at is None or asked_at + again <= bot.clock.now()


def check_fields(bot: Bot, client: ReadingClient) -> bool:
    """Check which mapped fields still exist. Returns False if Slack refuses."""
    try:
        fields = client.team_profile_get()["profile"]["fields"]
    except SlackApiError as refusal:
        note_fields_trouble(bot, understood(refusal))
        return False
    with bot.begin() as work:
        service.note_fields_offered(work, profile_fields.labels_of(fields))
    take_back_from_other_fields(bot)
    return True


def read_profiles(bot: Bot, client: ReadingClient) -> None:
    with bot.begin() as work:
        due = service.take_due(work, PROFILES)
    said: dict[str, dict[str, str]] = {}
    for person_id in due:
        try:
            said[person_id] = profile_fields.read_fields(client.users_profile_get(user=person_id)["profile"])
        except SlackApiError as refusal:
            if understood(refusal) in LOST:
                said[person_id] = {}
                continue
            note_fields_trouble(bot, understood(refusal))  # The others are due again when their reservation ends.
            break
    with bot.begin() as work:
        service.hear_fields(work, said)
    logger.info("profile fields were read", extra={"people": len(said)})


def note_fields_trouble(bot: Bot, code: str) -> None:
    logger.warning("profile fields could not be read", extra={"code": code})
    if code in LASTING:
        with bot.begin() as work:
            directory = sources.lock_directory(work)
            directory.fields_trouble, directory.fields_checked_at = code, work.now


def take_back_from_other_fields(bot: Bot) -> None:
    """Withdraw values of unmapped fields in batches. Looks first, so as not to block writers."""
    with bot.look() as work:
        left = len(service.said_by_other_fields(work))
    while left:
        with bot.begin() as work:
            left = service.take_back_from_other_fields(work)


# User groups


def follows_groups(work: Work) -> bool:
    return bool(service.groups_followed(work))


def read_groups_when_due(bot: Bot, client: ReadingClient) -> None:
    with bot.look() as work:
        wanted = service.groups_followed(work)
    read_these_when_due(bot, client, wanted)


def read_these_when_due(bot: Bot, client: ReadingClient, wanted: Collection[str]) -> None:
    """Sync the wanted groups: each daily, or after an event about it."""
    if not wanted:
        return
    with bot.look() as work:
        directory = sources.directory(work)
        listed_at, trouble = directory.groups_listed_at, directory.groups_trouble
    is_ready = check_groups(bot, client) if is_to_ask(bot, listed_at, trouble) else trouble is None
    if not is_ready:
        return
    with bot.look() as work:
        due = service.groups_due(work, wanted, GROUPS)
    for group_id in due:
        if not read_group(bot, client, group_id):
            return


def list_groups_when_old(bot: Bot, client: ReadingClient) -> None:
    """Refresh the list of groups before an admin searches it, at most once a minute."""
    with bot.look() as work:
        listed_at = sources.directory(work).groups_listed_at
    asked_at = bot.memory.get(ASKED_AT)  # A failed call leaves no trace in the database.
    if not any(at is not None and bot.clock.now() < at + JUST_NOW for at in (listed_at, asked_at)):
        bot.memory[ASKED_AT] = bot.clock.now()
        with suppress(*SLACK_FAILURES):  # Then the known ones are shown.
            check_groups(bot, client)


def check_groups(bot: Bot, client: ReadingClient) -> bool:
    """Refresh the list of groups. Returns False if Slack refuses."""
    try:
        names = list_groups(client)
    except SlackApiError as refusal:
        note_groups_trouble(bot, understood(refusal))
        return False
    with bot.begin() as work:
        service.note_groups_listed(work, names)
    return True


def read_group(bot: Bot, client: ReadingClient, group_id: str) -> bool:
    """Sync the members of a group; a deleted one has none. Returns False if Slack refuses."""
    try:
        there = set(filter(profile_fields.is_id, client.usergroups_users_list(usergroup=group_id).get("users") or []))
    except SlackApiError as refusal:
        if understood(refusal) != "no_such_subteam":
            note_groups_trouble(bot, understood(refusal))
            return False
        there = set()
    with bot.look() as work:
        before = user_groups.members(work, group_id=group_id)
    for some in in_parts(sorted(before | there)):
        with bot.begin() as work:
            come, go = [one for one in some if one in there], [one for one in some if one not in there]
            service.hear_members(work, group_id, come, go)
            service.hear_groups(work, some)
    with bot.begin() as work:
        service.note_group_read(work, group_id)
    logger.info("a user group was read", extra={"people": len(there)})
    return True


def note_groups_trouble(bot: Bot, code: str) -> None:
    logger.warning("user groups could not be read", extra={"code": code})
    if code in LASTING:
        with bot.begin() as work:
            directory = sources.lock_directory(work)
            directory.groups_trouble, directory.groups_listed_at = code, work.now


def weigh_groups(bot: Bot) -> None:
    """Re-evaluate all people in groups after the mapping changed."""
    with bot.look() as work:
        concerned = sources.grouped_people(work)
    for some in in_parts(concerned):
        with bot.begin() as work:
            service.hear_groups(work, some)


def in_parts(person_ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (person_ids[start : start + service.PART] for start in range(0, len(person_ids), service.PART))


# Events


def members_changed(bot: Bot, _clients: Clients, event: Event) -> None:
    """Request a sync of the group: events arrive out of order, so their content isn't used."""
    with bot.begin() as work:
        user_groups.request_reread(work, group_ids=[str(event["subteam_id"])])


def group_changed(bot: Bot, _clients: Clients, _event: Event) -> None:
    """Handle a renamed, disabled or enabled group."""
    with bot.begin() as work:
        service.list_groups_again(work)


EVENTS: EventHandlers = {"subteam_members_changed": members_changed, "subteam_updated": group_changed}

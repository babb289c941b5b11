"""Who counts as a person, who is away, and which source is believed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.people.away.rules import emoji_name
from bot.people.sources.rules import read_fields


@dataclass(frozen=True, slots=True)
class Profile:
    """What Slack says of a person. Moments in UTC, zone by its IANA name."""

    person_id: str
    name: str
    email: str | None
    title: str
    zone: str
    locale: str | None
    is_admin: bool
    is_guest: bool
    is_active: bool
    status_emoji: str
    status_until: datetime | None
    custom_fields: Mapping[str, str]
    changed_at: int
    """When Slack last changed it, in seconds since 1970: events can come out of order."""


def read_profile(member: Mapping[str, Any], *, workspace_id: str) -> Profile | None:
    """A member of users.list or an event. None for whoever is not a person of this workspace.

    Source: docs.slack.dev, "User object".
    """
    if is_machine(member) or is_from_elsewhere(member, workspace_id) or member.get("is_invited_user"):
        return None
    profile = member.get("profile") or {}
    until = profile.get("status_expiration") or 0
    return Profile(
        person_id=member["id"],
        name=first_named(profile.get("display_name"), profile.get("real_name"), member.get("name"), member["id"]),
        email=profile.get("email"),
        title=profile.get("title") or "",
        zone=member.get("tz") or "UTC",
        locale=member.get("locale"),
        is_admin=bool(member.get("is_admin") or member.get("is_owner")),
        is_guest=bool(member.get("is_restricted") or member.get("is_ultra_restricted")),
        is_active=not member.get("deleted"),
        status_emoji=emoji_name(profile.get("status_emoji") or ""),
        status_until=datetime.fromtimestamp(until, UTC) if until else None,
        custom_fields=read_fields(profile),
        changed_at=int(member.get("updated") or 0),
    )


def first_named(*names: str | None) -> str:
    return next(name.strip() for name in names if name and name.strip())


def is_machine(member: Mapping[str, Any]) -> bool:
    # Slackbot is not marked as a bot.
    return bool(member.get("is_bot") or member.get("is_workflow_bot") or member["id"] == "USLACKBOT")


def is_from_elsewhere(member: Mapping[str, Any], workspace_id: str) -> bool:
    if member.get("is_stranger"):
        return True
    home = member.get("team_id")
    if home is None or home == workspace_id:
        return False
    teams = (member.get("enterprise_user") or {}).get("teams") or []
    return workspace_id not in teams


def is_away(has_away_status: bool, status_until: datetime | None, now: datetime) -> bool:
    """Out of office by their own word: a status that says so, whose time has not run out."""
    return has_away_status and (status_until is None or status_until > now)


def is_quiet(quiet_until: datetime | None, now: datetime) -> bool:
    return quiet_until is not None and quiet_until > now


def quiet_until(dnd_status: Mapping[str, Any], now: datetime) -> datetime | None:
    """Until when the do-not-disturb of an event holds that has begun: planned, or notifications paused."""
    snoozed = dnd_status.get("snooze_endtime") or 0 if dnd_status.get("snooze_enabled") else 0
    if snoozed > now.timestamp():
        return datetime.fromtimestamp(snoozed, UTC)
    starts, ends = dnd_status.get("next_dnd_start_ts") or 0, dnd_status.get("next_dnd_end_ts") or 0
    if not dnd_status.get("dnd_enabled") or not starts <= now.timestamp() < ends:
        return None
    return datetime.fromtimestamp(ends, UTC)


def believed(words: Iterable[tuple[int, str]]) -> str | None:
    """The value of the strongest source (the lowest rank), or None when nobody said anything."""
    return min(words, default=(0, None))[1]

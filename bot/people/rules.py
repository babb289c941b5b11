"""Rules for people: parsing profiles, absence, DND, and precedence of sources."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.core.mrkdwn import label, plain
from bot.people.profile_fields import is_id, read_fields
from bot.people.statuses import emoji_name


@dataclass(frozen=True, slots=True)
class Profile:
    """A person as Slack describes them. Times are UTC; `zone` is an IANA name."""

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
    """Unix time of Slack's last change: orders events that arrive out of order."""


def read_profile(member: object, *, workspace_id: str) -> Profile | None:
    """Parse a user from users.list or an event. Returns None for bots and for people outside this workspace.

    Values of a wrong type count as unknown; texts are cleaned and cut to their columns. Raises UnreadableProfileError
    if even the id is invalid. Source: docs.slack.dev, "User object".
    """
    if not isinstance(member, Mapping) or not is_id(member.get("id")):
        raise UnreadableProfileError
    if is_machine(member) or is_from_elsewhere(member, workspace_id) or member.get("is_invited_user"):
        return None
    profile = as_mapping(member.get("profile"))
    names = (profile.get("display_name"), profile.get("real_name"), member.get("name"), member["id"])
    return Profile(
        person_id=member["id"],
        name=next(filter(None, map(as_label, names))),
        email=as_code(profile.get("email"), LONGEST_EMAIL),
        title=as_label(profile.get("title")),
        zone=as_code(member.get("tz"), LONGEST_ZONE) or "UTC",
        locale=as_code(member.get("locale"), LONGEST_LOCALE),
        is_admin=member.get("is_admin") is True or member.get("is_owner") is True,
        is_guest=member.get("is_restricted") is True or member.get("is_ultra_restricted") is True,
        is_active=member.get("deleted") is not True,
        status_emoji=emoji_name(as_label(profile.get("status_emoji")))[:LONGEST_EMOJI],
        status_until=as_moment(profile.get("status_expiration")),
        custom_fields=read_fields(profile),
        changed_at=as_seconds(member.get("updated")),
    )


class UnreadableProfileError(ValueError):
    """A user object without a valid id."""


LONGEST_NAME, LONGEST_EMAIL, LONGEST_ZONE, LONGEST_LOCALE, LONGEST_EMOJI = 255, 320, 64, 16, 100
"""Column lengths of `people`."""
LAST_SECOND = 4_102_444_800
"""Start of the year 2100 in Unix time: a larger number isn't a time."""


def as_mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def as_label(value: object) -> str:
    return label(value)[:LONGEST_NAME].rstrip() if isinstance(value, str) else ""


def as_code(value: object, longest: int) -> str | None:
    """Return a text that is useless when truncated: None if it is too long."""
    words = plain(value) if isinstance(value, str) else ""
    return words if 0 < len(words) <= longest else None


def as_seconds(value: object) -> int:
    is_moment = isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < LAST_SECOND
    return int(value) if is_moment else 0  # type: ignore[call-overload]


def as_moment(value: object) -> datetime | None:
    seconds = as_seconds(value)
    return datetime.fromtimestamp(seconds, UTC) if seconds else None


def is_machine(member: Mapping[str, Any]) -> bool:
    # Slack doesn't mark Slackbot as a bot.
    return bool(member.get("is_bot") or member.get("is_workflow_bot") or member["id"] == "USLACKBOT")


def is_from_elsewhere(member: Mapping[str, Any], workspace_id: str) -> bool:
    if member.get("is_stranger"):
        return True
    home = member.get("team_id")
    if home is None or home == workspace_id:
        return False
    teams = as_mapping(member.get("enterprise_user")).get("teams")
    return not isinstance(teams, list) or workspace_id not in teams


def is_away(has_away_status: bool, status_until: datetime | None, now: datetime) -> bool:
    """Return whether a person has an out-of-office status that hasn't expired."""
    return has_away_status and (status_until is None or status_until > now)


def is_quiet(quiet_until: datetime | None, now: datetime) -> bool:
    return quiet_until is not None and quiet_until > now


def quiet_until(dnd_status: Mapping[str, Any], now: datetime) -> datetime | None:
    """Return the end of a DND that is on now, scheduled or snoozed; None if it is off.

    Raises ValueError for malformed times.
    """
    snoozed = moment_named(dnd_status, "snooze_endtime") if dnd_status.get("snooze_enabled") else 0
    if snoozed > now.timestamp():
        return datetime.fromtimestamp(snoozed, UTC)
    if not dnd_status.get("dnd_enabled"):
        return None
    starts, ends = moment_named(dnd_status, "next_dnd_start_ts"), moment_named(dnd_status, "next_dnd_end_ts")
    return datetime.fromtimestamp(ends, UTC) if starts <= now.timestamp() < ends else None


def moment_named(dnd_status: Mapping[str, Any], name: str) -> int:
    """Return a time of the DND status in Unix time; 0 if it is missing."""
    value = dnd_status.get(name)
    seconds = as_seconds(value)
    if value and not seconds:
        raise ValueError(name)
    return seconds


def highest_priority(words: Iterable[tuple[int, str]]) -> str | None:
    """Return the value with the highest precedence (lowest rank), or None if there is none."""
    return min(words, default=(0, None))[1]

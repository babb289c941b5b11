"""Personal settings in Slack: status, DND and time zone."""

from collections.abc import Callable, Collection, Mapping
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.core.mrkdwn import plain
from bot.demo.page.asked import Outcome, Request, Unclear
from bot.demo.page.places import Desk

LONGEST_STATUS = 100
"""Characters, as in Slack."""
LAST_DAY = date(2099, 12, 31)
STATUSES: Mapping[str, tuple[str, str]] = {
    "meeting": ("spiral_calendar_pad", "In a meeting"),
    "commuting": ("bus", "Commuting"),
    "sick": ("face_with_thermometer", "Out sick"),
    "vacation": ("palm_tree", "Vacationing"),
    "away": ("airplane", "Out of office"),
    "remote": ("house_with_garden", "Working remotely"),
}
"""Slack's suggestions, and other common statuses."""
PAUSES: Mapping[str, str] = {
    "1": "For 1 hour",
    "2": "For 2 hours",
    "4": "For 4 hours",
    "tomorrow": "Until tomorrow",
    "week": "Until next week",
}
MORNING = time(9)
ZONES = (
    "Europe/Berlin",
    "Europe/Lisbon",
    "America/New_York",
    "America/Toronto",
    "Asia/Kolkata",
    "Asia/Tokyo",
)
"""The company's time zones, and one more."""


def zone_of(desk: Desk) -> ZoneInfo:
    return ZoneInfo(desk.person.user.tz)


def here(desk: Desk) -> datetime:
    return desk.company.clock.now().astimezone(zone_of(desk))


def chosen(request: Request, field: str, offered: Collection[str], sentence: str) -> str:
    value = request.field(field)
    if value not in offered:
        raise Unclear(sentence)
    return value


def set_status(desk: Desk, request: Request) -> Outcome:
    emoji, usual = STATUSES[chosen(request, "status", STATUSES, "Choose one of the statuses.")]
    words = plain(request.field("text", LONGEST_STATUS)) or usual
    desk.person.set_status(f":{emoji}:", words, end_of_day(desk, request.field("until")))
    return Outcome()


def end_of_day(desk: Desk, typed: str) -> datetime | None:
    """Return the end of this day in the person's zone. Without a day the status doesn't expire."""
    if not typed:
        return None
    try:
        day = date.fromisoformat(typed)
    except ValueError as problem:
        raise Unclear("Choose the day on which the status ends.") from problem
    if not here(desk).date() <= day <= LAST_DAY:
        raise Unclear("A status ends today or on a later day.")
    return datetime.combine(day, time(23, 59, 59), zone_of(desk))


def clear_status(desk: Desk, request: Request) -> Outcome:
    desk.person.set_status()
    return Outcome()


def pause_notifications(desk: Desk, request: Request) -> Outcome:
    how_long = chosen(request, "until", PAUSES, "Choose how long to pause notifications.")
    desk.person.sets_dnd(end_of_pause(here(desk), how_long))
    return Outcome()


def end_of_pause(now: datetime, how_long: str) -> datetime:
    """Return the end of the pause. Tomorrow and next week begin at 9:00, as in Slack."""
    if how_long.isdecimal():
        return (now.astimezone(UTC) + timedelta(hours=int(how_long))).astimezone(now.tzinfo)
    days = 1 if how_long == "tomorrow" else 7 - now.weekday()
    return datetime.combine(now.date() + timedelta(days=days), MORNING, now.tzinfo)


def resume_notifications(desk: Desk, request: Request) -> Outcome:
    desk.person.ends_dnd()
    return Outcome()


def set_zone(desk: Desk, request: Request) -> Outcome:
    desk.person.change(tz=chosen(request, "zone", ZONES, "Choose one of the time zones."))
    return Outcome()


DEEDS: Mapping[str, Callable[[Desk, Request], Outcome]] = {
    "set-status": set_status,
    "clear-status": clear_status,
    "pause-notifications": pause_notifications,
    "resume-notifications": resume_notifications,
    "set-zone": set_zone,
}

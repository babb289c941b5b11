"""A coffee as a file for any calendar (RFC 5545)."""

from datetime import datetime, timedelta

from icalendar import Calendar, Event

from bot.core.texts import plain


def calendar_file(
    uid: str,
    title: str,
    starts_at: datetime,
    length: timedelta,
    *,
    written_at: datetime,
    place: str = "",
    is_canceled: bool = False,
) -> bytes:
    """Published, not invited to: without an organiser nobody has to accept, and no calendar writes mails.

    The times are in UTC, so that every calendar shows its owner's own. The same uid replaces an earlier
    entry, and the higher sequence says which one is newer.
    """
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", written_at)
    event.add("sequence", int(written_at.timestamp()) // 60)
    event.add("status", "CANCELLED" if is_canceled else "CONFIRMED")
    event.add("dtstart", starts_at)
    event.add("dtend", starts_at + length)
    event.add("summary", one_line(title))
    if place:
        event.add("location", one_line(place))
    calendar = Calendar()
    calendar.add("prodid", "-//Weft//Coffee//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def one_line(words: str) -> str:
    return " ".join(plain(words).split())

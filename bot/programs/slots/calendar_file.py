"""A coffee as a file for any calendar (RFC 5545)."""

from datetime import datetime, timedelta

from icalendar import Calendar, Event

from bot.core.texts import plain


def calendar_file(
    uid: str, title: str, starts_at: datetime, length: timedelta, *, written_at: datetime, place: str = ""
) -> bytes:
    """Published, not invited to: without an organiser nobody has to accept, and no calendar writes mails.

    The times are in UTC, so that every calendar shows its owner's own. The same uid replaces an earlier entry.
    """
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", written_at)
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

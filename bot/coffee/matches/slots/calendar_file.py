"""Calendar files (RFC 5545)."""

from datetime import datetime, timedelta

from icalendar import Calendar, Event

from bot.core.mrkdwn import plain


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
    """Return an .ics file. PUBLISH without an organizer: no one has to accept, and calendars send no mail.

    Times are in UTC; calendars show local ones. The same uid replaces an earlier entry, and of two, the one with the
    higher sequence is newer.
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

"""Extracts contact from events of public channels. Text is only searched for mentions; none of it is kept."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from hashlib import blake2b
from typing import Any, NamedTuple, TypeGuard

REPLY, MENTION, REACTION = "reply", "mention", "reaction"
MENTIONED = re.compile(r"<@([UW][A-Z0-9]{1,30})(?:\|[^>]*)?>")
MOST_MENTIONED = 5
"""A message that mentions more people than this is an announcement, so its mentions don't count."""
SPOKEN = (None, "thread_broadcast", "file_share", "me_message")
"""Subtypes of messages that people write. The others report edits, joins and departures."""
LATEST, EARLIEST = timedelta(hours=1), timedelta(days=3)


class SeenContact(NamedTuple):
    """One contact between two people, with `one` < `other`. The digest is the deduplication key of the event."""

    digest: int
    one: str
    other: str
    day: date
    kind: str


def contacts_in(event: Mapping[str, Any], now: datetime) -> Iterator[SeenContact]:
    """Return the contacts in an event; none for events of unknown types or shapes."""
    match event.get("type"):
        case "message":
            yield from contacts_in_message(event, now)
        case "reaction_added":
            yield from contacts_in_reaction(event, now)


def contacts_in_message(event: Mapping[str, Any], now: datetime) -> Iterator[SeenContact]:
    author, ts = event.get("user"), event.get("ts")
    if event.get("subtype") not in SPOKEN or event.get("bot_id") or not is_id(author):
        return
    parent = began_thread(event) if event.get("thread_ts") not in (None, ts) else None
    mentioned = set(MENTIONED.findall(str(event.get("text") or ""))) - {author}
    if is_id(parent):
        yield from contact_between(event.get("channel"), ts, author, parent, REPLY, now)
    if len(mentioned) <= MOST_MENTIONED:
        for person_id in sorted(mentioned - {parent}):
            yield from contact_between(event.get("channel"), ts, author, person_id, MENTION, now)


def began_thread(event: Mapping[str, Any]) -> object:
    """Return the thread's author: in `parent_user_id` for a reply, in `root` for a reply also sent to the channel."""
    root = event.get("root")
    return event.get("parent_user_id") or (root.get("user") if isinstance(root, dict) else None)


def contacts_in_reaction(event: Mapping[str, Any], now: datetime) -> Iterator[SeenContact]:
    """Return a contact with the message's author. Deduplicated by message, whatever the emoji, also when repeated."""
    item = event.get("item")
    reader, author = event.get("user"), event.get("item_user")
    if isinstance(item, dict) and item.get("type") == "message" and is_id(reader) and is_id(author):
        yield from contact_between(
            item.get("channel"), item.get("ts"), reader, author, REACTION, now, event.get("event_ts")
        )


def contact_between(
    channel: object, ts: object, actor: str, other: str, kind: str, now: datetime, happened: object = None
) -> Iterator[SeenContact]:
    """Return the contact on the day of the event, not of its arrival: events come late and out of order."""
    at = moment_of(happened or ts)
    if actor != other and at is not None and now - EARLIEST <= at <= now + LATEST:
        yield SeenContact(
            digest_of(kind, channel, ts, actor, other), min(actor, other), max(actor, other), at.date(), kind
        )


def is_id(value: object) -> TypeGuard[str]:
    return isinstance(value, str) and value[:1] in {"U", "W"} and value.isalnum() and len(value) <= 32


def moment_of(ts: object) -> datetime | None:
    try:
        return datetime.fromtimestamp(float(str(ts)), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def digest_of(*parts: object) -> int:
    """Return 63 bits of a hash. With 30,000 events an hour, a collision is expected once in billions of hours."""
    digest = blake2b("\0".join(map(str, parts)).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1

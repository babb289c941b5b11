"""Which contact an event of a public channel tells of. Its text is looked at for mentions; nothing of it is kept."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from hashlib import blake2b
from typing import Any, NamedTuple, TypeGuard

REPLY, MENTION, REACTION = "reply", "mention", "reaction"
MENTIONED = re.compile(r"<@([UW][A-Z0-9]{1,30})(?:\|[^>]*)?>")
MOST_MENTIONED = 5
"""A message that names more people than that talks to nobody in particular."""
SPOKEN = (None, "thread_broadcast", "file_share", "me_message")
"""The subtypes of messages that people write; others tell of changes and of comings and goings."""
LATEST, EARLIEST = timedelta(hours=1), timedelta(days=3)


class Seen(NamedTuple):
    """Two people had to do with each other. The digest tells an event that comes twice from one that happens again."""

    digest: int
    one: str
    other: str
    day: date
    kind: str


def seen_in(event: Mapping[str, Any], now: datetime) -> Iterator[Seen]:
    """Nothing for events that are not understood: Slack's own oddities are no contact."""
    match event.get("type"):
        case "message":
            yield from seen_in_message(event, now)
        case "reaction_added":
            yield from seen_in_reaction(event, now)


def seen_in_message(event: Mapping[str, Any], now: datetime) -> Iterator[Seen]:
    author, ts = event.get("user"), event.get("ts")
    if event.get("subtype") not in SPOKEN or event.get("bot_id") or not is_id(author):
        return
    parent = began_thread(event) if event.get("thread_ts") not in (None, ts) else None
    mentioned = set(MENTIONED.findall(str(event.get("text") or ""))) - {author}
    if is_id(parent):
        yield from seen(event.get("channel"), ts, author, parent, REPLY, now)
    if len(mentioned) <= MOST_MENTIONED:
        for person_id in sorted(mentioned - {parent}):
            yield from seen(event.get("channel"), ts, author, person_id, MENTION, now)


def began_thread(event: Mapping[str, Any]) -> object:
    """Slack names them with a reply; with one that is shown in the channel, too, it sends what they wrote instead."""
    root = event.get("root")
    return event.get("parent_user_id") or (root.get("user") if isinstance(root, dict) else None)


def seen_in_reaction(event: Mapping[str, Any], now: datetime) -> Iterator[Seen]:
    """One reaction to one message counts once, whatever the emoji, taken away and given again or not."""
    item = event.get("item")
    reader, author = event.get("user"), event.get("item_user")
    if isinstance(item, dict) and item.get("type") == "message" and is_id(reader) and is_id(author):
        yield from seen(item.get("channel"), item.get("ts"), reader, author, REACTION, now, event.get("event_ts"))


def seen(
    channel: object, ts: object, who: str, whom: str, kind: str, now: datetime, happened: object = None
) -> Iterator[Seen]:
    """The day is that of the event, not of its arrival: events come late and out of order."""
    at = moment_of(happened or ts)
    if who != whom and at is not None and now - EARLIEST <= at <= now + LATEST:
        yield Seen(digest_of(kind, channel, ts, who, whom), min(who, whom), max(who, whom), at.date(), kind)


def is_id(value: object) -> TypeGuard[str]:
    return isinstance(value, str) and value[:1] in {"U", "W"} and value.isalnum() and len(value) <= 32


def moment_of(ts: object) -> datetime | None:
    try:
        return datetime.fromtimestamp(float(str(ts)), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def digest_of(*parts: object) -> int:
    """63 bits of it: of 30,000 events in an hour, two agree by chance once in billions of hours."""
    digest = blake2b("\0".join(map(str, parts)).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1

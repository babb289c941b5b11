"""Data classes of a workspace's state."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol, TypeAlias

Json = dict[str, Any]
# Any JSON value.
Content: TypeAlias = Any


class Directory(Protocol):
    """Resolves ids to names for rendered text."""

    def name_of(self, some_id: str) -> str: ...
    def now(self) -> datetime: ...


@dataclass
class User:
    id: str
    team_id: str
    name: str
    real_name: str
    profile: Json
    tz: str = "Europe/London"
    locale: str = "en-US"
    is_admin: bool = False
    is_owner: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_bot: bool = False
    is_invited: bool = False
    # Member of another company's workspace, visible through a shared channel (Slack Connect).
    is_external: bool = False
    deleted: bool = False
    dnd_from: datetime | None = None
    dnd_until: datetime | None = None
    updated: int = 0

    @property
    def can_log_in(self) -> bool:
        return not (self.deleted or self.is_invited or self.is_bot)


class Kind(StrEnum):
    """Type of a conversation; the value is its `channel_type` in events."""

    PUBLIC = "channel"
    PRIVATE = "group"
    IM = "im"
    MPIM = "mpim"


@dataclass
class Message:
    channel_id: str
    ts: str
    user: str
    text: str
    directory: Directory = field(repr=False, compare=False)
    blocks: list[Json] = field(default_factory=list)
    metadata: Json | None = None
    thread_ts: str | None = None
    is_broadcast: bool = False
    bot_id: str | None = None
    reactions: dict[str, list[str]] = field(default_factory=dict)
    files: list["File"] = field(default_factory=list)
    subtype: str | None = None
    edited_ts: str | None = None
    only_for: str | None = None
    is_deleted: bool = False
    extra: Json = field(default_factory=dict)

    @property
    def is_reply(self) -> bool:
        return self.thread_ts not in (None, self.ts)


@dataclass
class Channel:
    id: str
    name: str
    kind: Kind
    created: int
    creator: str
    # Ordered by joining time, as Slack lists members, so that pagination is stable.
    members: dict[str, None] = field(default_factory=dict)
    is_archived: bool = False
    is_shared: bool = False
    has_invited_company: bool = False
    """An invitation to another company waits to be accepted."""
    is_general: bool = False
    only_some_may_post: bool = False
    """Posting permissions exclude the bot."""
    timeline: list[Message] = field(default_factory=list, repr=False)
    threads: dict[str, list[Message]] = field(default_factory=dict, repr=False)
    by_ts: dict[str, Message] = field(default_factory=dict, repr=False)

    @property
    def messages(self) -> list[Message]:
        """All messages, replies included, oldest first."""
        return list(self.by_ts.values())

    @property
    def is_private(self) -> bool:
        return self.kind is not Kind.PUBLIC

    @property
    def is_direct(self) -> bool:
        return self.kind in (Kind.IM, Kind.MPIM)

    def add(self, message: Message) -> None:
        self.by_ts[message.ts] = message
        if message.is_reply and message.thread_ts:
            self.threads.setdefault(message.thread_ts, []).append(message)
        if not message.is_reply or message.is_broadcast:
            self.timeline.append(message)

    def remove(self, message: Message) -> None:
        message.is_deleted = True
        del self.by_ts[message.ts]
        for shown_in in (self.timeline, self.threads.get(message.thread_ts or "", [])):
            at = bisect_left(shown_in, message.ts, key=lambda each: each.ts)
            if at < len(shown_in) and shown_in[at] is message:
                del shown_in[at]


@dataclass
class File:
    id: str
    name: str
    user: str
    created: int
    content: bytes = b""
    length: int = 0
    title: str = ""
    alt_txt: str = ""
    is_uploaded: bool = False
    is_complete: bool = False
    channel_ids: list[str] = field(default_factory=list)
    comment: str = ""


@dataclass
class UserGroup:
    id: str
    handle: str
    name: str
    members: list[str]
    created: int
    is_disabled: bool = False


@dataclass
class View:
    id: str
    user_id: str
    type: str
    drawn: Json
    hash: str
    directory: Directory = field(repr=False, compare=False)
    previous_view_id: str | None = None
    root_view_id: str = ""
    # Input: block_id -> action_id -> value in Slack's state format.
    values: dict[str, dict[str, Json]] = field(default_factory=dict)

    @property
    def blocks(self) -> list[Json]:
        blocks: list[Json] = self.drawn["blocks"]
        return blocks

    @property
    def external_id(self) -> str:
        external_id: str = self.drawn.get("external_id") or ""
        return external_id


@dataclass
class Trigger:
    """A trigger_id: allows opening one modal within three seconds after the interaction."""

    id: str
    user_id: str
    at: datetime
    view_id: str | None
    is_used: bool = False


@dataclass
class ResponseUrl:
    id: str
    user_id: str
    channel_id: str
    at: datetime
    original: Message | None = None
    uses: int = 0
    said: list[Message] = field(default_factory=list)


def elements_in(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Yield each interactive element with its block, in reading order."""
    for block in blocks:
        kind = block["type"]
        if kind == "section" and block.get("accessory", {}).get("type", "image") != "image":
            yield block, block["accessory"]
        elif kind == "actions":
            yield from ((block, element) for element in block["elements"])
        elif kind == "input":
            yield block, block["element"]

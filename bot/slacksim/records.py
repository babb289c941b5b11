"""State of a workspace: people, conversations, messages, and the events that changes cause.

No I/O, one lock. Frequent lookups have an index, since a workspace may have ten thousand people.
"""

import itertools
import threading
from collections import Counter
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.slacksim import objects
from bot.slacksim.clock import Clock
from bot.slacksim.errors import Refused
from bot.slacksim.events import Deliveries, Envelope, Transport
from bot.slacksim.faults import Faults
from bot.slacksim.forms import Values
from bot.slacksim.settings import EVENTS, AppSettings
from bot.slacksim.state import Channel, File, Json, Kind, Message, ResponseUrl, Trigger, User, UserGroup, View

SLACKBOT = "USLACKBOT"
_numbers = itertools.count(1)


@dataclass(frozen=True, slots=True)
class _LateCall:
    due_at: datetime
    carry_out: Callable[[], object]


class Records:
    def __init__(
        self, clock: Clock, name: str, settings: AppSettings, scopes: frozenset[str], transport: Transport
    ) -> None:
        self.clock, self.name, self.settings, self.scopes = clock, name, settings, scopes
        self.lock = threading.RLock()
        self.faults = Faults()
        self._late: list[_LateCall] = []
        self.deliveries = Deliveries(transport)
        self._number = f"{next(_numbers):04X}"
        self._ids = itertools.count(1)
        self._last_ts = 0
        self.address = "http://slack.invalid"
        self.team_id, self.app_id = "T" + self.new_id(""), "A" + self.new_id("")
        self.domain = "".join(letter for letter in name.lower() if letter.isalnum()) or "workspace"
        self.bot_token, self.app_token = f"xoxb-{self.team_id}-bot", f"xapp-1-{self.app_id}-app"
        self.signing_secret, self.verification_token = f"secret-{self.team_id}", f"verification-{self.team_id}"
        self.is_token_revoked = False
        self.users: dict[str, User] = {}
        self._handles: Counter[str] = Counter()
        self.by_email: dict[str, str] = {}
        self.channels: dict[str, Channel] = {}
        self.channel_ids_by_name: dict[str, str] = {}
        self.conversations_of: dict[str, dict[str, None]] = {}
        self._direct: dict[frozenset[str], str] = {}
        self.profile_fields: dict[str, str] = {}
        self.profile_kinds: dict[str, str] = {}
        self.hidden_fields: set[str] = set()
        self.groups: dict[str, UserGroup] = {}
        self.files: dict[str, File] = {}
        self.views: dict[str, View] = {}
        self.external_ids: dict[str, str] = {}
        self.homes: dict[str, str] = {}
        self.modals: dict[str, list[str]] = {}
        # Input in a message's fields, by person, conversation and ts.
        self.entered: dict[tuple[str, str, str], Values] = {}
        # Options that the bot offered in external selects: by person and action_id, then by value.
        self.suggested: dict[tuple[str, str], dict[str, Json]] = {}
        self.triggers: dict[str, Trigger] = {}
        self.response_urls: dict[str, ResponseUrl] = {}
        # Errors of response_url posts that got a 4xx status, which a bot that relies on exceptions overlooks.
        self.refused_responses: list[str] = []
        self.ephemerals: dict[str, list[Message]] = {}
        self.bot_id, self.bot_user_id = "B" + self.new_id(""), "U" + self.new_id("")
        self._add_bots()

    def add_profile_field(self, label: str, kind: str = "text", *, hidden: bool = False) -> str:
        """Add a custom field to all profiles. Returns its id."""
        with self.lock:
            field_id = self.profile_fields.setdefault(label, self.new_id("Xf"))
            self.profile_kinds.setdefault(field_id, kind)
            if hidden:
                self.hidden_fields.add(field_id)
        return field_id

    def _add_bots(self) -> None:
        for user_id, name, is_bot in ((SLACKBOT, "slackbot", False), (self.bot_user_id, self.settings.name, True)):
            profile = objects.profile(name, name, "", "", {})
            user = User(user_id, self.team_id, name.lower(), name, profile, is_bot=is_bot, updated=int(self.seconds()))
            self.add_user(user)

    @contextmanager
    def changing(self) -> Generator[None]:
        """Change state, then deliver the events. Must not be nested: handlers may call the Web API."""
        self.carry_out_late()
        with self.lock:
            yield
        self.deliveries.settle()

    def settle(self) -> None:
        self.deliveries.settle()

    # Calls that are carried out after the caller's timeout

    def put_off(self, by: timedelta, carry_out: Callable[[], object]) -> None:
        self._late.append(_LateCall(self.now() + by, carry_out))

    def next_late_at(self) -> datetime | None:
        return min((call.due_at for call in self._late), default=None)

    def carry_out_late(self) -> None:
        """Carry out the delayed calls that are due, before any other access."""
        with self.lock:
            due = sorted((call for call in self._late if call.due_at <= self.now()), key=lambda call: call.due_at)
            self._late = [call for call in self._late if call not in due]
            for call in due:
                call.carry_out()

    # Ids and time

    def new_id(self, prefix: str) -> str:
        return f"{prefix}{self._number}{next(self._ids):06X}"

    def now(self) -> datetime:
        return self.clock.now()

    def seconds(self) -> float:
        return self.now().timestamp()

    def next_ts(self) -> str:
        """Return a new ts. Strictly increasing even if the clock stands still, since a `ts` is also an id."""
        micro = max(round(self.seconds() * 1_000_000), self._last_ts + 1)
        self._last_ts = micro
        return f"{micro // 1_000_000}.{micro % 1_000_000:06d}"

    # Events

    def hears(self, kind: str, channel: Channel | None = None) -> bool:
        needed = EVENTS[kind]
        if kind.startswith("member_") and channel is not None:
            needed = frozenset({"groups:read" if channel.is_private else "channels:read"})
        return kind in self.settings.events and (not needed or bool(needed & self.scopes))

    def emit(self, event: Json, *, kind: str | None = None, channel: Channel | None = None) -> None:
        if not self.hears(kind or event["type"], channel):
            return
        payload = {
            "token": self.verification_token,
            "team_id": self.team_id,
            "context_team_id": self.team_id,
            "context_enterprise_id": None,
            "api_app_id": self.app_id,
            "event": {"event_ts": self.next_ts()} | event,
            "type": "event_callback",
            "event_id": self.new_id("Ev"),
            "event_time": int(self.seconds()),
            "authorizations": [self._authorization()],
            "is_ext_shared_channel": channel is not None and channel.is_shared,
            "event_context": self.new_id("4-"),
        }
        self.deliveries.put(Envelope("events_api", payload))

    def _authorization(self) -> Json:
        return {
            "enterprise_id": None,
            "team_id": self.team_id,
            "user_id": self.bot_user_id,
            "is_bot": True,
            "is_enterprise_install": False,
        }

    # People

    def add_user(self, user: User) -> None:
        self.users[user.id] = user
        self.conversations_of[user.id] = {}
        if user.profile.get("email"):
            self.by_email[user.profile["email"].lower()] = user.id

    def user(self, user_id: str, error: str = "user_not_found") -> User:
        if user_id not in self.users:
            raise Refused(error)
        return self.users[user_id]

    def can_see(self, user: User) -> bool:
        """Return whether the bot can see a user. People of other companies must share a conversation."""
        return not user.is_external or bool(self.conversations_of[user.id])

    def name_of(self, some_id: str) -> str:
        if some_id in self.users:
            user = self.users[some_id]
            return user.profile.get("display_name") or user.real_name
        if some_id in self.channels:
            return self.channels[some_id].name
        return self.groups[some_id].handle if some_id in self.groups else some_id

    # Conversations

    def channel(self, channel_id: str) -> Channel:
        """Return a conversation as the bot sees it: a private one without the bot doesn't exist."""
        channel = self.channels.get(channel_id)
        if channel is None or (channel.is_private and self.bot_user_id not in channel.members):
            raise Refused("channel_not_found")
        return channel

    def channel_named(self, name: str) -> Channel | None:
        return self.channels.get(self.channel_ids_by_name.get(name, ""))

    def new_channel(self, name: str, kind: Kind, members: Iterable[str], creator: str) -> Channel:
        prefix = "D" if kind is Kind.IM else "C"
        channel = Channel(self.new_id(prefix), name, kind, int(self.seconds()), creator)
        self.channels[channel.id] = channel
        self.channel_ids_by_name[name] = channel.id
        for user_id in members:
            self._put_in(channel, user_id)
        return channel

    def _put_in(self, channel: Channel, user_id: str) -> None:
        channel.members[user_id] = None
        self.conversations_of[user_id][channel.id] = None

    def direct_of(self, people: Iterable[str]) -> Channel | None:
        channel_id = self._direct.get(frozenset(people) | {self.bot_user_id})
        return self.channels[channel_id] if channel_id else None

    def open_direct(self, people: list[str]) -> Channel:
        """Open a DM or group DM. The same people always get the same conversation."""
        existing = self.direct_of(people)
        if existing is not None:
            return existing
        kind = Kind.IM if len(people) == 1 else Kind.MPIM
        handles = [self.users[each].name for each in (*people, self.bot_user_id)]
        # A DM has no name of its own: it is listed under the other person.
        name = people[0] if kind is Kind.IM else f"mpdm-{'--'.join(handles)}-1"
        channel = self.new_channel(name, kind, (*people, self.bot_user_id), self.bot_user_id)
        self._direct[frozenset(channel.members)] = channel.id
        return channel

    def let_in(self, channel: Channel, user_id: str, inviter: str | None = None) -> None:
        if user_id in channel.members:
            return
        self._put_in(channel, user_id)
        # The bot gets events about others only as a member, and about itself in any case.
        if self.bot_user_id in channel.members:
            event = self._membership_event("member_joined_channel", channel, user_id)
            self.emit(event | ({"inviter": inviter} if inviter else {}), channel=channel)

    def let_go(self, channel: Channel, user_id: str) -> None:
        if user_id not in channel.members:
            return
        was_heard = self.bot_user_id in channel.members
        del channel.members[user_id]
        del self.conversations_of[user_id][channel.id]
        if user_id == self.bot_user_id:
            kind = "group_left" if channel.is_private else "channel_left"
            self.emit({"type": kind, "channel": channel.id, "actor_id": user_id}, channel=channel)
        elif was_heard:
            self.emit(self._membership_event("member_left_channel", channel, user_id), channel=channel)

    def _membership_event(self, kind: str, channel: Channel, user_id: str) -> Json:
        channel_type = "G" if channel.is_private else "C"
        return {
            "type": kind,
            "user": user_id,
            "channel": channel.id,
            "channel_type": channel_type,
            "team": self.team_id,
        }

    # Messages

    def post(self, channel: Channel, message: Message) -> Message:
        channel.add(message)
        self.tell_message(channel, objects.message(message, metadata=False))
        return message

    def erase(self, channel: Channel, message: Message) -> None:
        before = objects.message(message, metadata=False)
        channel.remove(message)
        self.tell_message(
            channel,
            {"subtype": "message_deleted", "deleted_ts": message.ts, "previous_message": before, "hidden": True},
        )

    def tell_change(self, channel: Channel, message: Message, before: Json) -> None:
        after = objects.message(message, metadata=False)
        self.tell_message(
            channel, {"subtype": "message_changed", "message": after, "previous_message": before, "hidden": True}
        )

    def tell_message(self, channel: Channel, what: Json) -> None:
        if self.bot_user_id not in channel.members:
            return
        ts = what.get("ts") or self.next_ts()
        event = {"type": "message", "channel": channel.id, "channel_type": channel.kind.value, "ts": ts, "event_ts": ts}
        suffix = {Kind.PUBLIC: "channels", Kind.PRIVATE: "groups", Kind.IM: "im", Kind.MPIM: "mpim"}[channel.kind]
        self.emit(what | event, kind=f"message.{suffix}", channel=channel)

    def show_only(self, user_id: str, message: Message) -> Message:
        self.ephemerals.setdefault(user_id, []).append(message)
        return message

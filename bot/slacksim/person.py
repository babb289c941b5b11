"""A person in the workspace: what they see and do. Each action returns after the bot has responded."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import uuid4

from bot.slacksim import objects
from bot.slacksim.errors import NotPossible
from bot.slacksim.methods import reactions
from bot.slacksim.methods.dnd import status
from bot.slacksim.reading import text_of
from bot.slacksim.screen import OnScreen
from bot.slacksim.state import Channel, Content, Json, Kind, Message


class Person(OnScreen):
    @property
    def id(self) -> str:
        return self.user.id

    @property
    def name(self) -> str:
        return self.user.real_name

    @property
    def mention(self) -> str:
        return f"<@{self.user.id}>"

    def __repr__(self) -> str:
        return f"<{self.name} {self.id}>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Person) and other.user is self.user

    def __hash__(self) -> int:
        return hash(self.user.id)

    # Reading

    def conversations(self) -> list[Channel]:
        self.workspace.carry_out_late()
        return [self.workspace.channels[each] for each in self.workspace.conversations_of[self.id]]

    def messages(self, with_: Sequence["Person"] = ()) -> list[Message]:
        """Return the DM with the bot, or the group DM with the bot and `with_`, oldest first."""
        self.workspace.carry_out_late()
        direct = self.workspace.direct_of([self.id, *(each.id for each in with_)])
        return direct.messages if direct else []

    def group_messages(self) -> list[Message]:
        return self._in_order(
            message for each in self.conversations() if each.kind is Kind.MPIM for message in each.messages
        )

    def sees(self) -> list[Message]:
        """Return all messages visible to them, ephemeral ones included, oldest first."""
        shared = [message for each in self.conversations() for message in each.messages]
        return self._in_order([*shared, *self.workspace.ephemerals.get(self.id, ())])

    def reads(self) -> str:
        return "\n".join(text_of(message, self) for message in self.sees())

    @staticmethod
    def _in_order(messages: Iterable[Message]) -> list[Message]:
        return sorted(messages, key=lambda message: message.ts)

    # Writing

    def say(self, channel: Channel | None, text: str, thread: Message | None = None) -> Message:
        """Post a message. `channel` None is the DM with the bot."""
        with self.workspace.changing():
            where = channel or self.workspace.open_direct([self.id])
            self._check_member(where)
            self._check_not_archived(where)
            message = Message(where.id, self.workspace.next_ts(), self.id, text, self.workspace)
            message.extra = {"client_msg_id": str(uuid4()), "team": self.workspace.team_id}
            if thread is not None:
                message.thread_ts = thread.thread_ts = thread.thread_ts or thread.ts
                message.extra["parent_user_id"] = where.by_ts[thread.thread_ts].user
            self.workspace.post(where, message)
        return message

    def delete(self, message: Message) -> None:
        if message.user != self.id:
            raise NotPossible(f"{self.name} did not write this")
        with self.workspace.changing():
            self.workspace.erase(self.workspace.channels[message.channel_id], message)

    def react(self, message: Message, emoji: str) -> None:
        with self.workspace.changing():
            reactions.react(self.workspace, self._where(message), message, self.id, emoji)

    def unreact(self, message: Message, emoji: str) -> None:
        with self.workspace.changing():
            reactions.unreact(self.workspace, self._where(message), message, self.id, emoji)

    # Membership

    def join(self, channel: Channel) -> None:
        self._check_not_archived(channel)
        with self.workspace.changing():
            self.workspace.let_in(channel, self.id)

    def invite(self, channel: Channel, other: "Person") -> None:
        self._check_not_archived(channel)
        if not other.user.can_log_in:
            raise NotPossible(f"{other.name} can't sign in here")
        with self.workspace.changing():
            self.workspace.let_in(channel, other.id, inviter=self.id)

    def leave(self, channel: Channel) -> None:
        self._check_not_archived(channel)
        with self.workspace.changing():
            self.workspace.let_go(channel, self.id)

    def deactivate(self) -> None:
        """Deactivate them. Slack removes them from channels without events and keeps their DMs."""
        with self.workspace.changing():
            for channel in self.conversations():
                if not channel.is_direct:
                    del channel.members[self.id]
                    del self.workspace.conversations_of[self.id][channel.id]
            self.user.deleted = True
            self._tell_change()

    def reactivate(self) -> None:
        """Reactivate them. Slack doesn't put them back into their channels."""
        with self.workspace.changing():
            self.user.deleted = False
            self._tell_change()

    # Profile

    def change(
        self,
        *,
        fields: Mapping[str, str] | None = None,
        title: str | None = None,
        email: str | None = None,
        **user: Content,
    ) -> None:
        """Change title, email, display_name, custom fields, or any field of `User`: tz, real_name, is_admin…"""
        with self.workspace.changing():
            profile = {"title": title, "email": email, "display_name": user.pop("display_name", None)}
            self.user.profile.update({key: value for key, value in profile.items() if value is not None})
            if email is not None:
                self.workspace.by_email[email.lower()] = self.id
            self._change_fields(fields or {})
            for name, value in user.items():
                if not hasattr(self.user, name):
                    raise NotPossible(f"a person has no {name}")
                setattr(self.user, name, value)
            self.user.profile["real_name"] = self.user.real_name
            self._tell_change()

    def _change_fields(self, fields: Mapping[str, str]) -> None:
        for label, value in fields.items():
            self.workspace.add_profile_field(label)
            self.user.profile["fields"][label] = value

    def set_status(self, emoji: str = "", text: str = "", until: datetime | None = None) -> None:
        with self.workspace.changing():
            expires = int(until.timestamp()) if until else 0
            self.user.profile |= {"status_emoji": emoji, "status_text": text, "status_expiration": expires}
            self._tell_change("user_change", "user_status_changed")

    def sets_dnd(self, until: datetime, since: datetime | None = None) -> None:
        with self.workspace.changing():
            self.user.dnd_from, self.user.dnd_until = since or self.workspace.now(), until
            self._tell_dnd()

    def ends_dnd(self) -> None:
        with self.workspace.changing():
            self.user.dnd_from = self.user.dnd_until = None
            self._tell_dnd()

    def _tell_dnd(self) -> None:
        event: Json = {"type": "dnd_updated_user", "user": self.id, "dnd_status": status(self.user)}
        self.workspace.emit(event)

    def _tell_change(self, *kinds: str) -> None:
        self.user.updated = int(self.workspace.seconds())
        whole = objects.user(self.workspace, self.user)
        if "users.profile:read" in self.workspace.scopes:
            whole["profile"]["fields"] = objects.fields(self.workspace, self.user)
        for kind in kinds or ("user_change",):
            self.workspace.emit({"type": kind, "user": whole, "cache_ts": self.user.updated})

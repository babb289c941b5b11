"""A person who acts in the workspace: payloads to the bot, and checks of what the person may do."""

from dataclasses import dataclass

from bot.slacksim import payloads
from bot.slacksim.errors import NotPossible
from bot.slacksim.events import Ack, Envelope
from bot.slacksim.reading import text_of
from bot.slacksim.records import Records
from bot.slacksim.state import Channel, Json, Message, ResponseUrl, User, View


class Actor:
    def __init__(self, workspace: Records, user: User) -> None:
        self.workspace, self.user = workspace, user

    def _send(self, kind: str, payload: Json) -> Ack | None:
        ack = self.workspace.deliveries.send(Envelope(kind, payload))
        self.workspace.settle()
        return ack

    def _begun(self, kind: str, view: View | None = None) -> Json:
        with self.workspace.lock:
            trigger_id = payloads.new_trigger(self.workspace, self.user, view)
            return payloads.interaction(self.workspace, self.user, kind, trigger_id)

    def _moment(self) -> str:
        with self.workspace.lock:
            return self.workspace.next_ts()

    def _where(self, message: Message) -> Channel:
        """Return a message's conversation. Raises NotPossible if they can't see the message."""
        channel = self.workspace.channels[message.channel_id]
        if message.is_deleted:
            raise NotPossible("this message is gone")
        if message.only_for not in (None, self.user.id):
            raise NotPossible("only somebody else can see this message")
        self._check_member(channel)
        return channel

    def _check_member(self, channel: Channel) -> None:
        if self.user.id not in channel.members and channel.is_private:
            raise NotPossible(f"{self.user.real_name} is not in {channel.name}")

    def _check_not_archived(self, channel: Channel) -> None:
        if channel.is_archived:
            raise NotPossible(f"#{channel.name} is archived")

    def _check_may_start(self, what: str) -> None:
        if "commands" not in self.workspace.scopes:
            raise NotPossible(f"without the scope `commands` there are no {what}")
        if self.user.is_external:
            raise NotPossible(f"people of other companies can't use {what}")


@dataclass(frozen=True)
class Said:
    """Replies that a person sees after a command or click. Grows while the bot posts to the response_url."""

    reader: Actor
    url: ResponseUrl
    seen_before: int

    @property
    def messages(self) -> list[Message]:
        shown = self.reader.workspace.ephemerals.get(self.reader.user.id, [])[self.seen_before :]
        loud = [message for message in self.url.said if message.only_for is None]
        return sorted([*shown, *loud], key=lambda message: message.ts)

    @property
    def text(self) -> str:
        return "\n".join(text_of(message, self.reader) for message in self.messages)

    @property
    def blocks(self) -> list[Json]:
        return [block for message in self.messages for block in message.blocks]

    @property
    def ephemeral(self) -> bool:
        return all(message.only_for is not None for message in self.messages)

"""A person's list of conversations, and the content of one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot.demo.page.company import Company
from bot.demo.page.drawing import Canvas
from bot.slacksim import Channel, Message, Person
from bot.slacksim.state import Kind, User

HOME = "home"
MOST_SHOWN = 80
"""Maximum number of messages shown: the newest ones."""


@dataclass(frozen=True)
class Entry:
    """Item of the list of conversations."""

    id: str
    title: str
    unread: int


@dataclass(frozen=True)
class Line:
    message: Message
    author: User
    day: date | None
    """Set on the first message of a day."""
    replies: int

    @property
    def anchor(self) -> str:
        return "m" + self.message.ts.replace(".", "-")


class Desk:
    """A person's view of the workspace."""

    def __init__(self, company: Company, person: Person) -> None:
        self.company, self.person, self.workspace = company, person, company.workspace
        self.canvas = Canvas(person)

    # List of conversations

    def entries(self, kind: Kind) -> list[Entry]:
        there = [each for each in self.person.conversations() if each.kind is kind and not each.is_archived]
        if kind in (Kind.IM, Kind.MPIM):
            there.sort(key=lambda each: next(reversed(each.by_ts), ""), reverse=True)
        return [Entry(each.id, self.canvas.title(each.id), self.unread(each)) for each in there]

    def channels(self) -> list[Entry]:
        return sorted([*self.entries(Kind.PUBLIC), *self.entries(Kind.PRIVATE)], key=lambda each: each.title)

    def elsewhere(self) -> list[Entry]:
        """Return public channels that the person hasn't joined."""
        return [
            Entry(each.id, self.canvas.title(each.id), 0)
            for each in self.workspace.channels.values()
            if each.kind is Kind.PUBLIC and self.person.id not in each.members and not each.is_archived
        ]

    def archived(self) -> list[Entry]:
        """Return archived channels, which stay readable for people who could read them before."""
        return [
            Entry(each.id, self.canvas.title(each.id), 0)
            for each in self.workspace.channels.values()
            if each.is_archived and (not each.is_private or self.person.id in each.members)
        ]

    def direct(self) -> Channel:
        return self.workspace.open_direct([self.person.id])

    def unread(self, channel: Channel) -> int:
        seen = self.company.read_until.get((self.person.id, channel.id), "")
        new = 0
        for message in reversed(channel.by_ts.values()):
            if message.ts <= seen or new > 99:
                break
            new += message.user != self.person.id
        return new + sum(each.ts > seen for each in self._private(channel))

    def note_read(self, channel: Channel) -> None:
        shown = [next(reversed(channel.by_ts), ""), *(each.ts for each in self._private(channel))]
        self.company.read_until[self.person.id, channel.id] = max(shown)

    # Content of a conversation

    def members(self, channel: Channel) -> list[User]:
        there = [self.workspace.users[each] for each in channel.members]
        return sorted((user for user in there if not user.is_bot), key=lambda user: user.real_name.casefold())

    def timeline(self, channel: Channel) -> list[Line]:
        private = [each for each in self._private(channel) if not each.is_reply]
        messages = sorted([*channel.timeline[-MOST_SHOWN:], *private], key=lambda each: each.ts)
        return self._lines(channel, messages[-MOST_SHOWN:])

    def thread(self, channel: Channel, ts: str) -> list[Line]:
        root = channel.by_ts.get(ts)
        if root is None:
            return []
        private = [each for each in self._private(channel) if each.thread_ts == ts]
        replies = sorted([*channel.threads.get(ts, []), *private], key=lambda each: each.ts)
        return self._lines(channel, [root, *replies[-MOST_SHOWN:]])

    def _private(self, channel: Channel) -> list[Message]:
        shown = self.workspace.ephemerals.get(self.person.id, [])
        return [each for each in shown if each.channel_id == channel.id]

    def _lines(self, channel: Channel, messages: Iterable[Message]) -> list[Line]:
        lines: list[Line] = []
        before = None
        for message in messages:
            day = self.canvas.names.local(float(message.ts)).date()
            author = self.workspace.users[message.user]
            replies = len(channel.threads.get(message.ts, ()))
            lines.append(Line(message, author, day if day != before else None, replies))
            before = day
        return lines

    def news_since(self, ts: str) -> list[Message]:
        """Return the messages by others that this person can see since `ts`, newest last."""
        return [each for each in self.person.sees() if each.ts > ts and each.user != self.person.id]

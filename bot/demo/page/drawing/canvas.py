"""Rendering context for one reader: provides templates with text, options and input."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from markdown_it import MarkdownIt
from markupsafe import Markup

from bot.demo.page.drawing.emoji import NAME, emoji
from bot.demo.page.drawing.links import leads_out
from bot.demo.page.drawing.mrkdwn import mrkdwn
from bot.demo.page.drawing.names import Names
from bot.demo.page.drawing.rich_text import rich_text
from bot.slacksim import Message, Person, View, forms
from bot.slacksim.records import SLACKBOT, Records
from bot.slacksim.state import Content, File, Json, Kind, User

MARKDOWN = MarkdownIt("commonmark", {"html": False}).disable("image")
Choice = tuple[str, str]
"""Value and label."""


@dataclass(frozen=True, slots=True)
class Status:
    picture: Markup
    words: str
    until: datetime | None


class Canvas:
    def __init__(self, reader: Person) -> None:
        self.reader, self.workspace = reader, reader.workspace
        self.names = Names(reader)

    # Words

    def words(self, text: Json) -> Markup:
        if text.get("type") == "mrkdwn":
            return mrkdwn(text["text"], self.names)
        return Markup("<br>").join(self._line(line) for line in str(text.get("text", "")).split("\n"))

    def _line(self, line: str) -> Markup:
        drawn, end = [], 0
        for match in NAME.finditer(line):
            drawn += [Markup("{}").format(line[end : match.start()]), emoji(match[1])]
            end = match.end()
        return Markup("").join([*drawn, Markup("{}").format(line[end:])])

    def said(self, text: str) -> Markup:
        return mrkdwn(text, self.names)

    def rich_text(self, block: Json) -> Markup:
        return rich_text(block, self.names)

    def markdown(self, text: str) -> Markup:
        return Markup(MARKDOWN.render(text))  # noqa: S704 - it escapes HTML, as it is told above

    def emoji(self, name: str) -> Markup:
        return emoji(name)

    # Status

    def status(self, user: User) -> Status | None:
        """Return a status that hasn't expired, with its end in the reader's time zone."""
        shown, ends = user.profile["status_emoji"], user.profile["status_expiration"]
        if user.deleted or not shown or (ends and ends <= self.workspace.seconds()):
            return None
        until = self.names.local(ends) if ends else None
        return Status(emoji(shown.strip(":")), user.profile["status_text"], until)

    def paused_until(self, user: User) -> datetime | None:
        now = self.workspace.now()
        if user.dnd_from is None or user.dnd_until is None or not user.dnd_from <= now < user.dnd_until:
            return None
        return user.dnd_until.astimezone(self.names.zone)

    # Images: only files of the workspace; nothing is loaded from elsewhere

    def picture(self, image: Json) -> File | None:
        kept = image.get("slack_file") or {}
        return self.workspace.files.get(kept.get("id") or str(kept.get("url", "")).rpartition("/")[2])

    def leads_out(self, address: str) -> bool:
        return leads_out(address)

    # Input

    def entered(self, shown: Message | View) -> forms.Values:
        return self.reader.entered(shown)

    def content(self, values: forms.Values, block: Json, element: Json) -> Content:
        kept = values.get(block["block_id"], {}).get(element["action_id"])
        return forms.content_of(kept) if kept else None

    def is_chosen(self, content: Content, value: str) -> bool:
        """Return whether a value is selected. `content` is an option or a plain value, or a list of these."""
        several = content if isinstance(content, list) else [content]
        return any(value == (each.get("value") if isinstance(each, dict) else each) for each in several)

    def local_time(self, seconds: int) -> str:
        return self.names.local(seconds).strftime("%Y-%m-%dT%H:%M")

    # Options

    def choices(self, element: Json) -> list[tuple[str, list[Choice]]]:
        """Return groups of choices by label. Without groups there is one with an empty label."""
        kind = element["type"].removeprefix("multi_")
        if kind == "users_select":
            return [("", [(user.id, user.real_name) for user in self.people()])]
        if kind in ("conversations_select", "channels_select"):
            return [("", list(self._conversations(element)))]
        if "option_groups" in element:
            return [(group["label"]["text"], _pairs(group["options"])) for group in element["option_groups"]]
        return [("", _pairs(element.get("options", [])))]

    def suggested(self, element: Json, content: Content) -> list[Choice]:
        """Return the selected options of an external select."""
        chosen = content if isinstance(content, list) else [content]
        return _pairs(each for each in chosen if isinstance(each, dict))

    def people(self) -> list[User]:
        return people_in(self.workspace)

    def _conversations(self, element: Json) -> Iterable[Choice]:
        wanted = element.get("filter", {}).get("include")
        if element["type"].endswith("channels_select"):
            wanted = ["public"]
        names = {Kind.PUBLIC: "public", Kind.PRIVATE: "private", Kind.IM: "im", Kind.MPIM: "mpim"}
        for channel in self.workspace.channels.values():
            visible = not channel.is_private or self.reader.id in channel.members
            if visible and not channel.is_archived and (not wanted or names[channel.kind] in wanted):
                yield channel.id, self.title(channel.id)

    # Names of conversations

    def title(self, channel_id: str) -> str:
        channel = self.workspace.channels[channel_id]
        if not channel.is_direct:
            return f"#{channel.name}"
        others = [each for each in channel.members if each not in (self.reader.id, self.workspace.bot_user_id)]
        return ", ".join(self.workspace.name_of(each) for each in others) or self.workspace.settings.name


def people_in(workspace: Records) -> list[User]:
    there = [user for user in workspace.users.values() if user.can_log_in and user.id != SLACKBOT]
    return sorted(filter(workspace.can_see, there), key=lambda user: user.real_name.casefold())


def accounts_in(workspace: Records) -> list[User]:
    """Return everyone who can sign in, or could before their account was deactivated."""
    former = [user for user in workspace.users.values() if user.deleted and not user.is_bot and not user.is_external]
    return sorted([*people_in(workspace), *former], key=lambda user: user.real_name.casefold())


def _pairs(options: Iterable[Json]) -> list[tuple[str, str]]:
    return [(option.get("value", ""), option["text"]["text"]) for option in options]


def kinds_in(drawn: Any) -> set[str]:  # noqa: ANN401 - any JSON
    """Return every `type` anywhere in a JSON value."""
    if isinstance(drawn, list):
        return set().union(*(kinds_in(each) for each in drawn))
    if not isinstance(drawn, dict):
        return set()
    named = {drawn["type"]} if isinstance(drawn.get("type"), str) else set()
    return named.union(*(kinds_in(each) for each in drawn.values()))

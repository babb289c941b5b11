"""Plain-text rendering of messages and views, with names for mentions and times in the reader's zone."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, tzinfo
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from bot.slacksim.state import Directory, Json, Message, User, View

MARKUP = re.compile(r"<([^<>]+)>")
DATE_TOKENS: dict[str, str] = {
    "date_num": "%Y-%m-%d",
    "date": "%B {day}, %Y",
    "date_short": "%b {day}, %Y",
    "date_long": "%A, %B {day}, %Y",
    "date_pretty": "%B {day}, %Y",
    "date_short_pretty": "%b {day}, %Y",
    "date_long_pretty": "%A, %B {day}, %Y",
    "time": "%H:%M",
    "time_secs": "%H:%M:%S",
    "day_divider_pretty": "%A, %B {day}",
    "ago": "%Y-%m-%d %H:%M",
}

NEAR_DAYS = {-1: "yesterday", 0: "today", 1: "tomorrow"}
"""Slack's words for nearby days in the "pretty" formats."""


class Reader(Protocol):
    """A person who reads, by the clock of their own zone."""

    @property
    def user(self) -> User: ...


def text_of(thing: Message | View, reader: Reader | None = None) -> str:
    """Render a message or view. If there are blocks, a message's text serves only for notifications and is left out."""
    page = Page(thing.directory, ZoneInfo(reader.user.tz) if reader is not None else UTC)
    if isinstance(thing, View):
        title = thing.drawn.get("title")
        lines = [page.words(title)] if title else []
        submit = thing.drawn.get("submit")
        return "\n".join([*lines, *page.lines(thing.blocks), *([f"[{page.words(submit)}]"] if submit else [])])
    attached = [f"({file.name})" for file in thing.files]
    shown = page.lines(thing.blocks) if thing.blocks else [page.marked_up(thing.text)]
    return "\n".join([*shown, *attached])


class Page:
    def __init__(self, directory: Directory, zone: tzinfo) -> None:
        self.directory, self.zone = directory, zone

    def lines(self, blocks: list[Json]) -> list[str]:
        drawn = (getattr(self, f"_{block['type']}", self._unknown)(block) for block in blocks)
        return [line for line in drawn if line]

    def words(self, text: Json) -> str:
        return text["text"] if text["type"] == "plain_text" else self.marked_up(text["text"])

    # mrkdwn

    def marked_up(self, text: str) -> str:
        shown = MARKUP.sub(lambda match: self._mark(match[1]), text)
        return shown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")

    def _mark(self, inner: str) -> str:
        what, _, label = inner.partition("|")
        if what.startswith("!date^"):
            _, seconds, pattern, *_ = what.split("^")
            return self.moment(int(seconds), pattern)
        if what.startswith("!"):
            return label or self._group(what[1:])
        if what[0] in "@#":
            return what[0] + self.directory.name_of(what[1:])
        return label or what

    def _group(self, what: str) -> str:
        return "@" + (self.directory.name_of(what[8:]) if what.startswith("subteam^") else what)

    def moment(self, seconds: int, pattern: str) -> str:
        at = datetime.fromtimestamp(seconds, UTC).astimezone(self.zone)
        near = (at.date() - self.directory.now().astimezone(self.zone).date()).days

        def shown(match: re.Match[str]) -> str:
            if match[1].endswith("_pretty") and near in NEAR_DAYS:
                return NEAR_DAYS[near]
            return at.strftime(DATE_TOKENS[match[1]].format(day=at.day)) if match[1] in DATE_TOKENS else match[0]

        return re.sub(r"\{(\w+)\}", shown, pattern)

    # Blocks

    def _section(self, block: Json) -> str:
        parts = [self.words(block["text"])] if "text" in block else []
        parts += [self.words(field) for field in block.get("fields", [])]
        if "accessory" in block:
            parts.append(self.element(block["accessory"]))
        return "\n".join(parts)

    def _header(self, block: Json) -> str:
        return self.words(block["text"])

    def _divider(self, block: Json) -> str:
        return "---"

    def _context(self, block: Json) -> str:
        return " ".join(each["alt_text"] if each["type"] == "image" else self.words(each) for each in block["elements"])

    def _actions(self, block: Json) -> str:
        return " ".join(self.element(each) for each in block["elements"])

    def _input(self, block: Json) -> str:
        hint = f" ({self.words(block['hint'])})" if "hint" in block else ""
        return f"{self.words(block['label'])}{hint}: {self.element(block['element'])}"

    def _image(self, block: Json) -> str:
        return f"({block['alt_text']})"

    def _markdown(self, block: Json) -> str:
        text: str = block["text"]
        return text

    def _rich_text(self, block: Json) -> str:
        return "\n".join(self._rich(each) for each in block["elements"])

    def _unknown(self, block: Json) -> str:
        return f"({block['type']})"

    # Elements

    def element(self, element: Json) -> str:
        kind = element["type"]
        if kind == "button":
            return f"[{self.words(element['text'])}]"
        if kind == "image":
            return f"({element['alt_text']})"
        if kind == "overflow":
            return "[⋯ " + " | ".join(self.words(each["text"]) for each in element["options"]) + "]"
        if kind in ("checkboxes", "radio_buttons"):
            return " ".join(f"( ) {self.words(each['text'])}" for each in element["options"])
        placeholder = element.get("placeholder")
        return f"[{self.words(placeholder) if placeholder else kind}]"

    # Rich text

    def _rich(self, part: Json) -> str:
        inside = part["elements"]
        if part["type"] == "rich_text_list":
            return "\n".join(f"• {self._rich(each)}" for each in inside)
        text = "".join(self._piece(each) for each in inside)
        return f"> {text}" if part["type"] == "rich_text_quote" else text

    def _piece(self, piece: Json) -> str:
        shown: dict[str, Callable[[Json], Any]] = {
            "text": lambda it: it["text"],
            "user": lambda it: "@" + self.directory.name_of(it["user_id"]),
            "usergroup": lambda it: "@" + self.directory.name_of(it["usergroup_id"]),
            "channel": lambda it: "#" + self.directory.name_of(it["channel_id"]),
            "emoji": lambda it: f":{it['name']}:",
            "link": lambda it: it.get("text") or it["url"],
            "date": lambda it: self.moment(int(it["timestamp"]), it["format"]),
            "broadcast": lambda it: f"@{it['range']}",
        }
        return str(shown[piece["type"]](piece))

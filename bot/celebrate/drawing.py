"""Rendering of user text in celebrations, escaped and complete."""

import re
from collections.abc import Iterator

from bot.celebrate.rules import MENTION
from bot.core.blocks import SECTION, section
from bot.core.message import Block
from bot.core.mrkdwn import Mrkdwn, escape

LINK = re.compile(r"https?://[^\s<>|]+")
ATOM = re.compile(r"<@[UW][A-Z0-9]+>|\s{1,400}|[^\s<]{1,400}|<")
LONGEST_SECTION = SECTION - 200
IN_A_LINE, IN_NOTIFICATION = 150, 40
"""Longest texts of one line: in a list, and in a notification."""


def safe(words: str) -> Mrkdwn:
    """Escape user text for mrkdwn, keeping our mentions and showing URLs as they are."""
    drawn, ends = "", 0
    for match in MENTION.finditer(words):
        drawn += with_links(words[ends : match.start()]) + match[0]
        ends = match.end()
    return Mrkdwn(drawn + with_links(words[ends:]))


def with_links(words: str) -> str:
    drawn, ends = "", 0
    for match in LINK.finditer(words):
        drawn += escape_all(words[ends : match.start()]) + f"<{escape(match[0])}>"
        ends = match.end()
    return drawn + escape_all(words[ends:])


def escape_all(words: str) -> str:
    """Escape without stripping, because spaces between pieces matter."""
    inner = escape(words)
    before = words[: len(words) - len(words.lstrip())]
    return before + inner + words[len(words.rstrip()) :] if inner else words if words.isspace() else ""


def quoted(words: str) -> list[Block]:
    """Quote a person's text, in as many blocks as Slack's limits require."""
    drawn = [f"> {line}" for piece in pieces(words) for line in [safe(piece)]]
    return [section(text.replace("\n", "\n> ")) for text in drawn]


def pieces(words: str) -> Iterator[str]:
    piece = ""
    for atom in ATOM.findall(words):
        if len(safe(piece + atom)) + 2 * (piece + atom).count("\n") > LONGEST_SECTION:
            yield piece
            piece = ""
        piece += atom
    if piece.strip():
        yield piece


def in_a_line(words: str, longest: int = IN_A_LINE) -> Mrkdwn:
    """Shorten a text to one line, for lists and notifications."""
    line = ""
    for atom in ATOM.findall(" ".join(words.split())):
        if len(line + atom) > longest:
            return Mrkdwn(safe(line.rstrip()) + "…")
        line += atom
    return safe(line)

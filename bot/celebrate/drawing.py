"""What all drawings of celebrations share: people's own words, harmless and whole."""

import re
from collections.abc import Iterator

from bot.celebrate.rules import MENTION
from bot.core.blocks import SECTION, section
from bot.core.message import Block
from bot.core.texts import escape

LINK = re.compile(r"https?://[^\s<>|]+")
ATOM = re.compile(r"<@[UW][A-Z0-9]+>|\s{1,400}|[^\s<]{1,400}|<")
LONGEST_SECTION = SECTION - 200
IN_A_LINE = 150


def safe(words: str) -> str:
    """For mrkdwn: mentions that we put there stay, addresses are shown as what they are, all else is letters."""
    drawn, ends = "", 0
    for match in MENTION.finditer(words):
        drawn += with_links(words[ends : match.start()]) + match[0]
        ends = match.end()
    return drawn + with_links(words[ends:])


def with_links(words: str) -> str:
    drawn, ends = "", 0
    for match in LINK.finditer(words):
        drawn += escape_all(words[ends : match.start()]) + f"<{escape(match[0])}>"
        ends = match.end()
    return drawn + escape_all(words[ends:])


def escape_all(words: str) -> str:
    """`escape` strips what it gets, and here the spaces between two pieces count."""
    inner = escape(words)
    before = words[: len(words) - len(words.lstrip())]
    return before + inner + words[len(words.rstrip()) :] if inner else words if words.isspace() else ""


def quoted(words: str) -> list[Block]:
    """Somebody's own words, marked as such; in as many pieces as Slack's limits ask for."""
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


def in_a_line(words: str) -> str:
    """The beginning of it, for a list or a notification."""
    line = ""
    for atom in ATOM.findall(" ".join(words.split())):
        if len(line + atom) > IN_A_LINE:
            return safe(line.rstrip()) + "…"
        line += atom
    return safe(line)

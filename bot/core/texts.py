"""Words on their way to Slack: escaped, cut to what Slack takes, counted and listed as people would."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

# Marks that turn the direction of a text or hide in it; a name with one could disguise the words around it, and one of
# nothing else would be no name. Halves of a character (the last ones) can't be written into a database.
INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\u2800\u3164\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff\ud800-\udfff]"
)

LOOKALIKES = str.maketrans({"*": "\u2217", "~": "\u223c", "`": "'"})
AT_EDGE = re.compile(r"(?<!\w)_+|_+(?!\w)")
"""An underscore within a word formats nothing."""

HALF = re.compile(r"(<[^<>]*|&\w{0,3})$")
"""What is cut off in the middle. User text in mrkdwn is escaped, so that these characters are only ours."""

TOKEN = re.compile(r"<[^<>]*>|&\w{1,4};|\s+|[^\s<&]{1,100}|[<&]")
"""What stays in one piece."""

MENTIONED = re.compile(r"<@(\w+)>")


def plain(words: str) -> str:
    """What somebody typed, without marks that nobody can see."""
    return INVISIBLE.sub("", words).strip()


def label(words: str) -> str:
    """The name of a person, a title, a team: one line, and nothing in it that mrkdwn would draw as bold or code.

    Else a title could look like a line of Weft's own.
    """
    return " ".join(AT_EDGE.sub(" ", plain(words).translate(LOOKALIKES)).split())


def escape(words: str) -> str:
    """Make user text harmless in mrkdwn: no mention, link or date can be forged with it.

    Source: Slack's "Formatting text for app surfaces": only these three characters, in this order.
    """
    return plain(words).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def cut(words: str, longest: int) -> str:
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"


def cut_mrkdwn(words: str, longest: int) -> str:
    """As `cut`, and never within a mention, a link, a date, or an escaped character."""
    if len(words) <= longest:
        return words
    kept = words[: longest - 1]
    return HALF.sub("", kept).rstrip() + "…"


def split_mrkdwn(words: str, longest: int) -> list[str]:
    """All of it in pieces of at most so many characters, parted between words, as `cut_mrkdwn` never within a mark."""
    pieces, piece = list[str](), ""
    for token in TOKEN.findall(words):
        if piece and len(piece + token) > longest:
            pieces.append(piece.rstrip())
            piece = ""
        piece += token if piece else token.lstrip()
        while len(piece) > longest:  # A link alone: no mark of ours is as long as that.
            pieces.append(piece[:longest])
            piece = piece[longest:]
    return [*pieces, piece] if piece else pieces


def unmarked(mrkdwn: str) -> str:
    """A sentence of ours as it reads where Slack shows no mrkdwn: beside a field of a form."""
    return mrkdwn.replace("`", "").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def mention(person_id: str) -> str:
    return f"<@{person_id}>"


def mentioned(mrkdwn: str) -> frozenset[str]:
    """Everybody who is mentioned in words of our own, by their ids."""
    return frozenset(MENTIONED.findall(mrkdwn))


def channel(channel_id: str) -> str:
    return f"<#{channel_id}>"


def link(url: str, words: str) -> str:
    """Words of ours that lead somewhere. The address is escaped like text."""
    return f"<{escape(url)}|{words}>"


def listed(words: Sequence[str]) -> str:
    """`Ana`, `Ana and Ben`, `Ana, Ben and Cleo`."""
    if len(words) < 2:
        return "".join(words)
    return ", ".join(words[:-1]) + " and " + words[-1]


def count(number: int, one: str, many: str | None = None) -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def moment(at: datetime, zone: str, pattern: str = "{date_short_pretty} at {time}") -> str:
    """A moment that Slack shows in the reader's own zone; the words behind it serve readers that can't."""
    local = at.astimezone(ZoneInfo(zone))
    fallback = f"{local:%a} {local.day} {local:%b %Y, %H:%M} ({zone})"
    return f"<!date^{int(at.timestamp())}^{pattern}|{fallback}>"


def day(when: date) -> str:
    """`Monday, 2 March 2026`."""
    return f"{when:%A}, {when.day} {when:%B} {when.year}"
